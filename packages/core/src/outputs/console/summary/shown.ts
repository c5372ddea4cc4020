/*
 * What of loadbench's own metrics the terminal shows. The others are of use when something is looked for:
 * report and JSON have them.
 */

/** Trends of an answer, in the order a reader asks for them. */
export const LLM_TRENDS = [
  'ttft',
  'ttfat',
  'ttft_scheduled',
  'itl',
  'tpot',
  'e2e_latency',
  'request_duration',
  'tokens_per_second',
  'tokens_per_chunk',
  'input_length',
  'output_length',
  'reasoning_length',
]
export const LLM_COUNTS = [
  'requests',
  'request_failed',
  'request_interrupted',
  'input_tokens',
  'output_tokens',
  'goodput',
  'cost',
]
/** What the compact summary shows of these. */
export const HEADLINE_TRENDS = [
  'ttft',
  'itl',
  'tpot',
  'e2e_latency',
  'tokens_per_second',
  'http_req_duration',
]
export const HEADLINE_COUNTS = [
  'requests',
  'request_failed',
  'output_tokens',
  'goodput',
  'http_reqs',
  'http_req_failed',
  'iteration_failed',
  'dropped_iterations',
]
/** What the server says about itself, where it does. */
export const SERVER_TRENDS = [
  'server_queue',
  'server_prefill',
  'server_decode',
  'server_inference',
  'server_load',
  'server_ttft',
  'server_total',
]
export const EXECUTION_TRENDS = ['iteration_duration', 'schedule_lag', 'interrupted_age']
export const EXECUTION_COUNTS = [
  'iterations',
  'iteration_failed',
  'dropped_iterations',
  'interrupted_iterations',
  'vus',
  'concurrent_streams',
  'data_received',
  'data_sent',
]
/** What the names of trends mean, in so many words; exact definitions: docs/metrics.md. */
export const LEGEND: Readonly<Record<string, string>> = {
  ttft: 'ttft to the first token',
  ttfat: 'ttfat to the first one of the answer',
  itl: 'itl between chunks',
  tpot: 'tpot per token after the first',
  e2e_latency: 'e2e_latency to the last token',
}
