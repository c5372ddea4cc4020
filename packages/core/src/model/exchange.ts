import type { ToolCall } from './call.ts'
import type { Millis } from './clock.ts'
import type { Failure } from './failure.ts'
import type { ServerTiming, Usage, WarningPart } from './part.ts'
import type { Tags } from './tags.ts'

/** Where a number of output tokens came from. `chunks` counts content frames: a guess, said loudly. */
export type TokenSource = 'usage' | 'tokenizer' | 'chunks'

/**
 * The stamps of one exchange on the shared clock, taken once per socket read before parsing.
 * A stamp that is missing belongs to something that did not happen. Definitions: docs/metrics.md.
 */
export interface Stamps {
  /** When the schedule says the iteration starts, on its first call; otherwise `undefined`. */
  readonly scheduledAt?: Millis
  readonly startedAt: Millis
  readonly sentAt?: Millis
  readonly headersAt?: Millis
  readonly firstFrameAt?: Millis
  readonly firstTokenAt?: Millis
  readonly firstAnswerAt?: Millis
  readonly lastTokenAt?: Millis
  readonly endedAt: Millis
}

/** How the connection came about, where the exchange had to make one. Durations. */
export interface ConnectTimes {
  /** DNS and TCP. */
  readonly connecting?: Millis
  readonly tlsHandshaking?: Millis
}

/** `interrupted`: cut by the end of the run, neither a success nor a failure. */
export type Outcome = 'ok' | 'failed' | 'interrupted'

/** The measured record of one exchange; what metrics and the sample file are made from. */
export interface ExchangeSample {
  readonly id: string
  readonly outcome: Outcome
  readonly streamed: boolean
  readonly stamps: Stamps
  readonly connect: ConnectTimes
  /** Gaps between consecutive content frames, in order. Empty for an answer without a stream. */
  readonly gaps: readonly Millis[]
  /** Content frames received. */
  readonly chunks: number
  /** Content frames that shared their socket read with an earlier one. */
  readonly coalesced: number
  readonly usage: Usage
  /** Tokens counted by decoding (exact counts the server put on its chunks), where it did. */
  readonly countedTokens?: number
  readonly serverTiming: ServerTiming
  readonly bytesSent: number
  readonly bytesReceived: number
  readonly status?: number
  readonly finishReason?: string
  readonly failure?: Failure
  /** What the provider warned of. */
  readonly warnings: readonly WarningPart[]
  /** Tags of the client and the call: provider, model, target and the user's own. */
  readonly tags: Tags
  /** Whether `gaps` go into the sample file. */
  readonly keepGaps: boolean
  /** It began within the warm-up: written down, and counted as such alone. */
  readonly warmup?: true
}

/** Timings as a script sees them, ms from the start of the call. */
export interface CallTimings {
  readonly ttft?: Millis
  readonly ttfat?: Millis
  readonly headers?: Millis
  readonly lastToken?: Millis
  /** The whole exchange. */
  readonly duration: Millis
}

/** What a call gives back to the script. A failed call is a result too, never an exception. */
export interface CallResult {
  /** Whether the answer came whole. */
  readonly ok: boolean
  readonly text: string
  readonly reasoning: string
  readonly toolCalls: readonly ToolCall[]
  /** Of an embedding call: one vector per input, in order. Empty otherwise. */
  readonly embeddings: readonly (readonly number[])[]
  readonly usage: Usage
  /** Output tokens by the best source known; `undefined` where nothing was generated. */
  readonly outputTokens?: number
  readonly tokenSource?: TokenSource
  readonly finishReason?: string
  readonly timings: CallTimings
  /** HTTP status; 0 where no answer came. */
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly error?: Failure
  /** The id under which the sample file knows this exchange. */
  readonly id: string
}
