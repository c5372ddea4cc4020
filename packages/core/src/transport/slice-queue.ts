import { now, type Millis } from '../model/clock.ts'

/** Time to work on what waits before sockets are looked at again. */
const SLICE: Millis = 0.05

export interface SliceLimits {
  /** Entries that may wait; with more of them all is done at once. Default: no bound. */
  readonly most?: number
  /** Default: a twentieth of a ms. With 0 sockets are looked at after each entry, and whatever came of it. */
  readonly slice?: Millis
}

/**
 * Work that keeps no socket from being read, and stamped: it is done in its order when all sockets that were
 * ready have been read, and a slice at a time.
 */
export class SliceQueue<T> {
  readonly #work: (entry: T) => void
  readonly #most: number
  readonly #slice: Millis
  /** Being worked on, from `#next`. */
  #batch: T[] = []
  #next = 0
  #later: T[] = []
  #asked = false

  constructor(work: (entry: T) => void, { most = Infinity, slice = SLICE }: SliceLimits = {}) {
    this.#work = work
    this.#most = most
    this.#slice = slice
  }

  add(entry: T): void {
    this.#later.push(entry)
    if (this.#asked) return
    this.#asked = true
    setImmediate(this.#turn)
  }

  /** Immediates come after the sockets; one asked for here comes after they were looked at once more. */
  readonly #turn = (): void => {
    const until = this.#left() > this.#most ? Infinity : now() + this.#slice
    try {
      do this.#workOnNext()
      while (this.#left() > 0 && now() < until)
    } finally {
      this.#asked = this.#left() > 0
      if (this.#asked) setImmediate(this.#turn)
    }
  }

  #left(): number {
    return this.#batch.length - this.#next + this.#later.length
  }

  #workOnNext(): void {
    if (this.#next === this.#batch.length) {
      this.#batch = this.#later
      this.#later = []
      this.#next = 0
    }
    const entry = this.#batch[this.#next++]
    if (entry !== undefined) this.#work(entry)
  }
}
