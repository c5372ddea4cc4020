type Entry = readonly [name: string, label: string]

/** The built-in metrics by what they are about, in the order a reader asks for them. */
const GROUPS: Readonly<Record<string, readonly Entry[]>> = {
  Latency: [
    ['ttft', 'Time to first token'],
    ['ttfat', 'Time to first answer token'],
    ['ttft_scheduled', 'Time to first token, as scheduled'],
    ['itl', 'Inter-token latency'],
    ['tpot', 'Time per output token'],
    ['e2e_latency', 'End-to-end latency'],
    ['request_duration', 'Request duration'],
    ['interrupted_age', 'Age of interrupted requests'],
  ],
  Requests: [
    ['requests', 'Requests'],
    ['good_requests', 'Requests within the SLO'],
    ['request_interrupted', 'Interrupted requests'],
    ['request_failed', 'Failed requests'],
    ['goodput', 'Goodput'],
  ],
  Tokens: [
    ['tokens_per_second', 'Output speed per request'],
    ['tokens_per_chunk', 'Tokens per chunk'],
    ['input_length', 'Input length'],
    ['output_length', 'Output length'],
    ['reasoning_length', 'Reasoning length'],
    ['cached_length', 'Cached input length'],
    ['input_tokens', 'Input tokens'],
    ['output_tokens', 'Output tokens'],
    ['cost', 'Cost'],
  ],
  Transport: [
    ['time_to_headers', 'Time to headers'],
    ['connecting', 'Connecting'],
    ['tls_handshaking', 'TLS handshake'],
    ['sending', 'Sending'],
    ['data_sent', 'Data sent'],
    ['data_received', 'Data received'],
  ],
  'Reported by the server': [
    ['server_queue', 'Queue'],
    ['server_prefill', 'Prefill'],
    ['server_decode', 'Decode'],
    ['server_inference', 'Inference'],
    ['server_ttft', 'Time to first token'],
    ['server_load', 'Model load'],
    ['server_total', 'Total'],
  ],
  'Plain HTTP': [
    ['http_req_duration', 'Duration'],
    ['http_req_blocked', 'Waiting for a connection'],
    ['http_req_connecting', 'Connecting'],
    ['http_req_tls_handshaking', 'TLS handshake'],
    ['http_req_sending', 'Sending'],
    ['http_req_waiting', 'Waiting for the answer'],
    ['http_req_receiving', 'Receiving'],
    ['http_reqs', 'Plain HTTP requests'],
    ['http_req_failed', 'Failed plain HTTP requests'],
    ['http_req_interrupted', 'Interrupted plain HTTP requests'],
  ],
  Iterations: [
    ['iteration_duration', 'Iteration duration'],
    ['group_duration', 'Group duration'],
    ['iterations_started', 'Iterations started'],
    ['iterations', 'Iterations'],
    ['dropped_iterations', 'Dropped iterations'],
    ['interrupted_iterations', 'Interrupted iterations'],
    ['iteration_failed', 'Failed iterations'],
    ['warmup_iterations', 'Iterations of the warm-up, not measured'],
    ['warmup_requests', 'Requests of the warm-up, not measured'],
    ['checks', 'Checks'],
    ['vus', 'VUs'],
    ['vus_max', 'VUs, most'],
    ['concurrent_streams', 'Open streams'],
  ],
  Generator: [
    ['schedule_lag', 'Schedule lag'],
    ['event_loop_delay', 'Event loop delay'],
    ['gc_pause', 'Garbage collection pause'],
    ['event_loop_utilization', 'Event loop, share busy'],
    ['coalesced_share', 'Frames that shared a socket read'],
    ['generator_cpu', 'CPU per worker'],
    ['generator_cpu_wait', 'Waiting for a core, per worker'],
    ['generator_process_cpu', 'CPU of the process'],
    ['generator_memory', 'Heap per worker'],
    ['generator_rss', 'Memory of the process'],
    ['open_files', 'Open files and sockets'],
    ['open_ports', 'Local ports in use'],
  ],
}

/** Where a metric of the script stands: after all others. */
export const SCRIPT_GROUP = 'From the script'

interface Described {
  /** What it measures, for a person; `''` for metrics of the script, whose name must do. */
  readonly label: string
  readonly group: string
  /** Place among all metrics. */
  readonly rank: number
}

const BY_NAME = new Map<string, Described>()
for (const [group, entries] of Object.entries(GROUPS)) {
  for (const [name, label] of entries) BY_NAME.set(name, { label, group, rank: BY_NAME.size })
}

/** How a metric is called and where it stands. */
export function describeMetric(name: string): Described {
  return BY_NAME.get(name) ?? { label: '', group: SCRIPT_GROUP, rank: BY_NAME.size }
}

/** Gauges whose values are shares of 1, which are shown in percent. */
export function isShare(name: string): boolean {
  return name === 'event_loop_utilization' || name === 'coalesced_share'
}
