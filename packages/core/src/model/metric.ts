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
   * (`vus`), `max` where the worst worker is what counts (`generator_cpu`), `last` for the rest.
   */
  readonly across?: 'sum' | 'max' | 'last'
}

/** Names a metric of a script may have (k6's rule). */
export const METRIC_NAME = /^[a-zA-Z_][a-zA-Z0-9_]{1,127}$/

const trend = (unit: Unit, ...names: string[]): MetricDefinition[] =>
  names.map((name) => ({ name, type: 'trend', unit }))
const counter = (unit: Unit, ...names: string[]): MetricDefinition[] =>
  names.map((name) => ({ name, type: 'counter', unit }))
const rate = (...names: string[]): MetricDefinition[] =>
  names.map((name) => ({ name, type: 'rate', unit: '' }))
const gauge = (unit: Unit, across: 'sum' | 'max' | 'last', ...names: string[]): MetricDefinition[] =>
  names.map((name) => ({ name, type: 'gauge', unit, across }))

/** Every metric loadbench records by itself. Their one meaning: docs/metrics.md. */
export const BUILT_IN_METRICS: readonly MetricDefinition[] = [
  ...trend('ms', 'ttft', 'ttfat', 'ttft_scheduled', 'itl', 'tpot', 'e2e_latency', 'request_duration'),
  ...trend('ms', 'time_to_headers', 'connecting', 'tls_handshaking', 'sending', 'interrupted_age'),
  ...trend('tok/s', 'tokens_per_second'),
  ...trend('tok/chunk', 'tokens_per_chunk'),
  ...trend('tok', 'input_length', 'output_length', 'reasoning_length', 'cached_length'),
  ...trend('ms', 'server_queue', 'server_prefill', 'server_decode', 'server_inference', 'server_load'),
  ...trend('ms', 'server_ttft', 'server_total'),
  ...counter('tok', 'input_tokens', 'output_tokens'),
  ...counter('', 'requests', 'request_interrupted', 'good_requests'),
  ...rate('request_failed', 'goodput'),
  ...counter('currency', 'cost'),
  ...trend('ms', 'http_req_duration', 'http_req_blocked', 'http_req_connecting', 'http_req_tls_handshaking'),
  ...trend('ms', 'http_req_sending', 'http_req_waiting', 'http_req_receiving'),
  ...counter('', 'http_reqs', 'http_req_interrupted'),
  ...rate('http_req_failed'),
  ...counter('', 'iterations_started', 'iterations', 'dropped_iterations', 'interrupted_iterations'),
  ...counter('', 'warmup_iterations', 'warmup_requests'),
  ...trend('ms', 'iteration_duration', 'group_duration'),
  ...rate('iteration_failed', 'checks'),
  ...gauge('', 'sum', 'vus', 'vus_max', 'concurrent_streams'),
  ...counter('bytes', 'data_sent', 'data_received'),
  ...trend('ms', 'schedule_lag', 'event_loop_delay', 'gc_pause'),
  ...gauge('', 'max', 'event_loop_utilization', 'coalesced_share'),
  ...gauge('cores', 'max', 'generator_cpu', 'generator_cpu_wait'),
  ...gauge('bytes', 'max', 'generator_memory'),
  ...gauge('cores', 'last', 'generator_process_cpu'),
  ...gauge('bytes', 'last', 'generator_rss'),
  ...gauge('', 'last', 'open_files', 'open_ports'),
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
