import { chmodSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startSimulator, type Simulator } from '../packages/simulator/src/index.ts'
import { BIN, untilEnded } from './harness/loadbench.ts'
import { blocksOf, textOf } from './harness/pages.ts'
import { makeProject, ROOT } from './harness/project.ts'

vi.setConfig({ testTimeout: 180_000 })

/** `UPDATE_DOCS=1 npx vitest run test/docs-walkthrough.test.ts` writes what is printed, and how long it took. */
const UPDATE = process.env['UPDATE_DOCS'] === '1'
const PAGE = 'docs/walkthrough.md'
/** Where the page's server is; the test's has another port. */
const SHOWN = 'http://localhost:8000'
const LEFT_OUT = '…'

let page = textOf(PAGE)
let simulator: Simulator
const project = makeProject({ 'package.json': '{"name":"load"}' })
// Installed, as the page says.
symlinkSync(join(ROOT, 'node_modules/loadbench'), join(project.folder, 'node_modules/loadbench'), 'dir')
// What stands behind npx is the command of this repository.
project.write('bin/npx', `#!/bin/sh\nshift\nexec "${process.execPath}" "${BIN}" "$@"\n`)
chmodSync(join(project.folder, 'bin/npx'), 0o755)

beforeAll(async () => {
  simulator = await startSimulator({ seed: 1 })
})
afterAll(async () => {
  await simulator.stop()
  if (UPDATE) writeFileSync(join(ROOT, PAGE), page)
})

/** A command and the lines that follow it. */
interface Step {
  readonly command: string
  readonly shown: readonly string[]
}

function stepsOf(text: string): Step[] {
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [command = '', ...shown] = part.trimEnd().split('\n')
      return { command, shown }
    })
}

async function carryOut({
  command,
}: Step): Promise<{ lines: string[]; code: number | null; seconds: number }> {
  const startedAt = performance.now()
  const { stdout, stderr, code } = await untilEnded('sh', ['-c', command.replaceAll(SHOWN, simulator.url)], {
    cwd: project.folder,
    env: { PATH: `${join(project.folder, 'bin')}:${process.env['PATH'] ?? ''}` },
  })
  const text = `${stdout}${stderr}`
    .replaceAll(simulator.url, SHOWN)
    .replaceAll(simulator.url.replace('http://', ''), SHOWN.replace('http://', ''))
    .replaceAll(project.folder, '/home/you/load')
  const lines =
    text.trim() === ''
      ? []
      : text
          .replace(/^\n+/, '')
          .trimEnd()
          .split('\n')
          .map((line) => line.trimEnd())
  return { lines, code, seconds: (performance.now() - startedAt) / 1_000 }
}

/** Of a line what is the same each time: its words, without numbers, units, runs' names and drawn bars. */
function skeleton(line: string): string {
  return line
    .replaceAll(/\w+_\d{8}_\d{6}_\w{4}/g, 'run')
    .replaceAll(/\b[\da-f]{8}-[\da-z]+\b/g, 'id')
    .replaceAll(/[\d.,]+\s?(?:µs|ms|[smh%]|[kMG]?B|tok)?(?![a-z])/g, ' ')
    .replaceAll(/[^A-Za-z:/<>()-]+/g, ' ')
    .trim()
}

/** The lines to show: as many from start and end as the page had around what it left out. */
function excerpt(shown: readonly string[], lines: readonly string[]): string[] {
  const cut = shown.indexOf(LEFT_OUT)
  if (cut === -1) return [...lines]
  const after = shown.length - cut - 1
  return [...lines.slice(0, cut), LEFT_OUT, ...(after === 0 ? [] : lines.slice(-after))]
}

/** How the page would have it, with what was printed now. */
function rewritten(steps: readonly (Step & { lines: string[] })[], seconds: number): string {
  const body = steps.map(({ command, shown, lines }) => [`$ ${command}`, ...excerpt(shown, lines)].join('\n'))
  return `\`\`\`console\n${body.join('\n')}\n\`\`\`\n\n_${seconds.toFixed(1)} s_`
}

const blocks = blocksOf(PAGE).filter(({ language }) => language === 'console')

describe('the walk-through', () => {
  it('goes through every command', () => {
    for (const name of ['doctor', 'new', 'inspect', 'run', 'probe', 'report', 'simulate']) {
      expect(page).toContain(`npx loadbench ${name}`)
    }
  })

  it.each(blocks)('block $number prints what the page says', async ({ text }) => {
    const done: (Step & { lines: string[] })[] = []
    let [code, seconds]: [number | null, number] = [0, 0]
    for (const step of stepsOf(text)) {
      if (step.command === 'echo $?') done.push({ ...step, lines: [String(code)] })
      else {
        const ran = await carryOut(step)
        ;[code, seconds] = [ran.code, seconds + ran.seconds]
        done.push({ ...step, lines: ran.lines })
      }
    }
    // What doctor finds is the machine's affair.
    const isDoctor = text.includes('loadbench doctor')
    const expected = /^\$ echo \$\?\n(\d+)$/m.exec(text)?.[1] ?? '0'
    if (!isDoctor) expect(String(code), done.at(-1)?.lines.join('\n')).toBe(expected)
    if (UPDATE) {
      const [before = '', after = ''] = page.split(`\`\`\`console\n${text}\`\`\``)
      page = `${before}${rewritten(done, seconds)}${after.replace(/^\n\n_[\d.]+ s_/, '')}`
      return
    }
    for (const { shown, lines } of isDoctor ? [] : done) {
      const printed = lines.map(skeleton)
      let from = 0
      for (const line of shown.filter((each) => each !== LEFT_OUT && skeleton(each) !== '')) {
        const at = printed.indexOf(skeleton(line), from)
        expect(at, `not printed: ${line}\nbut:\n${lines.slice(from).join('\n')}`).not.toBe(-1)
        from = at + 1
      }
    }
  })
})
