import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import { makeProject } from './harness/project.ts'
import { script } from './harness/scripts.ts'
import { HAS_TERMINAL, openTerminal, type Terminal, type TerminalSettings } from './harness/terminal.ts'

vi.setConfig({ testTimeout: 180_000 })

/** Answers that take a tenth of a second: something to see in every second. */
const SIMULATOR = '{"ttft":50,"itl":5,"outputTokens":10}'
const FLAGS = ['--simulate', SIMULATOR, '--no-report', '--no-probe']

const SCENARIOS = {
  spike: { executor: 'constant-arrival-rate', rate: 5, duration: '10m', preAllocatedVUs: 5 },
  chat: { executor: 'constant-vus', vus: 2, duration: '10m' },
}
const CALM = script({ scenarios: SCENARIOS, thresholds: { ttft: ['p(95)<5000', 'p(99)<1'] } })
/** An iteration takes a minute. */
const SLOW = script(
  { vus: 3, duration: '10m', gracefulStop: '42s' },
  'export default async function () { await ask(); await sleep(60) }\nexport function teardown() {}',
)

/** Runs a script in a terminal, by default of 80×24. */
function run(
  text: string,
  settings: TerminalSettings = {},
  flags: readonly string[] = [],
): Promise<Terminal> {
  const { folder } = makeProject({ 'test.ts': text })
  return openTerminal(folder, ['run', 'test.ts', ...FLAGS, ...flags], settings)
}

const isHead = (row: string) => /^ {2}\d+s of 10m00s /.test(row)
const isVerdict = (row: string) => /^ {2}generator {2}\w/.test(row)

/** One view among some rows, and nothing below it. */
function expectOneView(rows: readonly string[]): void {
  const shown = rows.join('\n')
  expect(rows.filter(isHead), shown).toHaveLength(1)
  expect(rows.filter(isVerdict), shown).toHaveLength(1)
  // But for the reasons of the verdict.
  const below = rows.slice(rows.findIndex(isVerdict) + 1).join('\n')
  expect(below, shown).toMatch(/^( {13}.*\n)*\n*$/)
}

describe.skipIf(!HAS_TERMINAL)('the live view in a terminal', () => {
  it.each([
    [80, 24],
    [200, 50],
  ])('fits into %i×%i: scenarios, metrics, thresholds and health', async (columns, rows) => {
    const terminal = await run(CALM, { columns, rows })
    await terminal.until(/ttft p\(99\)<1 +\d[^]*generator/)
    const shown = await terminal.rows()
    expectOneView(shown)
    for (const part of [
      / {2}\d+s of 10m00s · \d VUs? · .* it\/s · .* req\/s/,
      /spike {2}█?░+ +0% {2}\d+m\d\ds left +\d\/5 VUs +[\d.]+\/5 it\/s/,
      /chat {3}█?░+ +0% {2}\d+m\d\ds left +\d\/2 VUs +[\d.]+ it\/s/,
      /p50 +p95 +p99 {2}p95 of each second/,
      /ttft +\d+(\.\d)?ms +\d+(\.\d)?ms +\d+(\.\d)?ms {2}[▁-█]/,
      /✓ ttft p\(95\)<5000 {2}\d/,
      /✗ ttft p\(99\)<1 {5}\d/,
    ])
      expect(shown.join('\n')).toMatch(part)
    expect(await terminal.cursorShown()).toBe(false)
    expect(await terminal.coloured()).toContain('\u001B[31m✗ ttft p(99)<1')
  })

  it('stays one view while the terminal is made narrower, wider, lower and higher', async () => {
    const terminal = await run(CALM, { columns: 200, rows: 50 })
    await terminal.until(/tokens\/s/)
    for (const [columns, rows] of [
      [80, 24],
      [120, 40],
      [60, 18],
      [200, 50],
    ] as const) {
      // oxlint-disable no-await-in-loop -- one size after the other
      await terminal.resize(columns, rows)
      await pause(1_500)
      await vi.waitFor(async () => expectOneView(await terminal.rows()), { timeout: 20_000, interval: 200 })
      // oxlint-enable no-await-in-loop
    }
  })

  it('lets what scripts print scroll by above it, and says what it left out', async () => {
    const terminal = await run(
      script(
        { vus: 1, duration: '10m' },
        `let n = 0
        export default async function () {
          await ask()
          for (let i = 0; i < 200; i += 1) console.log('line', ++n, '\\u001b[2J\\u001b[H')
          process.stderr.write('past the console\\n')
          await sleep(1)
        }`,
      ),
    )
    const shown = await terminal.until(/… \d+ lines left out[^]*ttft +\d[^]*generator/)
    expectOneView(await terminal.rows())
    expect(shown.split('\n').filter(isHead)).toHaveLength(1)
    expect(shown).toMatch(/\n {2}line 1 *\n {2}line 2 *\n/)
    expect(shown).toContain('past the console')
  })

  it('says at the first Ctrl-C what it waits for, and at the second ends at once', async () => {
    const terminal = await run(SLOW)
    await terminal.until(/\d+s of 10m00s · 3 VUs/)
    await terminal.press('C-c')
    const waiting = await terminal.until(
      /waiting for 3 VUs still running, ≤ 4[0-2]s; Ctrl-C again ends at once/,
    )
    expect(waiting).toContain('SIGINT: starting nothing new and waiting up to 42s for what runs, then')
    await terminal.until(/≤ 3\ds; Ctrl-C again/)
    await terminal.press('C-c')
    const ended = await terminal.ended()
    expect(ended).toContain('exit code 105')
    expect(ended).toContain('SIGINT again: ended at once')
    expect(ended.split('\n').filter(isHead)).toEqual([])
    expect(await terminal.cursorShown()).toBe(true)
  })

  it('leaves nothing behind at the end but what was printed', async () => {
    const terminal = await run(script({ vus: 2, duration: '2s' }))
    const ended = await terminal.ended()
    expect(ended).toContain('exit code 0')
    expect(ended).not.toMatch(/ left |░|p95 of each second/)
    expect(ended).toContain('passed after 2')
    expect(await terminal.cursorShown()).toBe(true)
  })

  it('shows the cursor again when the script ends the process', async () => {
    const ending = 'setTimeout(() => process.exit(3), 4_000)\nexport default () => sleep(0.1)'
    const terminal = await run(script({ vus: 1, duration: '10m' }, ending))
    await terminal.until(/generator/)
    const ended = await terminal.ended()
    expect(await terminal.cursorShown()).toBe(true)
    expect(ended.split('\n').filter(isHead)).toEqual([])
  })

  it('counts the scenarios it has no room for', async () => {
    const closed = { executor: 'constant-vus', vus: 1, duration: '10m' }
    const scenarios = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`s${index}`, closed]))
    const shown = await (await run(script({ scenarios }))).until(/ttft +\d[^]*generator/)
    expect(shown).toMatch(/s\d+ {2,}█[^]*… and \d+ more: \d+ running/)
  })

  it('has nothing but ASCII where the locale is not UTF-8', async () => {
    const terminal = await run(CALM, { env: { LC_ALL: 'C' } })
    expect(await terminal.until(/ttft p\(99\)<1 +\d/)).toMatch(/^[\n -~]*$/)
  })

  it.each([
    ['NO_COLOR', { NO_COLOR: '1' }, []],
    ['--no-color', {}, ['--no-color']],
  ])('has no colours with %s', async (_, env, flags) => {
    const terminal = await run(CALM, { env }, flags)
    await terminal.until(/ttft p\(99\)<1 +\d/)
    expect(await terminal.coloured()).not.toContain('\u001B[3')
  })

  it('gives way to a line every ten seconds with TERM=dumb, and with CI=true', async () => {
    // At the same time: each has ten seconds to wait for.
    const terminals = [{ TERM: 'dumb' }, { CI: 'true' }].map((env) => run(CALM, { columns: 160, env }))
    for (const terminal of await Promise.all(terminals)) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const shown = await terminal.until(
        /^ {2}1\ds of 10m00s: \d VUs?, .*no errors.*, failing: ttft p\(99\)<1/m,
      )
      expect(shown).not.toContain('░')
    }
  })
})
