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

/**
 * Takes the steps of everything that is going on, each when it is due and never before, with one timer
 * for all: thousands of streams cost one wake-up a millisecond. A step that comes late is followed at
 * once by those that are due too, so lateness does not add up.
 */
export class Agenda {
  readonly #waiting = new Heap<Entry>()
  #timer: NodeJS.Timeout | undefined
  #timerDue = Infinity
  #count = 0
  #sum = 0
  #max = 0

  get lateness(): Lateness {
    return { count: this.#count, mean: this.#count === 0 ? 0 : this.#sum / this.#count, max: this.#max }
  }

  /** Takes the first step now and the others when due. @returns calls the rest off */
  play(steps: Steps): () => void {
    const entry: Entry = { due: 0, steps }
    this.#advance(entry)
    this.#arm()
    return () => {
      entry.steps = undefined
    }
  }

  /** Calls everything off. */
  clear(): void {
    clearTimeout(this.#timer)
    this.#timerDue = Infinity
    this.#waiting.clear()
  }

  #wake = (): void => {
    this.#timerDue = Infinity
    for (let first = this.#waiting.first; first !== undefined; first = this.#waiting.first) {
      if (first.steps !== undefined && first.due > now()) break
      this.#waiting.pop()
      this.#advance(first)
    }
    this.#arm()
  }

  /** Takes every step of `entry` that is due. */
  #advance(entry: Entry): void {
    while (entry.steps !== undefined) {
      if (entry.due > 0) this.#note(now() - entry.due)
      const step = entry.steps.next()
      if (step.done === true) return
      entry.due = step.value
      if (step.value <= now()) continue
      if (step.value !== Infinity) this.#waiting.push(entry)
      return
    }
  }

  #note(late: Millis): void {
    this.#count++
    this.#sum += late
    if (late > this.#max) this.#max = late
  }

  #arm(): void {
    const due = this.#waiting.first?.due ?? Infinity
    if (due >= this.#timerDue) return
    clearTimeout(this.#timer)
    this.#timerDue = due
    // Timers count whole milliseconds: rounded up, since a step is never early.
    this.#timer = setTimeout(this.#wake, Math.min(Math.ceil(due - now()), 2 ** 31 - 1))
  }
}
