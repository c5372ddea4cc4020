import { describe, expect, it } from 'vitest'
import type { MetricSummary, Summary } from '../../model/summary.ts'
import { paint } from './paint.ts'
import { summaryText } from './summary.ts'

const STATS = ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)', 'p(99)']
const trend = (name: string, unit: MetricSummary['unit'], scale: number): MetricSummary => ({
  name,
  tags: {},
  type: 'trend',
  unit,
  count: 258,
  values: Object.fromEntries([...STATS, 'count'].map((stat, index) => [stat, scale * (1 + index / 3)])),
})

const summary: Summary = {
  schemaVersion: 1,
  run: {
    id: 'spike_1',
    script: 'spike.ts',
    startedAt: '2026-11-20T14:25:01Z',
    durationMs: 16_812,
    outcome: 'thresholds-failed',
    exitCode: 99,
    reason: '1 of 2 thresholds failed',
  },
  health: {
    verdict: 'degraded',
    reasons: [
      'Worker 0 spent 94 % of a core at second 12, so requests may have waited within the generator; start with --workers 4 or use a second machine.',
    ],
    figures: {},
  },
  metrics: [
    trend('ttft', 'ms', 472.3),
    trend('tokens_per_second', 'tok/s', 51.3),
    trend('answer_words', '', 12.3),
    {
      name: 'requests',
      tags: {},
      type: 'counter',
      unit: '',
      count: 258,
      values: { count: 258, rate: 15.52 },
    },
    {
      name: 'request_failed',
      tags: {},
      type: 'rate',
      unit: '',
      count: 258,
      values: { rate: 0.0116, passes: 3, fails: 255 },
    },
    { name: 'vus', tags: {}, type: 'gauge', unit: '', count: 17, values: { value: 0, min: 0, max: 91 } },
    { ...trend('ttft', 'ms', 99_999), tags: { scenario: 'hidden' } },
  ],
  thresholds: [
    { metric: 'ttft', expression: 'p(95)<550', observed: 1_063, unit: 'ms', passed: false, aborted: false },
    {
      metric: 'request_failed',
      expression: 'rate<2%',
      observed: 0.0116,
      unit: '',
      passed: true,
      aborted: false,
    },
    { metric: 'checks{kind:x}', expression: 'rate>0.9', unit: '', passed: false, aborted: true },
  ],
  checks: [
    { name: 'answered', passes: 258, fails: 0 },
    { name: 'short enough', passes: 200, fails: 58 },
  ],
  errors: [
    {
      class: 'rate_limited',
      count: 3,
      example: { class: 'rate_limited', message: 'slow down\u001B[31m\nplease', status: 429 },
    },
  ],
  scenarios: [],
  warnings: [
    '3 of 258 answers came without token counts; chunks were counted instead, so tpot and output_tokens are guesses there.',
  ],
}

describe('the summary on a terminal', () => {
  const text = summaryText(summary, STATS, paint(false))

  it('fits 80 columns', () => {
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([])
  })

  it('tells thresholds first and the verdict on the generator before the end', () => {
    const order = [
      'THRESHOLDS',
      'LLM',
      'OWN METRICS',
      'EXECUTION',
      'CHECKS',
      'ERRORS',
      'NOTES',
      'GENERATOR',
      'exit code 99',
    ]
    const places = order.map((word) => text.indexOf(word))
    expect(places.every((place) => place > 0)).toBe(true)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
  })

  it('reads like this', () => {
    expect(text).toMatchInlineSnapshot(`
      "
        THRESHOLDS
        ✗ ttft            p(95)<550    1.06s
        ✓ request_failed  rate<2%      1.16%
        ✗ checks{kind:x}  rate>0.9   no data  ended the run

        LLM
                             avg    min    med    max  p(90)  p(95)  p(99)
        ttft               472ms  630ms  787ms  945ms  1.10s  1.26s  1.42s
        tokens_per_second   51.3   68.4   85.5    103    120    137    154
        requests          258    15.5/s
        request_failed  1.16%  3 of 258

        OWN METRICS
                       avg   min   med   max  p(90)  p(95)  p(99)
        answer_words  12.3  16.4  20.5  24.6   28.7   32.8   36.9

        EXECUTION
        vus  0  min 0, max 91

        CHECKS
        ✓ answered
        ✗ short enough  77.52% (200 passed, 58 failed)

        ERRORS
        rate_limited  3×
          e.g. slow down [31m please

        NOTES
        ! 3 of 258 answers came without token counts; chunks were counted instead,
          so tpot and output_tokens are guesses there.

        GENERATOR
        ! degraded
          Worker 0 spent 94 % of a core at second 12, so requests may have waited
          within the generator; start with --workers 4 or use a second machine.

        thresholds-failed after 16.8s, exit code 99:
          1 of 2 thresholds failed
      "
    `)
  })

  it('lets no control character of a server reach the terminal', () => {
    // oxlint-disable-next-line no-control-regex -- they are what is looked for
    expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F]/)
  })

  it('has colours only where they are wanted', () => {
    expect(summaryText(summary, STATS, paint(true))).toContain('\u001B[')
  })
})
