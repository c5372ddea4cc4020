import type { Answer, Ask } from './answer.ts'
import type { Refusal } from './faults.ts'
import type { Behaviour } from './schema.ts'

/** A whole HTTP answer. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What the words of one answer are wrapped in. */
export interface Facts {
  readonly id: string
  readonly model: string
  /** Unix time, seconds. */
  readonly created: number
  readonly usage: Behaviour['usage']
  readonly streamUsage: Ask['streamUsage']
  readonly reasoningField: Behaviour['reasoningField']
}

/**
 * The wire text of one streamed answer, asked for piece by piece in the order in which it is sent. It
 * knows nothing of time.
 */
export interface StreamWire {
  readonly headers: Readonly<Record<string, string>>
  /** What precedes the first token; `''` where nothing does. */
  open(): string
  /** Tokens `from` up to, not including, `to` of a choice. */
  tokens(choice: number, from: number, to: number): string
  /** The end of a choice. */
  finish(choice: number): string
  /** What stands between the last finish and `done`; `''` where nothing does. */
  close(): string
  readonly done: string
  /** An error in the middle of the stream. */
  readonly error: string
  /** A message that cannot be parsed. */
  readonly malformed: string
}

/** A wire format: how requests are read and answers written. Timing and faults are none of its business. */
export interface Protocol {
  /** How the ids of answers start. */
  readonly idPrefix: string
  /** Reads a request's parsed body, or says what is wrong with it. */
  read(body: unknown): Ask | { readonly complaint: string }
  stream(answer: Answer, facts: Facts): StreamWire
  /** The body of an answer that is not streamed. */
  whole(answer: Answer, facts: Facts): string
  /** An HTTP error. `message`: instead of the usual words. */
  refuse(refusal: Refusal, behaviour: Pick<Behaviour, 'retryAfter'>, message?: string): Reply
}

/** A reply of JSON. */
export function jsonReply(status: number, body: unknown, headers: Reply['headers'] = {}): Reply {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) }
}
