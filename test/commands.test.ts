import { stripVTControlCharacters } from 'node:util'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { startSimulator } from '../packages/simulator/src/index.ts'
import { makeProject } from './harness/project.ts'
import { IMPORTS } from './harness/scripts.ts'
import { HAS_TERMINAL, openTerminal } from './harness/terminal.ts'

vi.setConfig({ testTimeout: 120_000 })

const project = makeProject({
  'quick.ts': `${IMPORTS}
export const options = { vus: 1, iterations: 2, thresholds: { request_failed: ['rate<1%'] } }
export default async function () { await llm.chat({ messages: [{ role: 'user', content: 'Hi' }] }) }
`,
})
let runFolder = ''
beforeAll(async () => {
  const ran = await project.loadbench(['run', 'quick.ts', '--simulate', '{"ttft":5,"itl":1}', '--no-report'])
  expect(ran.code).toBe(0)
  runFolder = ran.runFolder
}, 60_000)

/** The commands that paint nothing, and what a reader looks for; `run`, `new` and `doctor` have tests of their own. */
const COMMANDS: readonly (readonly [string, () => readonly string[], RegExp])[] = [
  ['inspect', () => ['inspect', 'quick.ts'], /"executor": "shared-iterations"/],
  ['report', () => ['report', runFolder], /✓ request_failed {2}rate<1%/],
  ['completion', () => ['completion', 'bash'], /complete .*loadbench/],
  ['--help', () => ['--help'], /loadbench run/],
  ['--version', () => ['--version'], /^\d+\.\d+\.\d+/m],
]

describe('a command prints', () => {
  it.each(COMMANDS)('%s: plain text where nobody watches', async (_, args, expected) => {
    const { code, stdout, stderr } = await project.loadbench(args())
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(expected)
    expect(stdout).toBe(stripVTControlCharacters(stdout))
  })

  it.skipIf(!HAS_TERMINAL).each(COMMANDS)('%s: the same on a terminal', async (_, args, expected) => {
    const terminal = await openTerminal(project.folder, args(), { columns: 80, rows: 50 })
    const shown = await terminal.ended()
    expect(shown).toMatch(/exit code 0$/)
    expect(shown).toMatch(expected)
    expect(await terminal.cursorShown()).toBe(true)
  })

  it.skipIf(!HAS_TERMINAL)('probe: a table on a terminal', async () => {
    const simulator = await startSimulator({ speaks: ['ollama'] })
    const terminal = await openTerminal(project.folder, ['probe', simulator.url], { columns: 80, rows: 50 })
    const shown = await terminal.ended()
    await simulator.stop()
    expect(shown).toMatch(/exit code 0$/)
    expect(shown).toMatch(/ollama +simulator/)
  })

  it.skipIf(!HAS_TERMINAL)('simulate: where it listens, until Ctrl-C', async () => {
    const terminal = await openTerminal(project.folder, ['simulate', '--port', '0'])
    expect(await terminal.until(/try it:/)).toMatch(/the simulator listens at http:\/\/127\.0\.0\.1:\d+/)
    await terminal.press('C-c')
    expect(await terminal.ended()).toMatch(/exit code 0$/)
  })
})
