import { now, type Millis } from './clock.ts'
import { Heap } from './heap.ts'

/**
 * Something that happens in steps: each `next()` takes a step and says when the following one is due, on
 * the shared clock. `Infinity` waits for ever.
 */
export type Steps = Generator<Millis, void>

interface Entry {
  due: Millis
  /** `undefined` once it was called off. */
  steps: Steps | undefined
}

/** How late steps were taken. */
export interface Lateness {
  /** Steps that had a due time. */
  count: number
  mean: Millis
  max: Millis
}

/** How long steps are taken before the event loop gets its turn, so that an overload keeps no one out. */
const TURN: Millis = 5

/**
 * Takes the steps of everything that is going on, each when it is due and never before, with one timer
 * for all: thousands of streams cost one wake-up a millisecond. Those that are due are taken in the order
 * of their times, however late, so lateness does not add up.
 */
export class Agenda {
  readonly #waiting = new Heap<Entry>()
  #timer: NodeJS.Timeout | undefined
  #next: NodeJS.Immediate | undefined
  /** When the timer, or the next turn of the event loop, wakes us. */
  #wakesAt = Infinity
  #count = 0
  #sum = 0
  #max = 0

  get lateness(): Lateness {
    return { count: this.#count, mean: this.#count === 0 ? 0 : this.#sum / this.#count, max: this.#max }
  }

  /** Takes the first step now and the others when due. @returns calls the rest off */
  play(steps: Steps): () => void {
    const entry: Entry = { due: 0, steps }
    this.#step(entry)
    this.#arm()
    return () => {
      entry.steps = undefined
    }
  }

  /** Calls everything off. */
  clear(): void {
    this.#disarm()
    this.#waiting.clear()
  }

  #wake = (): void => {
    this.#wakesAt = Infinity
    const from = now()
    for (let first = this.#waiting.first; first !== undefined; first = this.#waiting.first) {
      const time = now()
      if (first.due > time || time - from > TURN) break
      this.#waiting.pop()
      if (first.steps !== undefined) this.#note(time - first.due)
      this.#step(first)
    }
    this.#arm()
  }

  /** Takes the next step of `entry` and puts down the one that follows. */
  #step(entry: Entry): void {
    const step = entry.steps?.next()
    if (step === undefined || step.done === true) return
    entry.due = step.value
    if (entry.due !== Infinity) this.#waiting.push(entry)
  }

  #note(late: Millis): void {
    this.#count++
    this.#sum += late
    if (late > this.#max) this.#max = late
  }

  #arm(): void {
    const due = this.#waiting.first?.due ?? Infinity
    if (due >= this.#wakesAt) return
    this.#disarm()
    this.#wakesAt = due
    const wait = due - now()
    if (wait <= 0) this.#next = setImmediate(this.#wake)
    // Timers count whole milliseconds: rounded up, since a step is never early.
    else this.#timer = setTimeout(this.#wake, Math.min(Math.ceil(wait), 2 ** 31 - 1))
  }

  #disarm(): void {
    clearTimeout(this.#timer)
    clearImmediate(this.#next)
    this.#wakesAt = Infinity
  }
}
