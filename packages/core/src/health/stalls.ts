import type { Millis } from '../model/clock.ts'
import type { Stall } from '../model/snapshot.ts'

/** Delays from this length on are looked into: whose code was it? */
export const STALL: Millis = 250

/**
 * The longest stall of an event loop, and whose code was on it. A loop that stands still can be asked
 * nothing; but the first script code that makes itself known while a look is long overdue is most likely
 * what had kept it.
 */
export class Stalls {
  #suspect: string | undefined
  #longest: Stall | undefined

  /** Code of `scenario` makes itself known. @param overdue how late the next look at the loop is by now. */
  ran(scenario: string, overdue: Millis): void {
    if (overdue >= STALL) this.#suspect ??= scenario
  }

  /** A look at the loop, `delay` ms late. */
  look(delay: Millis): void {
    if (delay >= STALL && delay > (this.#longest?.length ?? 0)) {
      this.#longest = { length: delay, ...(this.#suspect !== undefined && { scenario: this.#suspect }) }
    }
    this.#suspect = undefined
  }

  /** The longest since the last call. */
  take(): Stall | undefined {
    const longest = this.#longest
    this.#longest = undefined
    return longest
  }
}
