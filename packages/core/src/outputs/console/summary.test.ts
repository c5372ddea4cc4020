import { describe, expect, it } from 'vitest'
import type { MetricSummary, Summary } from '../../model/summary.ts'
import { paint } from './paint.ts'
import { compactText, failuresText, summaryText, verdictText } from './summary.ts'

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
      'Worker 0 spent 94% of a core at second 12, so requests may have waited within the generator; start with --workers 4 or use a second machine.',
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
    {
      metric: 'ttft',
      expression: 'p(95)<550',
      observed: 1_063,
      unit: 'ms',
      bound: 550,
      passed: false,
      aborted: false,
    },
    {
      metric: 'request_failed',
      expression: 'rate<2%',
      observed: 0.0116,
      unit: '',
      bound: 0.02,
      passed: true,
      aborted: false,
    },
    { metric: 'checks{kind:x}', expression: 'rate>0.9', unit: '', passed: false, aborted: true },
  ],
  checks: [
    { name: 'answered', passes: 258, fails: 0 },
    { name: 'short enough', passes: 200, fails: 58, example: '{ "ok": true, "text": "on and on" }' },
  ],
  errors: [
    {
      class: 'rate_limited',
      count: 1_203,
      example: { class: 'rate_limited', message: 'slow down\u001B[31m\nplease', status: 429 },
      examples: [
        { message: 'slow down\u001B[31m\nplease', scenario: 'spike', at: 3.24, id: 'a1-7', status: 429 },
        { message: 'too many', scenario: '', at: 75, id: '' },
      ],
      messages: [
        {
          message: 'slow down\u001B[31m\nplease',
          count: 1_200,
          first: {
            message: 'slow down\u001B[31m\nplease',
            scenario: 'spike',
            at: 3.24,
            id: 'a1-7',
            status: 429,
          },
        },
        { message: 'too many', count: 1, first: { message: 'too many', scenario: '', at: 75, id: '' } },
      ],
      others: 2,
      parts: [],
    },
  ],
  scenarios: [],
  parts: [],
  slowest: [
    {
      id: 'a1-9',
      at: 2,
      duration: 1_420,
      ttft: 1_063,
      outputTokens: 96,
      scenario: 'spike',
      tags: {},
      outcome: 'ok',
    },
    { id: 'a1-b', at: 9.1, duration: 950, scenario: '', tags: {}, outcome: 'failed', error: 'timeout: 1s' },
  ],
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

  it('shows what the server says about itself apart from the metrics of the script', () => {
    const metrics = [trend('server_queue', 'ms', 12), trend('server_inference', 'ms', 300)]
    const shown = summaryText({ ...summary, metrics }, STATS, paint(false))
    expect(shown).toMatch(/\n {2}SERVER .*\n {2}server_queue .*\n {2}server_inference .*\n\n/)
    expect(shown).not.toContain('OWN METRICS')
  })

  it('does not pass on what a server could do to a terminal', () => {
    expect(summaryText({ ...summary, warnings: ['ollama: \u001B[2Jloaded'] }, STATS, paint(false))).toContain(
      '! ollama:  [2Jloaded',
    )
  })

  it('reads like this', () => {
    expect(text).toMatchInlineSnapshot(`
      "
        THRESHOLDS
        ✗ ttft            p(95)<550    1.06s  93% above
        ✓ request_failed  rate<2%      1.16%  0.84 points below
        ✗ checks{kind:x}  rate>0.9   no data
          ended the run

        LLM                       avg   min   med   max   p(90)   p(95)   p(99)
        ttft              ms    472   630   787   945   1,102   1,259   1,417
        tokens_per_second tok/s  51.3  68.4  85.5 102.6   119.7   136.8   153.9
        requests                  258  15.5/s
        request_failed          1.16%  3 of 258
        ttft to the first token

        OWN METRICS      avg   min   med   max  p(90)  p(95)  p(99)
        answer_words    12.3  16.4  20.5  24.6   28.7   32.8   36.9

        EXECUTION
        vus  91  at most

        CHECKS
        ✓ answered
        ✗ short enough  77.52% (200 passed, 58 failed)
            got { "ok": true, "text": "on and on" }

        ERRORS
        rate_limited  1,203×
          1,200× slow down [31m please (first at 3.2s in spike, id a1-7)
          1× too many (at 1m15s)
          2× other messages

        SLOWEST REQUESTS
         1.42s  ttft 1.06s  96 tok  at 2.0s  spike           id a1-9
         950ms                      at 9.1s  failed timeout  id a1-b

        NOTES
        ! 3 of 258 answers came without token counts; chunks were counted instead, so
          tpot and output_tokens are guesses there.

        GENERATOR
        ! degraded
          Worker 0 spent 94% of a core at second 12, so requests may have waited
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

describe('the legend of the table of answers', () => {
  const legendOf = (...names: readonly string[]) => {
    const metrics = names.map((name) => trend(name, 'ms', 10))
    const text = summaryText({ ...summary, metrics, warnings: [] }, STATS, paint(false))
    return text.split('\n').filter((line) => / token\b/.test(line))
  }

  it('explains the rows there are', () => {
    expect(legendOf('ttft', 'ttfat', 'itl', 'tpot', 'e2e_latency')).toEqual([
      '  ttft to the first token, ttfat to the first one of the answer, itl between',
      '  chunks, tpot per token after the first, e2e_latency to the last token',
    ])
    expect(legendOf('e2e_latency', 'request_duration')).toEqual(['  e2e_latency to the last token'])
  })

  it('is left out where none of them is there', () => {
    expect(legendOf('request_duration')).toEqual([])
  })
})

describe('a run that passed and measured nothing', () => {
  const hollow: Summary = {
    ...summary,
    run: {
      ...summary.run,
      outcome: 'passed',
      exitCode: 0,
      reason: 'every request failed: this verdict says nothing',
    },
    health: {
      verdict: 'trustworthy',
      unjudged: 'nothing to judge: no request ended well',
      reasons: [],
      figures: {},
    },
    thresholds: [],
    errors: [],
  }
  const verdict = '  passed after 16.8s, exit code 0:\n    every request failed: this verdict says nothing'

  it('puts no check mark on its generator', () => {
    for (const text of [summaryText(hollow, STATS, paint(false)), compactText(hollow, STATS, paint(false))])
      expect(text).toContain('  GENERATOR\n  – nothing to judge: no request ended well\n')
  })

  it('says so where little else is told', () => {
    expect(failuresText(hollow, paint(false))).toBe(`\n${verdict}\n`)
    expect(verdictText(hollow, paint(false))).toBe(verdict)
  })
})

describe('the compact summary', () => {
  const text = compactText(summary, STATS, paint(false))

  it('reads like this', () => {
    expect(text).toMatchInlineSnapshot(`
      "
        THRESHOLDS
        ✗ ttft            p(95)<550    1.06s  93% above
        ✓ request_failed  rate<2%      1.16%  0.84 points below
        ✗ checks{kind:x}  rate>0.9   no data
          ended the run

        RESULTS                   avg   min   med   max   p(90)   p(95)   p(99)
        ttft              ms    472   630   787   945   1,102   1,259   1,417
        tokens_per_second tok/s  51.3  68.4  85.5 102.6   119.7   136.8   153.9
        requests                  258  15.5/s
        request_failed          1.16%  3 of 258

        FAILED CHECKS
        ✗ short enough  77.52% (200 passed, 58 failed)
            got { "ok": true, "text": "on and on" }

        ERRORS
        rate_limited  1,203×
          1,200× slow down [31m please (first at 3.2s in spike, id a1-7)
          3× other messages

        NOTES
        ! 3 of 258 answers came without token counts; chunks were counted instead, so
          tpot and output_tokens are guesses there.

        GENERATOR
        ! degraded
          Worker 0 spent 94% of a core at second 12, so requests may have waited
          within the generator; start with --workers 4 or use a second machine.

        thresholds-failed after 16.8s, exit code 99:
          1 of 2 thresholds failed
      "
    `)
  })

  it('fits 80 columns', () => {
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([])
  })
})
