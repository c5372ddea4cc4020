import type { Millis } from '../model/clock.ts'

interface Read {
  readonly chunk: Buffer
  readonly at: Millis
}

/** What was read of one socket and waits, in its order. Nearly always that is one read, so the first has no object. */
export class WaitingReads {
  /** The one that waits longest. */
  first: Buffer | undefined
  /** When it was read. */
  firstAt: Millis = 0
  /** Whether it is the data of a chunk, without what stands around them. */
  firstIsData = false
  readonly #others: Read[] = []

  get size(): number {
    return this.first === undefined ? 0 : 1 + this.#others.length
  }

  add(chunk: Buffer, at: Millis): void {
    if (this.first !== undefined) {
      this.#others.push({ chunk, at })
      return
    }
    this.first = chunk
    this.firstAt = at
  }

  /** Where none waits. @param data of a chunk. */
  addData(data: Buffer, at: Millis): void {
    this.first = data
    this.firstAt = at
    this.firstIsData = true
  }

  /** What is left of one that was taken away is the first again. */
  putBack(chunk: Buffer, at: Millis): void {
    if (this.first !== undefined) this.#others.unshift({ chunk: this.first, at: this.firstAt })
    this.first = chunk
    this.firstAt = at
  }

  /** Takes the first one away. */
  shift(): void {
    const next = this.#others.shift()
    this.first = next?.chunk
    this.firstIsData = false
    if (next !== undefined) this.firstAt = next.at
  }
}
