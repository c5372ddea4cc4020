import type { Millis } from '../model/clock.ts'
import type { Failure } from '../model/failure.ts'

/**
 * A server's word that it has closed an idle connection and the request written meanwhile cross within a
 * round trip. What is reset later than this was taken up before, so the failure is the server's.
 */
const CROSSING: Millis = 1_000

/** How a connection was used by a request that failed on it. */
export interface WireUse {
  /** When the connection was begun; absent where there was none. */
  readonly madeAt: Millis | undefined
  readonly startedAt: Millis
  readonly sentAt: Millis | undefined
  readonly failedAt: Millis
  /** Whether anything of the answer came. */
  readonly answered: boolean
}

/**
 * The class `stale_connection` for a request that was written on a connection kept from an earlier one, just
 * as the server closed it: no byte of the answer came, and a new connection would have carried it. Any other
 * failure as it is.
 */
export function staleOr(failure: Failure, use: WireUse): Failure {
  const { madeAt, startedAt, sentAt = startedAt, failedAt, answered } = use
  const kept = madeAt !== undefined && madeAt < startedAt
  const closed =
    failure.class === 'connection' && failure.fault === 'reset' && failure.code !== 'ERR_HTTP2_STREAM_ERROR'
  if (!kept || !closed || answered || failedAt - sentAt > CROSSING) return failure
  const message = 'the server closed the kept connection as the request was written on it'
  return { ...failure, class: 'stale_connection', message }
}
