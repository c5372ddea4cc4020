import type { Duration } from './duration.ts'

/** Deadlines of an exchange. Each is finite by default. */
export interface Timeouts {
  /** Until the connection stands and the request is under way. Default 10 s. */
  readonly connect?: Duration
  /** From then until status and headers. Default 120 s. */
  readonly headers?: Duration
  /** From the start until the first generated content. Default 300 s. */
  readonly firstToken?: Duration
  /** Between two pieces of generated content. Default 120 s. */
  readonly betweenTokens?: Duration
  /** The whole exchange. Default 600 s. */
  readonly total?: Duration
}
