import { existsSync, rmSync, statSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { builtinModules } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, extname, join, resolve, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import {
  build,
  transform,
  type ImportKind,
  type Loader,
  type Message,
  type Plugin,
  type PluginBuild,
} from 'esbuild'
import { LoadbenchError } from '../model/errors.ts'
import { findManifest } from './package-manifest.ts'

/** `.js` where loadbench was built, `.ts` where it runs from its sources. */
const RUNNING = extname(fileURLToPath(import.meta.url))

/** A script made ready for any thread: one module on disk, beside nothing else. */
export interface Bundle {
  /** The module to import. */
  readonly file: string
  /** Deletes it. */
  remove(): Promise<void>
}

/**
 * Bundles a script and the files it imports into one module, once for all workers; source maps keep
 * stack traces on the lines of the .ts files. npm packages stay outside and are loaded by Node from
 * the script's own project; `loadbench` becomes the running copy, and packages built on it are
 * bundled, so that they get that copy too.
 * @throws LB_SCRIPT_NOT_FOUND, LB_SCRIPT_SYNTAX with file, line, column and the line itself, LB_IMPORT_UNRESOLVED.
 */
export async function bundleScript(script: string): Promise<Bundle> {
  const entry = resolve(script)
  if (!existsSync(entry) || !statSync(entry).isFile()) {
    throw new LoadbenchError(
      'LB_SCRIPT_NOT_FOUND',
      `there is no script at ${script}`,
      'Check the path; it is taken from the current folder.',
    )
  }
  const folder = await mkdtemp(join(tmpdir(), 'loadbench-'))
  const file = join(folder, 'script.mjs')
  try {
    await build({
      entryPoints: [entry],
      outfile: file,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      sourcemap: true,
      sourcesContent: true,
      // An empty list stops esbuild from preferring builds made for bundlers, which Node would not load.
      conditions: RUNNING === '.ts' ? ['@loadbench/source'] : [],
      mainFields: ['main'],
      loader: { '.txt': 'text', '.md': 'text', '.jsonl': 'text', '.ndjson': 'text', '.csv': 'text' },
      logLevel: 'silent',
      plugins: [loadbenchImports(), ownUrls()],
    })
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw explain(error, script)
  }
  // A second Ctrl-C ends the process where it stands.
  const removeAtExit = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', removeAtExit)
  const remove = async () => {
    process.off('exit', removeAtExit)
    await rm(folder, { recursive: true, force: true })
  }
  return { file, remove }
}

/** The running copy's module behind `loadbench`, `loadbench/plugin` … */
function runningModule(specifier: string): string {
  const name = specifier === 'loadbench' ? 'index' : specifier.slice('loadbench/'.length)
  return new URL(`../${name}${RUNNING}`, import.meta.url).href
}

const SKIP = Symbol('resolved by esbuild itself')
const BUILT_IN = new Set(builtinModules)

/** Decides for each import that names a package: the running loadbench, bundled, or left to Node. */
function loadbenchImports(): Plugin {
  return {
    name: 'loadbench-imports',
    setup(builder) {
      builder.onResolve({ filter: /^[^./]/ }, async (args) => {
        if (args.kind === 'entry-point' || args.pluginData === SKIP) return undefined
        if (/^loadbench(\/|$)/.test(args.path)) return { path: runningModule(args.path), external: true }
        if (args.path.startsWith('node:') || BUILT_IN.has(args.path))
          return { path: args.path, external: true }
        if (args.path.startsWith(`file:`) || args.path.startsWith('data:'))
          return { path: args.path, external: true }
        return resolvePackage(builder, args.path, args.resolveDir, args.kind)
      })
    },
  }
}

async function resolvePackage(builder: PluginBuild, path: string, resolveDir: string, kind: ImportKind) {
  const found = await builder.resolve(path, { resolveDir, kind, pluginData: SKIP })
  if (found.errors.length > 0 || found.external) return found
  // Sources reached through a link (a workspace package, `paths`) are the user's own code.
  if (!found.path.includes(`${sep}node_modules${sep}`) || /\.[mc]?tsx?$/.test(found.path)) return found
  if (await buildsOnLoadbench(found.path)) return found
  return { path: pathToFileURL(found.path).href, external: true }
}

/** Whether the package a file belongs to depends on loadbench. */
async function buildsOnLoadbench(file: string): Promise<boolean> {
  const manifest = await findManifest(dirname(file))
  return ['dependencies', 'peerDependencies'].some((field) => 'loadbench' in (manifest?.[field] ?? {}))
}

/** Gives each bundled file its own `import.meta.url`, `dirname` and `filename` back. */
function ownUrls(): Plugin {
  return {
    name: 'own-urls',
    setup(builder) {
      builder.onLoad({ filter: /\.[mc]?[jt]sx?$/ }, async ({ path }) => {
        const text = await readFile(path, 'utf8')
        if (!text.includes('import.meta')) return undefined
        const define = {
          'import.meta.url': JSON.stringify(pathToFileURL(path).href),
          'import.meta.filename': JSON.stringify(path),
          'import.meta.dirname': JSON.stringify(dirname(path)),
        }
        const loader = extname(path).replace(/^\.[mc]?/, '') as Loader
        const options = { define, loader, sourcefile: path, sourcemap: 'inline', target: 'node20' } as const
        return { contents: (await transform(text, options)).code, loader: 'js' }
      })
    },
  }
}

function explain(error: unknown, script: string): unknown {
  const messages = messagesOf(error)
  const [first] = messages
  if (first === undefined) return error
  const text = messages.map(frame).join('\n\n')
  const unresolved = messages.find((message) => message.text.startsWith('Could not resolve'))
  if (unresolved !== undefined) {
    return new LoadbenchError(
      'LB_IMPORT_UNRESOLVED',
      `an import of ${script} leads nowhere\n\n${text}`,
      'Install the package where the script lives, or correct the path.',
    )
  }
  return new LoadbenchError(
    'LB_SCRIPT_SYNTAX',
    `${script} cannot be read\n\n${text}`,
    'Correct the script there; the cause may be the line before.',
  )
}

function messagesOf(error: unknown): readonly Message[] {
  if (typeof error !== 'object' || error === null || !('errors' in error) || !Array.isArray(error.errors))
    return []
  return error.errors as Message[]
}

/** The message, the place, and the line with a mark below what is wrong. */
function frame({ text, location }: Message): string {
  if (location === null) return text
  const { file, line, column, length, lineText } = location
  const gutter = String(line)
  const mark = `${' '.repeat(gutter.length)} | ${' '.repeat(column)}${'^'.repeat(Math.max(1, length))}`
  return `${file}:${line}:${column + 1}: ${text}\n${gutter} | ${lineText}\n${mark}`
}
