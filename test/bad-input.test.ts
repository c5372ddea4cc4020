import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { ERROR_CODES } from '../packages/core/src/model/errors.ts'
import { BIN, untilEnded } from './harness/loadbench.ts'
import { makeProject, ROOT } from './harness/project.ts'

vi.setConfig({ testTimeout: 180_000 })

/** `UPDATE_DOCS=1 npx vitest run test/bad-input.test.ts` writes what is printed into the page. */
const UPDATE = process.env['UPDATE_DOCS'] === '1'

const PAGE = join(ROOT, 'docs/errors.md')
let page = readFileSync(PAGE, 'utf8')

describe('the table of docs/errors.md', () => {
  it('lists exactly the codes there are, with their exit codes and meanings', () => {
    const rows = Array.from(page.matchAll(/^\| `(LB_\w+)` \| (\d+) \| (.*?) \| (.*) \|$/gm))
    const listed = rows.map(([, code, exit, meaning]) => ({ code, exit: Number(exit), meaning }))
    expect(listed).toEqual(Object.entries(ERROR_CODES).map(([code, facts]) => ({ code, ...facts })))
    for (const [, , , , advice] of rows) expect(advice).not.toBe('')
  })
})

const FENCED = /^```(?:ts|yaml)\n(?:\/\/|#) ([^\s]+)\n(.*?)^```$/gms
const files = Object.fromEntries(
  Array.from(page.matchAll(FENCED), ([, name = '', text = '']) => [name, text]),
)

/** The files of the page, and `loadbench` on the path. */
const project = makeProject(files)
project.write('bin/loadbench', `#!/bin/sh\nexec "${process.execPath}" "${BIN}" "$@"\n`)
chmodSync(join(project.folder, 'bin/loadbench'), 0o755)
const PATH = `${join(project.folder, 'bin')}:${process.env['PATH'] ?? ''}`

/** What a terminal would show, without what differs from run to run; of a summary the parts the page is about. */
async function shown(command: string): Promise<string> {
  const { stdout, stderr, code } = await untilEnded('sh', ['-c', command], {
    cwd: project.folder,
    env: { PATH },
  })
  const printed = stdout.includes('\n  GENERATOR\n') ? excerpt(stdout) : stdout.trim()
  const text = [printed, stderr.trim()].filter((part) => part !== '').join('\n')
  const settled = text
    .replaceAll(project.folder, '/home/you')
    .replaceAll(/ after [\d.]+m?s,/g, ' after 1s,')
    .replaceAll(/\((first\s+at\s+)[\d.]+s/g, '($10.1s')
    .replaceAll(/(,\s+id\s+)[\da-f]{8}-\w+\)/g, '$13c2a41f0-1)')
  return `$ ${command}\n${settled}\n$ echo $?\n${code}\n`
}

/** Thresholds, errors and the last word; `…` stands for the rest. */
function excerpt(stdout: string): string {
  const sections = ['THRESHOLDS', 'ERRORS'].map((title) => {
    const start = stdout.indexOf(`\n  ${title}\n`)
    return start === -1 ? '' : stdout.slice(start + 1, stdout.indexOf('\n\n', start))
  })
  const [, verdict = ''] = /^( {2}[\w-]+ after .*?)\n+ {2}(?:report|results) /ms.exec(stdout) ?? []
  return ['', ...sections.filter((text) => text !== ''), verdict].join('\n  …\n').trimStart()
}

const blocks = Array.from(
  page.matchAll(/^```console\n\$ ([^\n]*)\n.*?^```$/gms),
  ([block, command = '']) => ({ command, block }),
)

describe('the messages of docs/errors.md', () => {
  afterAll(() => {
    if (UPDATE) writeFileSync(PAGE, page)
  })

  it('are there', () => {
    expect(blocks.length).toBeGreaterThan(12)
    expect(new Set(blocks.map(({ command }) => command)).size).toBe(blocks.length)
  })

  it.each(blocks)('$command prints what the page says', async ({ command, block }) => {
    const now = `\`\`\`console\n${await shown(command)}\`\`\``
    if (UPDATE) page = page.replace(block, () => now)
    else expect(block).toBe(now)
  })
})
