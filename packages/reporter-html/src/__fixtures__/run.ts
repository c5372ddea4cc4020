import type {
  Distribution,
  ErrorPart,
  Manifest,
  MetricSummary,
  ReportInput,
  Summary,
  Timeline,
  TimelineSeries,
} from 'loadbench/report'

type Values = readonly (number | null)[]

/** The same numbers in every run of the tests. */
function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32
    return state / 2 ** 32
  }
}

interface Second {
  /** Iterations started a second. */
  readonly rate: number
  /** How much slower than unloaded the server is. */
  readonly strain: number
  readonly stalled: boolean
}

/** A ramp up over the first two thirds, a stall of the server in the middle, a ramp down. */
function secondOf(index: number, seconds: number, random: () => number): Second {
  const share = index / seconds
  const ramp = share < 0.66 ? share / 0.66 : Math.max(0, 1 - (share - 0.66) / 0.34)
  const rate = Math.round(4 + 36 * ramp + random() * 3)
  const stalled = share > 0.45 && share < 0.5
  return { rate: stalled ? 2 : rate, strain: 1 + (rate / 24) ** 3 + random() * 0.25, stalled }
}

function series(
  metric: string,
  type: TimelineSeries['type'],
  unit: TimelineSeries['unit'],
  stats: Readonly<Record<string, Values>>,
  tags: TimelineSeries['tags'] = {},
): TimelineSeries {
  return { metric, type, unit, tags, stats }
}

function trend(
  metric: string,
  base: number,
  seconds: readonly Second[],
  random: () => number,
  tags: TimelineSeries['tags'] = {},
): TimelineSeries {
  const of = (factor: number) =>
    seconds.map(({ strain, stalled }) =>
      stalled && metric !== 'event_loop_delay' ? null : base * factor * (1 + (strain - 1) * 0.5) * (0.9 + random() * 0.25),
    )
  const p50 = of(1)
  return series(metric, 'trend', 'ms', {
    count: seconds.map(({ rate }) => rate),
    avg: p50,
    p50,
    p95: of(1.9),
    p99: of(2.7),
    max: of(4),
  }, tags)
}

function counter(
  metric: string,
  unit: TimelineSeries['unit'],
  counts: Values,
  tags: TimelineSeries['tags'] = {},
): TimelineSeries {
  return series(metric, 'counter', unit, { count: counts, rate: counts }, tags)
}

function gauge(metric: string, unit: TimelineSeries['unit'], value: Values): TimelineSeries {
  return series(metric, 'gauge', unit, { value })
}

const RAMP = { scenario: 'ramp' }
const BACKGROUND = { scenario: 'background' }

/** A run of `length` seconds, one interval a second. */
export function timelineOf(length: number): Timeline {
  const random = dice(7)
  const seconds = Array.from({ length }, (_, index) => secondOf(index, length, random))
  const errors = (start: number, end: number, most: number) =>
    seconds.map((_, index) => (index / length > start && index / length < end ? Math.round(random() * most) : 0))
  const failures = {
    timeout: errors(0.45, 0.55, 6),
    rate_limited: errors(0.55, 0.72, 9),
    stream_truncated: errors(0.3, 0.8, 1.2),
  }
  const requests = seconds.map(({ rate }) => rate)
  return {
    at: seconds.map((_, index) => index + 1),
    width: seconds.map(() => 1),
    series: [
      trend('ttft', 170, seconds, random),
      trend('itl', 18, seconds, random),
      trend('event_loop_delay', 1.1, seconds, random),
      trend('schedule_lag', 0.4, seconds, random),
      counter('requests', '', requests),
      counter('iterations_started', '', requests.map((rate) => rate + 1)),
      counter('iterations', '', requests.map((rate) => rate - 1)),
      counter('dropped_iterations', '', seconds.map(({ stalled }) => (stalled ? 9 : null))),
      counter('output_tokens', 'tok', seconds.map(({ rate, strain }) => Math.round((rate * 96) / strain ** 0.2))),
      counter('input_tokens', 'tok', requests.map((rate) => rate * 41)),
      gauge('vus', '', seconds.map((_, index) => Math.min(60, 12 + index))),
      gauge('concurrent_streams', '', seconds.map(({ rate, strain, stalled }) => (stalled ? 58 : Math.min(60, Math.round(rate * strain * 0.32))))),
      ...[RAMP, BACKGROUND].flatMap((tags) => {
        const part = tags.scenario === 'ramp' ? 0.9 : 0.1
        return [
          trend('ttft', 160 + 90 * part, seconds, random, tags),
          trend('itl', 17 + 3 * part, seconds, random, tags),
          counter('requests', '', requests.map((rate) => Math.round(rate * part)), tags),
          counter('output_tokens', 'tok', requests.map((rate) => Math.round(rate * 96 * part)), tags),
          series('request_failed', 'rate', '', { rate: seconds.map(({ strain }) => (strain > 2 ? 0.1 * part : 0)) }, tags),
        ]
      }),
      gauge('generator_cpu', 'cores', seconds.map(({ rate }) => 0.06 + rate * 0.006 + random() * 0.02)),
    ],
    errors: failures,
    partErrors: [{ tags: RAMP, errors: { timeout: failures.timeout, rate_limited: failures.rate_limited } }],
    markers: [
      { at: 0, kind: 'stage', label: 'to 40 iterations/s over 40s', scenario: 'ramp' },
      { at: length * 0.31, kind: 'first-error', label: 'stream_truncated' },
      { at: length * 0.43, kind: 'threshold', label: 'ttft p(95)<550' },
      { at: length * 0.46, kind: 'first-error', label: 'timeout' },
      { at: length * 0.56, kind: 'first-error', label: 'rate_limited' },
      { at: length * 0.66, kind: 'stage', label: 'to 4 iterations/s over 20s', scenario: 'ramp' },
    ],
  }
}

/** Twelve buckets a decade around a median, as a latency is spread: steep below, a long tail above. */
export function distribution(metric: string, median: number, tags: Distribution['tags'] = {}): Distribution {
  const edge = (index: number) => 10 ** (index / 12)
  const middle = Math.round(12 * Math.log10(median))
  const buckets = Array.from({ length: 26 }, (_, index) => {
    const place = index - 8
    const spread = place < 0 ? 3 : 6
    const count = Math.round(400 * Math.exp(-((place / spread) ** 2)) + (place > 9 && place < 14 ? 9 : 0))
    return [edge(middle + place), edge(middle + place + 1), count] as const
  })
  const total = buckets.reduce((sum, [, , count]) => sum + count, 0)
  const shares = [0, 0.25, 0.5, 0.75, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 0.9995, 1]
  const percentiles = shares.map((share) => {
    let seen = 0
    const bucket = buckets.find(([, , count]) => (seen += count) >= share * total)
    return [share, bucket?.[1] ?? edge(middle + 18)] as const
  })
  return { metric, tags, unit: 'ms', count: total, buckets, percentiles }
}

/** A trend's row of the summary around its median. */
export function trendSummary(
  name: string,
  median: number,
  more: Partial<MetricSummary> = {},
): MetricSummary {
  const values = {
    avg: median * 1.18,
    min: median * 0.31,
    med: median,
    max: median * 9.7,
    count: 1342,
    'p(90)': median * 1.83,
    'p(95)': median * 2.64,
    'p(99)': median * 4.9,
    'p(99.9)': median * 7.8,
  }
  return { name, tags: {}, type: 'trend', unit: 'ms', count: 1342, values, ...more }
}

function counterSummary(name: string, total: number, unit: MetricSummary['unit'] = '', tags = {}): MetricSummary {
  return { name, tags, type: 'counter', unit, count: total, values: { count: total, rate: total / 60.4 } }
}

function rateSummary(name: string, passes: number, fails: number, tags = {}): MetricSummary {
  const values = { rate: passes / (passes + fails), passes, fails }
  return { name, tags, type: 'rate', unit: '', count: passes + fails, values }
}

function gaugeSummary(name: string, unit: MetricSummary['unit'], value: number, min: number, max: number): MetricSummary {
  return { name, tags: {}, type: 'gauge', unit, count: 60, values: { value, min, max } }
}

const METRICS: readonly MetricSummary[] = [
  trendSummary('ttft', 232),
  trendSummary('ttft', 251, { tags: { scenario: 'ramp' }, count: 1201 }),
  trendSummary('ttft', 148, { tags: { scenario: 'background' }, count: 141 }),
  trendSummary('ttft', 190, { tags: { turn: '1' }, count: 700 }),
  trendSummary('ttft', 310, { tags: { turn: '2' }, count: 642 }),
  counterSummary('requests', 720, '', { turn: '1' }),
  counterSummary('requests', 669, '', { turn: '2' }),
  rateSummary('request_failed', 44, 1_201, { scenario: 'ramp' }),
  rateSummary('request_failed', 3, 141, { scenario: 'background' }),
  counterSummary('output_tokens', 110_464, 'tok', { scenario: 'ramp' }),
  counterSummary('output_tokens', 13_000, 'tok', { scenario: 'background' }),
  trendSummary('ttft', 500, { tags: { outcome: 'broken' }, count: 5 }),
  trendSummary('ttft_scheduled', 236, { count: 1201 }),
  trendSummary('itl', 20.4, { count: 118_204 }),
  trendSummary('itl', 21.1, { tags: { scenario: 'ramp' }, count: 106_022 }),
  trendSummary('itl', 17.8, { tags: { scenario: 'background' }, count: 12_182 }),
  trendSummary('tpot', 20.9),
  trendSummary('e2e_latency', 2_120),
  trendSummary('e2e_latency', 2_190, { tags: { scenario: 'ramp' }, count: 1201 }),
  trendSummary('e2e_latency', 1_840, { tags: { scenario: 'background' }, count: 141 }),
  trendSummary('request_duration', 2_140, { count: 1_389 }),
  trendSummary('tokens_per_second', 48.2, { unit: 'tok/s' }),
  trendSummary('tokens_per_chunk', 1.01, { unit: 'tok/chunk' }),
  trendSummary('input_length', 41, { unit: 'tok' }),
  trendSummary('output_length', 92, { unit: 'tok' }),
  trendSummary('time_to_headers', 41.2),
  trendSummary('connecting', 0.41, { count: 60 }),
  trendSummary('sending', 0.062),
  trendSummary('iteration_duration', 2_160),
  trendSummary('schedule_lag', 0.21),
  trendSummary('event_loop_delay', 0.84),
  trendSummary('gc_pause', 0.37, { count: 88 }),
  trendSummary('answer_score', 0.71, { unit: '' }),
  counterSummary('requests', 1_389),
  counterSummary('requests', 1_245, '', { scenario: 'ramp' }),
  counterSummary('requests', 144, '', { scenario: 'background' }),
  counterSummary('good_requests', 1_288),
  counterSummary('request_interrupted', 4),
  counterSummary('input_tokens', 55_022, 'tok'),
  counterSummary('output_tokens', 123_464, 'tok'),
  counterSummary('cost', 0.0423, 'currency'),
  counterSummary('iterations', 1_367),
  counterSummary('dropped_iterations', 27),
  counterSummary('interrupted_iterations', 4),
  counterSummary('data_sent', 803_142, 'bytes'),
  counterSummary('data_received', 24_310_442, 'bytes'),
  rateSummary('request_failed', 47, 1_342),
  rateSummary('goodput', 1_288, 97),
  rateSummary('iteration_failed', 0, 1_367),
  rateSummary('checks', 4_021, 31),
  gaugeSummary('vus', '', 12, 10, 50),
  gaugeSummary('vus_max', '', 60, 60, 60),
  gaugeSummary('concurrent_streams', '', 3, 0, 58),
  gaugeSummary('event_loop_utilization', '', 0.125, 0, 0.4),
  gaugeSummary('generator_cpu', 'cores', 0.11, 0.07, 0.34),
  gaugeSummary('generator_memory', 'bytes', 48_210_944, 31_040_512, 61_812_736),
]

const SLOWEST: Summary['slowest'] = [
  { id: '0-498', at: 28.4, duration: 20_640, scenario: 'ramp', tags: { turn: '2' }, outcome: 'failed', error: 'timeout: No token came within 5 s.' },
  { id: '0-502', at: 28.9, duration: 12_110, ttft: 2_250, outputTokens: 96, scenario: 'ramp', tags: { turn: '1' }, outcome: 'ok' },
  { id: '0-511', at: 29.2, duration: 9_480, ttft: 1_910, outputTokens: 96, scenario: 'background', tags: { turn: '2' }, outcome: 'ok' },
]

/** So many failures in each scenario, all with one message. */
function partsOfError(message: string, ramp: number, background: number): ErrorPart[] {
  return ([[RAMP, ramp], [BACKGROUND, background]] as const).map(([tags, count]) => ({
    tags,
    count,
    messages: count === 0 ? [] : [{ message, count }],
  }))
}

const SUMMARY: Summary = {
  schemaVersion: 1,
  run: {
    id: 'ramp_20261121_140305_kqwz',
    script: 'scenarios/ramp.ts',
    startedAt: '2026-11-21T14:03:05.120Z',
    durationMs: 60_412,
    outcome: 'thresholds-failed',
    exitCode: 99,
  },
  health: {
    verdict: 'degraded',
    reasons: [
      'The event loop was blocked for 8.2 ms at p99, over the bound of 5 ms: times to first token below 160 ms are too high by up to that. Use more workers.',
    ],
    figures: { event_loop_delay_p99: 8.2, schedule_lag_p99: 1.03, cpu_max: 0.34, gc_pause_max: 12.4, started_share: 0.978 },
  },
  metrics: METRICS,
  thresholds: [
    { metric: 'ttft', expression: 'p(95)<550', observed: 612.48, unit: 'ms', passed: false, aborted: false },
    { metric: 'ttft', expression: 'p(99)<2s', observed: 1_136.8, unit: 'ms', passed: true, aborted: false },
    { metric: 'itl', expression: 'p(95)<60', observed: 53.9, unit: 'ms', passed: true, aborted: false },
    { metric: 'ttft{scenario:background}', expression: 'p(95)<400', observed: 390.7, unit: 'ms', passed: true, aborted: false },
    { metric: 'request_failed', expression: 'rate<0.01', observed: 0.0338, unit: '', passed: false, aborted: false },
    { metric: 'goodput', expression: 'rate>0.90', observed: 0.93, unit: '', passed: true, aborted: false },
    { metric: 'server_queue', expression: 'p(95)<100', unit: 'ms', passed: false, aborted: false },
  ],
  checks: [
    { name: 'answered', passes: 1_342, fails: 0 },
    { name: 'stopped by itself', passes: 1_311, fails: 31, example: '"length"' },
    { name: 'answer is in English', passes: 1_368, fails: 0 },
  ],
  errors: [
    {
      class: 'rate_limited',
      count: 28,
      example: {
        class: 'rate_limited',
        message: 'Rate limit reached for sim-8b in organisation org-loadtest on requests per minute: limit 1200, used 1200.',
        status: 429,
        code: 'rate_limit_exceeded',
        retryAfter: 1_500,
      },
      examples: [
        {
          message: 'Rate limit reached for sim-8b in organisation org-loadtest on requests per minute: limit 1200, used 1200.',
          scenario: 'ramp',
          at: 33.6,
          id: '0-812',
          status: 429,
          code: 'rate_limit_exceeded',
        },
        { message: 'Too many tokens this minute.', scenario: 'background', at: 35.1, id: '0-864', status: 429 },
      ],
      messages: [
        {
          message: 'Rate limit reached for sim-8b in organisation org-loadtest on requests per minute: limit 1200, used 1200.',
          count: 24,
          first: {
            message: 'Rate limit reached for sim-8b in organisation org-loadtest on requests per minute: limit 1200, used 1200.',
            scenario: 'ramp',
            at: 33.6,
            id: '0-812',
            status: 429,
            code: 'rate_limit_exceeded',
          },
        },
        {
          message: 'Too many tokens this minute.',
          count: 3,
          first: { message: 'Too many tokens this minute.', scenario: 'background', at: 35.1, id: '0-864', status: 429 },
        },
      ],
      others: 1,
      parts: [
        ...partsOfError('rate_limited', 25, 3),
        { tags: { turn: '1' }, count: 0, messages: [] },
        { tags: { turn: '2' }, count: 28, messages: [{ message: 'Too many tokens this minute.', count: 28 }] },
      ],
    },
    {
      class: 'timeout',
      count: 14,
      example: { class: 'timeout', phase: 'first-token', message: 'No token came within 5 s.' },
      examples: [],
      messages: [
        {
          message: 'No token came within 5 s.',
          count: 14,
          first: { message: 'No token came within 5 s.', scenario: '', at: 27.1, id: '' },
        },
      ],
      others: 0,
      parts: partsOfError('No token came within 5 s.', 14, 0),
    },
    {
      class: 'stream_truncated',
      count: 5,
      example: { class: 'stream_truncated', status: 200, message: 'The stream ended after 37 frames without [DONE].' },
      examples: [],
      messages: [{ message: 'The stream ended after # frames without [DONE].', count: 5 }],
      others: 0,
      parts: partsOfError('The stream ended after # frames without [DONE].', 5, 0),
    },
  ],
  scenarios: [
    {
      name: 'ramp',
      executor: 'ramping-arrival-rate',
      description: '4 to 40 iterations/s over 40s, back to 4 over 20s, up to 60 VUs',
      started: 1_230,
      completed: 1_226,
      dropped: 27,
      interrupted: 4,
    },
    { name: 'background', executor: 'constant-vus', description: '5 VUs for 60s', started: 141, completed: 141, dropped: 0, interrupted: 0 },
  ],
  parts: [
    { label: 'scenario ramp', tags: { scenario: 'ramp' } },
    { label: 'scenario background', tags: { scenario: 'background' } },
    { label: 'turn 1', tags: { turn: '1' } },
    { label: 'turn 2', tags: { turn: '2' } },
  ],
  slowest: SLOWEST,
  servers: [
    {
      provider: 'openai',
      target: 'http://10.0.4.17:8000/v1',
      server: 'vllm',
      version: '0.6.3',
      models: [{ id: 'sim-8b', contextLength: 8_192 }],
      configuration: { max_num_seqs: 256, enable_prefix_caching: true },
    },
  ],
  warnings: ['The output tokens of 12 answers were counted by chunks, because the server sent no usage for them.'],
}

const MANIFEST: Manifest = {
  schemaVersion: 1,
  id: SUMMARY.run.id,
  script: SUMMARY.run.script,
  state: 'finished',
  startedAt: SUMMARY.run.startedAt,
  plan: {
    schemaVersion: 1,
    scenarios: [
      {
        name: 'ramp',
        exec: 'default',
        executor: 'ramping-arrival-rate',
        startTime: 0,
        gracefulStop: 30_000,
        env: {},
        tags: {},
        timeUnit: 1_000,
        preAllocatedVUs: 50,
        maxVUs: 60,
        onSaturation: 'drop',
        arrival: 'poisson',
        startRate: 4,
        stages: [
          { duration: 40_000, target: 40 },
          { duration: 20_000, target: 4 },
        ],
      },
      { name: 'background', exec: 'chat', executor: 'constant-vus', startTime: 0, gracefulStop: 30_000, env: {}, tags: {}, vus: 5, duration: 60_000 },
    ],
    thresholds: [
      {
        key: 'ttft{scenario:background}',
        metric: 'ttft',
        selector: { scenario: 'background' },
        expression: 'p(95)<400',
        abortOnFail: false,
        delayAbortEval: 0,
        noData: 'fail',
      },
    ],
    slo: { ttft: 550, tpot: 50 },
    pricing: { input: 0.15, output: 0.6, cached: 0.075, currency: 'USD' },
    tags: {},
    summaryTrendStats: ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)', 'p(99)'],
    setupTimeout: 60_000,
    teardownTimeout: 60_000,
    handleSummaryTimeout: 120_000,
    minIterationDuration: 0,
    noSetup: false,
    noTeardown: false,
    workers: 1,
    seed: 1,
  },
  targets: { openai: 'http://10.0.4.17:8000/v1' },
  versions: { loadbench: '0.1.0', node: 'v22.11.0', '@loadbench/plugin-openai': '0.1.0' },
  host: { os: 'linux 6.8.0', cpu: 'AMD EPYC 7R13', cores: 8, memoryBytes: 33_285_996_544 },
  argv: ['loadbench', 'run', 'scenarios/ramp.ts', '--target', 'openai=http://10.0.4.17:8000/v1'],
}

const DISTRIBUTIONS: readonly Distribution[] = [
  distribution('ttft', 232),
  distribution('ttft', 251, RAMP),
  distribution('ttft', 148, BACKGROUND),
  distribution('itl', 20.4),
  distribution('itl', 21.1, RAMP),
  distribution('e2e_latency', 2_120),
]

/** A run of a minute as it might have been: it ramps, the server stalls once, errors follow. */
export function run(
  parts: {
    readonly summary?: Partial<Summary>
    readonly timeline?: Timeline
    readonly manifest?: Partial<Manifest>
    readonly distributions?: readonly Distribution[]
  } = {},
): ReportInput {
  return {
    summary: { ...SUMMARY, ...parts.summary },
    timeline: parts.timeline ?? timelineOf(60),
    distributions: parts.distributions ?? DISTRIBUTIONS,
    manifest: { ...MANIFEST, endedAt: '2026-11-21T14:04:05.532Z', ...parts.manifest },
  }
}

/** A run as versions before wrote it: without parts, examples, markers and distributions. */
export function olderRun(): ReportInput {
  const { summary, timeline, manifest } = run()
  const { parts: _, slowest: __, servers: ___, ...oldSummary } = summary
  const { markers: ____, partErrors: _____, ...oldTimeline } = timeline
  const errors = summary.errors.map(({ class: name, count, example }) => ({ class: name, count, example }))
  return JSON.parse(
    JSON.stringify({ summary: { ...oldSummary, errors }, timeline: oldTimeline, manifest }),
  ) as ReportInput
}

/** A run that was ended before anything was measured. */
export function emptyRun(): ReportInput {
  const { summary, timeline } = run({
    summary: {
      run: { ...SUMMARY.run, durationMs: 0, outcome: 'killed', exitCode: 255 },
      health: { verdict: 'invalid', reasons: [], figures: {} },
      metrics: [],
      thresholds: [],
      checks: [],
      errors: [],
      scenarios: [],
      parts: [],
      slowest: [],
      servers: [],
      warnings: [],
    },
    timeline: { at: [], width: [], series: [], errors: {}, partErrors: [], markers: [] },
  })
  return { summary, timeline, distributions: [], manifest: { ...MANIFEST, state: 'running', targets: {}, versions: {} } }
}
