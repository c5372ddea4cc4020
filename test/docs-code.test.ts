import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { untilEnded } from './harness/loadbench.ts'
import { blocksOf, pages } from './harness/pages.ts'
import { makeProject, ROOT } from './harness/project.ts'

/** Their code is wrong on purpose, or is run and checked by a test of its own. */
const APART: readonly string[] = ['docs/errors.md', 'docs/write-a-plugin.md']

const CONFIG = JSON.stringify({
  compilerOptions: {
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    module: 'nodenext',
    target: 'es2023',
    types: ['node'],
    noEmit: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    moduleDetection: 'force',
  },
  include: ['**/*.ts'],
})

/** Blocks become files, those of one page in one folder, so that they may import one another. */
const files = pages()
  .filter((page) => !APART.includes(page))
  .flatMap(blocksOf)
  .filter(({ language }) => language === 'ts')
  .map(({ page, number, file, text }) => ({
    path: `${page.replaceAll(/\W/g, '-')}/${file ?? `block-${number}.ts`}`,
    text,
  }))

describe('the TypeScript that the pages show', () => {
  it('is there', () => {
    expect(files.length).toBeGreaterThan(20)
  })

  it('holds to its types', async () => {
    const project = makeProject({
      'tsconfig.json': CONFIG,
      'package.json': '{"type":"module"}',
      ...Object.fromEntries(files.map(({ path, text }) => [path, text])),
    })
    // @loadbench/* is there already.
    for (const name of ['loadbench', '@types']) {
      symlinkSync(join(ROOT, 'node_modules', name), join(project.folder, 'node_modules', name), 'dir')
    }
    mkdirSync(join(project.folder, 'node_modules/.bin'))
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
    const { code, stdout } = await untilEnded(process.execPath, [tsc, '-p', '.', '--pretty', 'false'], {
      cwd: project.folder,
    })
    expect(stdout).toBe('')
    expect(code).toBe(0)
  }, 120_000)
})
