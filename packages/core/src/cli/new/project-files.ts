import { createRequire } from 'node:module'
import { basename, join } from 'node:path'

/** For an editor, and for `npx tsc`: strict, and without output, for loadbench reads TypeScript itself. */
export function tsconfigText(): string {
  return json({
    compilerOptions: {
      target: 'ES2023',
      lib: ['ES2023'],
      types: ['node'],
      module: 'preserve',
      moduleResolution: 'bundler',
      allowImportingTsExtensions: true,
      resolveJsonModule: true,
      strict: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: true,
      noEmit: true,
    },
    include: ['**/*.ts'],
    exclude: ['node_modules', 'results'],
  })
}

/** A package.json of a project that holds nothing but load tests. @param version of loadbench. */
export function packageText(folder: string, plugin: string, version: string): string {
  const own = `^${version}`
  return json({
    name: nameOf(folder),
    private: true,
    type: 'module',
    devDependencies: {
      [plugin]: own,
      '@types/node': '^20.19.0',
      loadbench: own,
      typescript: '>=5.5',
    },
  })
}

/** The packages a script needs, and those its types are checked with, that `folder` lacks. */
export function missingPackages(folder: string, plugin: string): readonly string[] {
  const { resolve } = createRequire(join(folder, 'package.json'))
  const isThere = (name: string) => {
    try {
      return resolve(name) !== ''
    } catch {
      return false
    }
  }
  return ['loadbench', plugin].filter((name) => !isThere(name))
}

/** npm's rule for names: small letters, digits and a few marks. */
function nameOf(folder: string): string {
  const name = basename(folder)
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  return name === '' || name === 'node-modules' ? 'load-tests' : name
}

function json(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`
}
