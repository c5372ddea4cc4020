import type { Call } from '../model/call.ts'
import type { ErrorClass } from '../model/failure.ts'
import type { Usage } from '../model/part.ts'

/** An answer as a server sends it. */
export interface RecordedAnswer {
  /** Default 200. */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
  /** The call it answers. Default: `ProviderAnswers.call`. */
  readonly call?: Call
}

/** A good answer, and what a reader of it must have understood. What is left out is not compared. */
export interface GoodAnswer extends RecordedAnswer {
  readonly text?: string
  readonly reasoning?: string
  readonly toolCalls?: readonly { readonly name: string; readonly arguments: string }[]
  readonly embeddings?: readonly (readonly number[])[]
  readonly usage?: Usage
  readonly finishReason?: string
}

export interface FailedAnswer extends RecordedAnswer {
  /** What the test is called by: `a model that is not there`. */
  readonly what: string
  readonly class: ErrorClass
  /** The provider's own code. */
  readonly code?: string
}

/**
 * Bytes a provider has to understand, as its servers send them. Each is cut at every byte, sent one byte
 * at a time, and sent over a real socket.
 */
export interface ProviderAnswers {
  /** A call the plugin can encode; asks for a stream where the provider has streams. */
  readonly call: Call
  /** Plain text, streamed, several tokens, with usage where the provider gives it, and its terminal mark. */
  readonly text: GoodAnswer
  /** Reasoning before an answer. */
  readonly reasoning?: GoodAnswer
  readonly toolCalls?: GoodAnswer
  /** An answer that was not streamed. */
  readonly whole?: GoodAnswer
  /** Further good ones: dialects, families, embeddings. */
  readonly others?: Readonly<Record<string, GoodAnswer>>
  /** Every shape of error: by HTTP status, and inside a 200. */
  readonly errors: readonly FailedAnswer[]
  /** A stream in which one frame cannot be read. */
  readonly malformed: RecordedAnswer
  /** Ended well, with nothing generated. */
  readonly empty: RecordedAnswer
  /**
   * A frame that never ends: `begin` once, then `more` again and again. Must end as malformed, in bounded
   * memory.
   */
  readonly endless: {
    readonly headers?: Readonly<Record<string, string>>
    readonly begin: string | Uint8Array
    readonly more: string | Uint8Array
  }
}

/** What a provider may be without, each said on purpose. */
export type Lack = 'reasoning' | 'tool-calls' | 'usage' | 'whole' | 'stream-errors'
