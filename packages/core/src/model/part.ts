import type { ErrorClass } from './failure.ts'
import type { Millis } from './clock.ts'

/**
 * One decoded item of an answer. A frame gives none, one or several. A part carries no time: core
 * stamped the socket read that brought its bytes.
 */
export type Part =
  | { readonly type: 'text-delta'; readonly text: string; readonly tokens?: number }
  | { readonly type: 'reasoning-delta'; readonly text: string; readonly tokens?: number }
  | ToolDelta
  | UsagePart
  | ServerTimingPart
  | EmbeddingPart
  | WarningPart
  /** The provider's terminal mark: every answer asked for has ended. Without one a stream is truncated. */
  | { readonly type: 'finish'; readonly reason: string }
  | ErrorPart

/** A piece of a tool call. `id` and `name` come with the first piece, `arguments` in fragments. */
export interface ToolDelta {
  readonly type: 'tool-delta'
  /** Which of the answer's tool calls this belongs to. */
  readonly index: number
  readonly id?: string
  readonly name?: string
  readonly arguments: string
}

/** Token counts as the server gives them. Cumulative: a later one replaces an earlier one. */
export interface Usage {
  readonly inputTokens?: number
  /** Everything generated, reasoning included. */
  readonly outputTokens?: number
  readonly reasoningTokens?: number
  /** Input tokens that came from a prompt cache. */
  readonly cachedTokens?: number
}
export interface UsagePart extends Usage {
  readonly type: 'usage'
}

/** One vector of an embedding answer. */
export interface EmbeddingPart {
  readonly type: 'embedding'
  /** Which input it belongs to. */
  readonly index: number
  readonly vector: readonly number[]
}

/**
 * Something about a good answer that the reader of the run has to know: the model was loaded again, a
 * guardrail stepped in. Counted by `code` and told at the end, with the first message.
 */
export interface WarningPart {
  readonly type: 'warning'
  /** Few and fixed: `model-reloaded`. */
  readonly code: string
  readonly message: string
}

/** Durations the server reports about itself. */
export interface ServerTiming {
  /** Waiting before any work. */
  readonly queue?: Millis
  readonly prefill?: Millis
  readonly decode?: Millis
  /** Prefill and decode together, where the server does not tell them apart. */
  readonly inference?: Millis
  /** Loading the model. */
  readonly load?: Millis
  /** Time to the first token, as the server saw it. */
  readonly ttft?: Millis
  readonly total?: Millis
}
export interface ServerTimingPart extends ServerTiming {
  readonly type: 'server-timing'
}

export interface ErrorPart {
  readonly type: 'error'
  /** Left out, core derives the class from the status, or says `stream_error` inside a 200. */
  readonly class?: ErrorClass
  /** The provider's own code or type. */
  readonly code?: string
  readonly message: string
}
