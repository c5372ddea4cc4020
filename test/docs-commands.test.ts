import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { BIN, untilEnded } from './harness/loadbench.ts'
import { blocksOf, pages } from './harness/pages.ts'
import { makeProject } from './harness/project.ts'

// Each is mostly its own seconds; more of them at a time would fail the thresholds of one another.
vi.setConfig({ maxConcurrency: 2 })

/** Their commands are run by tests of their own. */
const APART: readonly string[] = [
  'docs/walkthrough.md',
  'docs/errors.md',
  'docs/write-a-plugin.md',
  'docs/write-an-output.md',
]

/** A command line of a page, with the exit code the page says it has. */
interface Shown {
  readonly page: string
  readonly command: string
  readonly code: number
}

const blocks = pages()
  .filter((page) => !APART.includes(page))
  .flatMap(blocksOf)

/** Only of scripts the page itself shows; those of scenarios/ have a test as well. */
const commands: readonly Shown[] = blocks
  .filter(({ language }) => language === 'sh')
  .flatMap(({ page, text }) => {
    const scripts = blocks.flatMap((block) => (block.page === page ? (block.file ?? []) : []))
    return text.split('\n').flatMap((line, index, lines) => {
      const [, script = ''] = /npx loadbench run (\S+).* --simulate/.exec(line) ?? []
      const [, code = '0'] = /^echo \$\? +# (\d+)/.exec(lines[index + 1] ?? '') ?? []
      return scripts.includes(script) ? [{ page, command: line, code: Number(code) }] : []
    })
  })

describe('the commands that the pages show', () => {
  it('are there', () => {
    expect(commands.length).toBeGreaterThan(6)
  })

  it.concurrent.each(commands)(
    '$page: $command',
    async ({ page, command, code }) => {
      const files = blocks.flatMap((block) =>
        block.page === page && block.file !== undefined ? [[block.file, block.text] as const] : [],
      )
      const project = makeProject({ ...Object.fromEntries(files), 'questions.txt': 'Why?\nHow?\n' })
      mkdirSync(join(project.folder, 'node_modules/.bin'))
      symlinkSync(BIN, join(project.folder, 'node_modules/.bin/loadbench'))
      const ran = await untilEnded('sh', ['-c', command], { cwd: project.folder })
      expect(ran.code, `${ran.stdout}\n${ran.stderr}`).toBe(code)
    },
    120_000,
  )
})
