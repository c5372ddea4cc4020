import { now, type Millis } from '../model/clock.ts'

/** Something read that waits to be taken apart. */
export interface Waiting {
  /** Takes it apart. */
  deliver(): void
}

/** Time to take apart what was read before sockets are looked at again. */
const SLICE: Millis = 0.2
/** With more than this waiting all of it is taken apart at once: memory stays bounded, and stamps come late. */
const MOST_WAITING = 2_048

/**
 * What the sockets of a thread brought, in its order. It is taken apart when all that were ready have been read,
 * and a slice at a time, so that the work on what one brought keeps no other from being read, and stamped.
 */
export class ReadQueue {
  /** Being worked on, from `#next`. */
  #batch: Waiting[] = []
  #next = 0
  #later: Waiting[] = []
  #asked = false

  add(waiting: Waiting): void {
    this.#later.push(waiting)
    if (this.#asked) return
    this.#asked = true
    setImmediate(this.#work)
  }

  /** Immediates come after the sockets; one asked for here comes after they were looked at once more. */
  readonly #work = (): void => {
    const until = this.#left() > MOST_WAITING ? Infinity : now() + SLICE
    do this.#deliverNext()
    while (this.#left() > 0 && now() < until)
    this.#asked = this.#left() > 0
    if (this.#asked) setImmediate(this.#work)
  }

  #left(): number {
    return this.#batch.length - this.#next + this.#later.length
  }

  #deliverNext(): void {
    if (this.#next === this.#batch.length) {
      this.#batch = this.#later
      this.#later = []
      this.#next = 0
    }
    this.#batch[this.#next++]?.deliver()
  }
}
