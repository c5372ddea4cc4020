import type { Millis } from './clock.ts'
import type { FaultName } from './faults.ts'

/**
 * What the simulator really did with one request. Times are ms on the machine's monotonic clock
 * (`process.hrtime`), taken just before the bytes were handed to the socket; a time that is missing
 * belongs to something that has not happened.
 */
export interface TruthRecord {
  /** From the header `x-sim-id`, otherwise the id of the answer. */
  readonly id: string
  /** Number of the request, from 1. */
  readonly n: number
  /** The request's headers were read. */
  readonly acceptedAt: Millis
  /** It had its slot; times to tokens count from here. Equals `acceptedAt` where it did not wait. */
  startedAt?: Millis
  headersAt?: Millis
  firstByteAt?: Millis
  /** When each chunk with content went out. The whole answer where there was no stream. */
  readonly tokens: Millis[]
  /** Tokens in each of those chunks. */
  readonly tokensPerChunk: number[]
  /**
   * The longest it took from the time of a chunk of a stream until the socket had it: as far as `tokens`
   * may be off, for a machine may pause in between.
   */
  longestWrite?: Millis
  /** The answer was ended or broken off, or the client went away. */
  endedAt?: Millis
  status?: number
  /** The fault it was given. */
  fault?: FaultName
  /** Whether the client went away before the end. */
  left?: true
  promptTokens?: number
  /** Tokens sent, reasoning, all choices and tokens without text included. */
  outputTokens: number
}

/** The records of the last requests, so many and no more. */
export class Truth {
  readonly #capacity: number
  #records: TruthRecord[] = []

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  /** Keeps a record, in place of the oldest where there are too many. It may still grow. */
  keep(record: TruthRecord): void {
    if (this.#capacity === 0) return
    this.#records.push(record)
    // Twice the room before cutting, so that dropping old ones costs nothing per request.
    if (this.#records.length >= 2 * this.#capacity) this.#records = this.#records.slice(-this.#capacity)
  }

  /** Oldest first; with `id` those of that id. */
  list(id?: string): readonly TruthRecord[] {
    return this.#records.slice(-this.#capacity).filter((record) => id === undefined || record.id === id)
  }

  clear(): void {
    this.#records = []
  }
}
