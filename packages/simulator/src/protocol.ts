import type { IncomingHttpHeaders } from 'node:http'
import type { Answer, Ask } from './answer.ts'
import type { Refusal } from './faults.ts'
import type { Millis } from './clock.ts'
import type { Behaviour, Settings } from './schema.ts'

/** A whole HTTP answer. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What the words of one answer are wrapped in. */
export interface Facts<Asked extends Ask = Ask> {
  readonly id: string
  readonly model: string
  /** Unix time, seconds. */
  readonly created: number
  readonly usage: Behaviour['usage']
  readonly streamUsage: Ask['streamUsage']
  readonly reasoningField: Behaviour['reasoningField']
  /** Of an embedding, where the request does not say. */
  readonly dimensions: number
  readonly request: Inquiry
  /** What `read` made of the request. */
  readonly ask: Asked
  /** How long what has happened so far took; asked when a piece is written that tells it. */
  times(): ServerTimes
}

/** Durations as a server knows them of itself, ms. */
export interface ServerTimes {
  /** Waiting for a slot. */
  readonly queue: Millis
  /** From the slot to the first token. */
  readonly ttft: Millis
  /** The part of it in which the model was loaded. */
  readonly load: Millis
  /** From the slot until now. */
  readonly elapsed: Millis
}

/**
 * The wire text of one streamed answer, asked for piece by piece in the order in which it is sent. It
 * knows nothing of time.
 */
export interface StreamWire {
  /** Its pieces are bytes, one per character (latin1), not text. */
  readonly binary?: true
  readonly headers: Readonly<Record<string, string>>
  /** What precedes the first token; `''` where nothing does. */
  open(): string
  /** Tokens `from` up to, not including, `to` of a choice; `''` where they wait for those that follow. */
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

/** A request as it came. */
export interface Inquiry {
  readonly method: string
  /** Path as it was sent, still encoded, without the query. */
  readonly path: string
  readonly query: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/**
 * A wire format: how requests are read and answers written. Timing and faults are none of its business.
 * What it wants to know of a request when it writes the answer, it adds to the `Ask`.
 */
export interface Protocol<Asked extends Ask = Ask> {
  /** How the ids of answers start. */
  readonly idPrefix: string
  /** Who may ask; default: whoever bears `settings.apiKey`, where one is set. @returns `undefined`: let in. */
  admit?(request: Inquiry, settings: Settings): Reply | undefined
  /** Reads a request's parsed body, or says what is wrong with it. */
  read(body: unknown, request: Inquiry): Asked | { readonly complaint: string }
  stream(answer: Answer, facts: Facts<Asked>): StreamWire
  /** The body of an answer that is not streamed, written when its last token is due. */
  whole(answer: Answer, facts: Facts<Asked>): string
  /** Headers of such an answer, beside the content type of JSON. */
  wholeHeaders?(answer: Answer, facts: Facts<Asked>): Reply['headers']
  /** An error instead of an answer. `message`: instead of the usual words. `ask`: once it has been read. */
  refuse(refusal: Refusal, behaviour: Pick<Behaviour, 'retryAfter'>, message?: string, ask?: Asked): Reply
}

/** A wire format of answers that are never streamed. */
export type WholeProtocol<Asked extends Ask = Ask> = Omit<Protocol<Asked>, 'stream'>
export type AnyProtocol = WholeProtocol & Partial<Pick<Protocol, 'stream'>>

/** A reply that holds nothing. */
export const EMPTY: Reply = { status: 200, headers: {}, body: '' }

/** A reply of JSON. */
export function jsonReply(status: number, body: unknown, headers: Reply['headers'] = {}): Reply {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) }
}
