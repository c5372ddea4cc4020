/** As in k6. A trend is a distribution, kept as a histogram; a rate is the share of true values. */
export type MetricType = 'counter' | 'gauge' | 'rate' | 'trend'

/** `ms` and the others are what values are given and shown in. `''`: a plain number. */
export type Unit = 'ms' | 'tok' | 'tok/s' | 'tok/chunk' | 'bytes' | 'currency' | 'cores' | ''

export interface MetricDefinition {
  readonly name: string
  readonly type: MetricType
  readonly unit: Unit
  /**
   * Gauges only: how the values of several workers make one. `sum` for amounts each has a share of
   * (`vus`), `last` for the rest.
   */
  readonly across?: 'sum' | 'last'
}

/** Names a metric of a script may have (k6's rule). */
export const METRIC_NAME = /^[a-zA-Z_][a-zA-Z0-9_]{1,127}$/

const trend = (unit: Unit, ...names: string[]): MetricDefinition[] =>
  names.map((name) => ({ name, type: 'trend', unit }))
const counter = (unit: Unit, ...names: string[]): MetricDefinition[] =>
  names.map((name) => ({ name, type: 'counter', unit }))
const rate = (...names: string[]): MetricDefinition[] =>
  names.map((name) => ({ name, type: 'rate', unit: '' }))
const gauge = (unit: Unit, across: 'sum' | 'last', ...names: string[]): MetricDefinition[] =>
  names.map((name) => ({ name, type: 'gauge', unit, across }))

/** Every metric loadbench records by itself. Their one meaning: docs/metrics.md. */
export const BUILT_IN_METRICS: readonly MetricDefinition[] = [
  ...trend('ms', 'ttft', 'ttfat', 'ttft_scheduled', 'itl', 'tpot', 'e2e_latency', 'request_duration'),
  ...trend('ms', 'time_to_headers', 'connecting', 'tls_handshaking', 'sending', 'interrupted_age'),
  ...trend('tok/s', 'tokens_per_second'),
  ...trend('tok/chunk', 'tokens_per_chunk'),
  ...trend('tok', 'input_length', 'output_length', 'reasoning_length', 'cached_length'),
  ...trend('ms', 'server_queue', 'server_prefill', 'server_decode', 'server_load', 'server_total'),
  ...counter('tok', 'input_tokens', 'output_tokens'),
  ...counter('', 'requests', 'request_interrupted', 'good_requests'),
  ...rate('request_failed', 'goodput'),
  ...counter('currency', 'cost'),
  ...counter('', 'iterations', 'dropped_iterations', 'interrupted_iterations'),
  ...trend('ms', 'iteration_duration', 'group_duration'),
  ...rate('iteration_failed', 'checks'),
  ...gauge('', 'sum', 'vus', 'vus_max', 'concurrent_streams'),
  ...counter('bytes', 'data_sent', 'data_received'),
  ...trend('ms', 'schedule_lag', 'event_loop_delay', 'gc_pause'),
  ...gauge('cores', 'last', 'generator_cpu'),
  ...gauge('bytes', 'last', 'generator_memory'),
]

/** The aggregations a threshold or a summary may ask of each type; `p(N)` stands for any percentile. */
export const AGGREGATIONS: Readonly<Record<MetricType, readonly string[]>> = {
  counter: ['count', 'rate'],
  gauge: ['value', 'min', 'max'],
  rate: ['rate', 'passes', 'fails'],
  trend: ['avg', 'min', 'med', 'max', 'p(N)', 'count', 'rate'],
}

/** The definition of one of loadbench's own metrics. */
export function builtIn(name: string): MetricDefinition {
  const metric = BUILT_IN_METRICS.find((one) => one.name === name)
  if (metric === undefined) throw new Error(`${name} is no built-in metric`)
  return metric
}
