import type { Millis } from '../model/clock.ts'

/** The clock a schedule is followed by; tests put a virtual one here. */
export interface TickerClock {
  now(): Millis
  /** Calls `work` at `at` or as soon after it as can be. @returns cancels it. */
  wake(at: Millis, work: () => void): () => void
}

/** Something that becomes due. */
export interface Due {
  /** From the start of the schedule. */
  readonly at: Millis
}

/**
 * The one loop behind every executor: follows a schedule by absolute times. Lateness never shifts
 * what comes after; what became due meanwhile is acted on at once, in order.
 */
export class Ticker<T extends Due> {
  readonly #dues: Iterator<T>
  readonly #clock: TickerClock
  readonly #act: (due: T, late: Millis) => boolean
  readonly #exhausted: () => void
  #origin: Millis = 0
  #next: T | undefined
  #cancel: (() => void) | undefined
  #over = false

  /**
   * @param act does what is due; `late` is how long after its time. `false` puts the due back and
   *   holds the schedule until `resume()`.
   * @param exhausted called once, when nothing more will become due.
   */
  constructor(
    dues: Iterable<T>,
    clock: TickerClock,
    act: (due: T, late: Millis) => boolean,
    exhausted: () => void,
  ) {
    this.#dues = dues[Symbol.iterator]()
    this.#clock = clock
    this.#act = act
    this.#exhausted = exhausted
  }

  /** @param origin the schedule's zero on the clock. */
  start(origin: Millis): void {
    this.#origin = origin
    this.#advance()
    this.resume()
  }

  /** Goes on after a hold. Harmless otherwise. */
  resume(): void {
    this.#cancel?.()
    this.#cancel = undefined
    while (!this.#over && this.#next !== undefined) {
      const late = this.#clock.now() - this.#origin - this.#next.at
      if (late < 0) {
        this.#cancel = this.#clock.wake(this.#origin + this.#next.at, () => this.resume())
        return
      }
      if (!this.#act(this.#next, late)) return
      this.#advance()
    }
    if (!this.#over) {
      this.#over = true
      this.#exhausted()
    }
  }

  /** Nothing becomes due any more. */
  stop(): void {
    this.#over = true
    this.#cancel?.()
  }

  /** Ends the schedule and counts what was still to come before `until` (from its start). */
  drain(until: Millis): number {
    let count = 0
    for (; this.#next !== undefined && this.#next.at < until; this.#advance()) count += 1
    this.stop()
    return count
  }

  #advance(): void {
    const { done, value } = this.#dues.next()
    this.#next = done === true ? undefined : value
  }
}

/** Timers of Node against the machine's monotonic clock; never early. */
export function realClock(now: () => Millis): TickerClock {
  return {
    now,
    wake(at, work) {
      let timer: NodeJS.Timeout
      const arm = () => {
        const left = at - now()
        // Node rounds a delay down to whole ms, so the rest is waited for once more.
        if (left > 0) timer = setTimeout(arm, Math.min(left, 0x7fff_ffff))
        else work()
      }
      timer = setTimeout(arm, Math.min(Math.max(0, at - now()), 0x7fff_ffff))
      return () => clearTimeout(timer)
    },
  }
}
