import type { Millis } from './clock.ts'

/** Every way an exchange can fail. Definitions: docs/metrics.md, "Error classes". */
export const ERROR_CLASSES = [
  'timeout',
  'connection',
  'stale_connection',
  'http_4xx',
  'rate_limited',
  'http_5xx',
  'overloaded',
  'stream_error',
  'stream_truncated',
  'malformed',
  'empty',
  'auth',
  'model_not_found',
  'context_length',
  'content_filter',
  'aborted',
] as const
export type ErrorClass = (typeof ERROR_CLASSES)[number]

export type TimeoutPhase = 'connect' | 'headers' | 'first-token' | 'between-tokens' | 'total'
export type ConnectionFault = 'refused' | 'reset' | 'dns' | 'tls' | 'other'

/** What went wrong with one exchange. */
export interface Failure {
  readonly class: ErrorClass
  readonly message: string
  /** With class `timeout`: the deadline that passed. */
  readonly phase?: TimeoutPhase
  /** With class `connection`; with `stale_connection` always `reset`. */
  readonly fault?: ConnectionFault
  /** The provider's own code or type, or the socket's (`ECONNREFUSED`). */
  readonly code?: string
  /** HTTP status, where an answer came. */
  readonly status?: number
  /** With class `rate_limited` or `overloaded`: how long the server asks to wait. */
  readonly retryAfter?: Millis
}

/** The class an HTTP status alone stands for; `undefined` for those that are no error. */
export function classOfStatus(status: number): ErrorClass | undefined {
  if (status < 400) return undefined
  if (status === 401 || status === 403) return 'auth'
  if (status === 429) return 'rate_limited'
  if (status === 503) return 'overloaded'
  return status < 500 ? 'http_4xx' : 'http_5xx'
}
