import { now, type Millis } from '../model/clock.ts'
import type { ResponseHead } from '../model/provider.ts'
import { readHeaders } from './known-heads.ts'
import type { ReadStamp } from './read-stamp.ts'

/** The start of an answer as it was sent; `head` is all most readers need. */
export interface RawHead {
  /** Name, value, name, value …: repeated headers one by one. */
  readonly fields: readonly Buffer[]
  /** The words behind the status; `''` where the server sent none. */
  readonly reason: string
}

/** What happens to one request, in this order. Stamps are taken before anything else is done. */
export interface WireListener {
  /** A connection stands and the request is under way on it. */
  connected(): void
  /** The request's last byte was written. */
  sent(at: Millis): void
  /** @param raw absent for requests beside the load. */
  head(head: ResponseHead, bytes: number, at: Millis, raw?: RawHead): void
  /** Pieces that came in one read of the socket have the same stamp. */
  data(chunk: Buffer, at: Millis): void
  end(at: Millis): void
  fail(error: Error, at: Millis): void
}

/** Answers that end with their head, whatever it says. */
const WITHOUT_BODY = new Set([204, 304])

/** One request on a wire. Its `on…` methods are undici's dispatch contract, for undici alone. */
export class WireRequest {
  readonly #listener: WireListener
  #abort: ((error: Error) => void) | undefined
  #aborted: Error | undefined
  #over = false
  readonly #read: ReadStamp

  /** @param read of the connection it will be on. */
  constructor(listener: WireListener, read: ReadStamp) {
    this.#listener = listener
    this.#read = read
  }

  /** Ends the request with `error`, now or as soon as it gets a connection. */
  abort(error: Error): void {
    this.#aborted ??= error
    this.#abort?.(error)
  }

  /** Stops telling the listener: it has already heard how this ended. */
  mute(): void {
    this.#over = true
  }

  onConnect(abort: (error?: Error) => void): void {
    this.#abort = abort
    if (this.#aborted !== undefined) abort(this.#aborted)
    else this.#listener.connected()
  }

  onRequestSent(): void {
    const at = now()
    if (!this.#over) this.#listener.sent(at)
  }

  onHeaders(status: number, fields: Buffer[], _resume: () => void, reason = ''): boolean {
    const at = this.#read.readAt
    if (status < 200 || this.#over) return true
    const headers = readHeaders(fields)
    this.#listener.head({ status, headers }, sizeOf(fields), at, { fields, reason })
    if (headers['transfer-encoding'] === 'chunked' && !WITHOUT_BODY.has(status)) {
      this.#read.passChunks?.((data) => this.#takeChunk(data))
    }
    return true
  }

  onData(chunk: Buffer): boolean {
    const at = this.#read.readAt
    if (!this.#over) this.#listener.data(chunk, at)
    return true
  }

  /** As undici does with data it gives itself, what a listener throws ends the request, not the thread. */
  #takeChunk(data: Buffer): void {
    try {
      this.onData(data)
    } catch (error) {
      this.abort(error instanceof Error ? error : new Error('the listener threw', { cause: error }))
    }
  }

  onComplete(): void {
    const at = this.#read.readAt
    if (this.#over) return
    this.#over = true
    this.#listener.end(at)
  }

  onError(error: Error): void {
    const at = now()
    if (this.#over) return
    this.#over = true
    this.#listener.fail(error, at)
  }
}

function sizeOf(raw: readonly Buffer[]): number {
  let size = 0
  for (const piece of raw) size += piece.length + 2
  return size
}
