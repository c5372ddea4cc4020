import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { paint } from '../paint.ts'
import { facts, scenario, threshold, trend } from './__fixtures__/facts.ts'
import type { LiveFacts } from './facts.ts'
import { frame } from './frame.ts'

const PLAIN = paint(false)
const COLOURED = paint(true)
const USUAL = { columns: 80, rows: 24 }

const shown = (run: LiveFacts, size = USUAL) => frame(run, size, PLAIN)
const text = (run: LiveFacts, size = USUAL) => shown(run, size).join('\n')

describe('the live view of a run', () => {
  it('shows at 80×24 where the run stands, scenario by scenario, metric by metric', () => {
    expect(shown(facts({ errors: [{ class: 'timeout', count: 3 }], dropped: 2 }))).toEqual([
      '',
      '  1m30s of 3m00s · 12 VUs · 9.8 of 10 it/s · 9.8 req/s · 1,204 tok/s',
      '',
      '  spike  ██████████████░░░░░░░░░░░░░   50%  1m30s left  12/200 VUs  9.8/10 it/s',
      '',
      '               p50     p95     p99  p95 of each second',
      '  ttft       231ms   512ms   1.20s  ▂▄ █',
      '  itl       12.0ms  18.0ms  40.0ms  ▂▄ █',
      '  tokens/s               1,204 now  ██',
      '',
      '  errors     timeout 3  2 iterations dropped',
      '  ✓ ttft p(95)<550  512ms',
      '  generator  trustworthy',
    ])
  })

  it.each<[string, Partial<LiveFacts>, string]>([
    ['a scenario that waits', { scenarios: [scenario({ state: 'waiting', left: 30_000 })] }, 'starts in 30s'],
    [
      'the time what runs still has',
      { scenarios: [scenario({ state: 'finishing', left: 12_000 })] },
      'finishing, ≤ 12s',
    ],
    [
      'a scenario that is done',
      { scenarios: [scenario({ state: 'done', share: 1, completed: 1_234 })] },
      '100%  done    1,234 iterations',
    ],
    [
      'what a failing threshold saw',
      { thresholds: [threshold({ passed: false })] },
      '✗ ttft p(95)<550  512ms',
    ],
    [
      'why the generator cannot be trusted',
      { health: { verdict: 'invalid', reason: 'The event loop was late.' } },
      'generator  invalid: The event loop was late.',
    ],
    [
      'after the first Ctrl-C what it waits for, and what the second does',
      { stopping: { signal: 'SIGINT', left: 23_400 } },
      'waiting for 12 VUs still running, ≤ 23s; Ctrl-C again ends at once',
    ],
  ])('shows %s', (_, over, words) => {
    expect(text(facts(over))).toContain(words)
  })

  it('shows the message that came most often, where there is room', () => {
    const errors = [
      { class: 'timeout', count: 3, messages: [{ message: 'too late', count: 3 }] },
      { class: 'connection', count: 2, messages: [{ message: 'connect\u001B ECONNREFUSED', count: 2 }] },
    ]
    expect(shown(facts({ errors }))).toContain('  errors     timeout 3  connection 2')
    expect(shown(facts({ errors }))).toContain('             3× too late')
    const scenarios = Array.from({ length: 12 }, (_, index) => scenario({ name: `s${index}` }))
    expect(text(facts({ errors, scenarios }), { columns: 80, rows: 16 })).not.toContain('too late')
  })

  it('says in red that nothing is measured, in whatever room there is', () => {
    const unjudged = facts({
      health: { verdict: 'trustworthy', unjudged: 'nothing to judge: none answered' },
    })
    expect(text(unjudged, USUAL)).toMatch(/generator +nothing to judge: none answered/)
    expect(text(unjudged, USUAL)).not.toContain('trustworthy')
    const hollow = facts({ hollow: 'every iteration failed' })
    expect(frame(hollow, USUAL, COLOURED)).toContain('  \u001B[31m! every iteration failed so far\u001B[39m')
    expect(text(hollow, { columns: 80, rows: 8 })).toContain('! every iteration failed so far')
  })

  it('shows iterations and no rate where their number ends a scenario', () => {
    const { intendedRate, ...closed } = scenario({ completed: 12, iterations: 60 })
    expect(intendedRate).toBeDefined()
    expect(text(facts({ scenarios: [closed] }))).toContain('12/60 iterations')
  })

  it('shows no end that is not known', () => {
    const { planned, ...endless } = facts()
    expect(planned).toBeDefined()
    expect(text(endless)).toMatch(/^\n {2}1m30s · 12 VUs/)
  })

  it('shows a failing threshold in red and keeps its sign for those who see no red', () => {
    const lines = frame(facts({ thresholds: [threshold({ passed: false })] }), USUAL, COLOURED)
    expect(lines).toContain('  \u001B[31m✗ ttft p(95)<550  512ms\u001B[39m')
  })

  it('counts the scenarios it has no room for, and shows those that run before those that are done', () => {
    const scenarios = Array.from({ length: 40 }, (_, index) =>
      scenario({ name: `s${index}`, state: index < 30 ? 'done' : 'running' }),
    )
    const lines = shown(facts({ scenarios }))
    expect(lines.length).toBeLessThanOrEqual(21)
    expect(lines.filter((line) => line.includes('  s3'))).not.toEqual([])
    expect(lines.find((line) => line.includes('… and'))).toMatch(/… and \d+ more: \d running, 30 done/)
  })

  it('shows failing thresholds before those that hold', () => {
    const thresholds = Array.from({ length: 30 }, (_, index) =>
      threshold({ metric: `metric_${index}`, passed: index !== 29 }),
    )
    expect(text(facts({ thresholds }))).toMatch(/✗ metric_29 .*\n[^]*… and \d+ more, all hold/)
  })

  it('shows everything where there is room', () => {
    const scenarios = Array.from({ length: 12 }, (_, index) => scenario({ name: `s${index}` }))
    const lines = shown(facts({ scenarios }), { columns: 200, rows: 50 })
    expect(lines.join('\n')).not.toContain('…')
    for (const { name } of scenarios) expect(lines.some((line) => line.startsWith(`  ${name}`))).toBe(true)
  })

  const name = fc.oneof(fc.string(), fc.constantFrom('会話', '👩‍👩‍👧‍👦', 'a'.repeat(100), 'spike'))
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  const amount = fc.double({ min: 0, max: 1e12, noNaN: true })
  const anyScenario = fc
    .record({
      name: name.map((one) => one.replaceAll(/\s|\p{C}/gu, '_')),
      share,
      left: amount,
      rate: amount,
      intendedRate: amount,
      completed: amount,
      state: fc.constantFrom('waiting', 'running', 'finishing', 'done'),
    })
    .map((over) => scenario(over))
  const anyFacts = fc
    .record({
      scenarios: fc.array(anyScenario, { minLength: 1, maxLength: 60 }),
      trends: fc.array(
        fc
          .record({ p50: amount, recent: fc.array(fc.option(amount, { nil: undefined })) })
          .map((over) => trend(over)),
        { maxLength: 8 },
      ),
      recentTokens: fc.array(amount),
      thresholds: fc.array(
        fc.record({ metric: name, passed: fc.boolean(), observed: amount }).map((over) => threshold(over)),
        { maxLength: 60 },
      ),
      errors: fc.array(fc.record({ class: fc.constantFrom('timeout', 'http_5xx'), count: fc.nat() })),
      health: fc.record({
        verdict: fc.constantFrom('trustworthy', 'degraded', 'invalid'),
        reason: fc.lorem(),
      }),
      stopping: fc.record({ signal: fc.constantFrom('SIGINT', 'SIGTERM'), left: amount }),
    })
    .map((over) => facts(over))
  const anySize = fc.record({
    columns: fc.integer({ min: 1, max: 300 }),
    rows: fc.integer({ min: 1, max: 80 }),
  })

  it('is never wider than the terminal, nor as high, whatever the run and the terminal are', () => {
    fc.assert(
      fc.property(anyFacts, anySize, fc.boolean(), (run, size, coloured) => {
        const lines = frame(run, size, coloured ? COLOURED : PLAIN)
        expect(lines.length).toBeLessThan(size.rows)
        for (const line of lines) {
          expect(stringWidth(line)).toBeLessThan(size.columns)
          expect(line).not.toContain('\n')
        }
      }),
    )
  })
})
