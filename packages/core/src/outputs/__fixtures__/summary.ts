import type { MetricSummary, Summary } from '../../model/summary.ts'

const STATISTICS = ['min', 'avg', 'med', 'p(90)', 'p(95)', 'p(99)', 'max']

function trend(name: string, scale: number, tags: MetricSummary['tags'] = {}): MetricSummary {
  const values = Object.fromEntries(STATISTICS.map((stat, index) => [stat, scale * (1 + index / 4)]))
  return { name, tags, type: 'trend', unit: 'ms', count: 258, values: { ...values, count: 258 } }
}

function counted(name: string, count: number, rate: number): MetricSummary {
  return { name, tags: {}, type: 'counter', unit: '', count, values: { count, rate } }
}

function share(rate: number, tags: MetricSummary['tags'] = {}): MetricSummary {
  const values = { rate, passes: 258 * rate, fails: 258 * (1 - rate) }
  return { name: 'request_failed', tags, type: 'rate', unit: '', count: 258, values }
}

/** A run of two scenarios in which everything there is to tell happened. */
export const SUMMARY: Summary = {
  schemaVersion: 1,
  run: {
    id: 'spike_20261120_142501_abcd',
    script: 'scenarios/spike.ts',
    startedAt: '2026-11-20T14:25:01.123Z',
    durationMs: 16_812,
    outcome: 'thresholds-failed',
    exitCode: 99,
    reason: '2 of 3 thresholds failed',
  },
  health: {
    verdict: 'degraded',
    reasons: ['Worker 0 spent 94% of a core at second 12; start with --workers 4.'],
    figures: {},
  },
  metrics: [
    trend('ttft', 472.3),
    trend('ttft', 600, { scenario: 'chat' }),
    trend('ttft', 300, { scenario: 'batch' }),
    trend('ttft', 1, { scenario: 'chat', turn: '2' }),
    trend('ttft', 200, { turn: '2' }),
    trend('tpot', 21),
    trend('iteration_duration', 900),
    counted('requests', 258, 15.52),
    counted('output_tokens', 25_800, 1_552),
    counted('dropped_iterations', 12, 0.7),
    share(0.0116),
    share(0.5, { scenario: 'chat' }),
  ],
  thresholds: [
    { metric: 'ttft', expression: 'p(95)<550', observed: 1_063, unit: 'ms', passed: false, aborted: false },
    { metric: 'request_failed', expression: 'rate<2%', observed: 0.0116, unit: '', passed: true, aborted: false },
    { metric: 'checks{kind:x}', expression: 'rate>0.9', unit: '', passed: false, aborted: true },
  ],
  checks: [
    { name: 'answered', passes: 258, fails: 0 },
    { name: 'short enough', passes: 200, fails: 58, example: '412' },
  ],
  errors: [
    {
      class: 'rate_limited',
      count: 3,
      example: { class: 'rate_limited', message: 'slow down, please', status: 429 },
      examples: [
        { message: 'slow down, please', scenario: 'chat', at: 2.1, id: '0-12', status: 429 },
        { message: 'too many tokens', scenario: 'batch', at: 3.4, id: '0-31', status: 429 },
      ],
      messages: [
        {
          message: 'slow down, please',
          count: 2,
          first: { message: 'slow down, please', scenario: 'chat', at: 2.1, id: '0-12', status: 429 },
        },
      ],
      others: 1,
      parts: [],
    },
  ],
  scenarios: [
    {
      name: 'chat',
      executor: 'constant-vus',
      description: '4 VUs for 16s',
      started: 130,
      completed: 128,
      dropped: 0,
      interrupted: 2,
    },
    {
      name: 'batch',
      executor: 'constant-arrival-rate',
      description: '8 iterations/s for 16s',
      started: 128,
      completed: 128,
      dropped: 12,
      interrupted: 0,
    },
  ],
  parts: [
    { label: 'scenario chat', tags: { scenario: 'chat' } },
    { label: 'scenario batch', tags: { scenario: 'batch' } },
    { label: 'turn 2', tags: { turn: '2' } },
  ],
  slowest: [],
  servers: [{ provider: 'openai', target: 'http://gpu-1:8000/v1', server: 'vllm', version: '0.11.0' }],
  warnings: ['3 of 258 answers came without token counts; chunks were counted instead.'],
}

/** Everything that could end a cell, a line, an element or a string, or be carried out by what reads it. */
export const HOSTILE =
  `<b>"&'</b> ]]> | \\| \`\`code\`\` *bold* [x](y) @you #1 %0A ::error::no\r\n=SUM(A1)\u0000\u001B[31m\uFFFE\uD800`

/** A run in which hostile text stands wherever a script, a model or a server can put it. */
export const HOSTILE_SUMMARY: Summary = {
  ...SUMMARY,
  run: { ...SUMMARY.run, script: HOSTILE, outcome: 'failed', exitCode: 107, reason: `LB_SCRIPT_FAILED ${HOSTILE}\n\n${HOSTILE}` },
  health: { ...SUMMARY.health, reasons: [HOSTILE] },
  thresholds: [
    { metric: `ttft{tag:${HOSTILE}}`, expression: 'p(95)<1', unit: 'ms', passed: false, aborted: false },
  ],
  checks: [{ name: HOSTILE, passes: 0, fails: 1, example: HOSTILE }],
  errors: [{ class: 'http_5xx', count: 1, example: { class: 'http_5xx', message: HOSTILE }, examples: [{ message: HOSTILE, scenario: '', at: 0, id: '' }], messages: [{ message: HOSTILE, count: 1, first: { message: HOSTILE, scenario: '', at: 0, id: '' } }], others: 0, parts: [] }],
  scenarios: SUMMARY.scenarios.map((one) => ({ ...one, name: HOSTILE, description: HOSTILE })),
  parts: [{ label: HOSTILE, tags: { turn: HOSTILE } }],
  servers: [{ provider: HOSTILE, target: HOSTILE, server: HOSTILE, version: HOSTILE }],
  warnings: [HOSTILE],
}
