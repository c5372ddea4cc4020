import { createHistogram, performance } from 'node:perf_hooks'
import type { Millis } from '../model/clock.ts'

/**
 * Time between two looks at the event loop. 100 looks a second make the p99 of one second mean
 * something and take at most 1 % of a core; every millisecond takes 5 %, and at 20 ms most stalls
 * of 5 ms fall between two looks.
 */
const RESOLUTION: Millis = 10
const MICROS = 1_000

/**
 * How late the event loop of this thread is: the time between two looks, less the time there should
 * be. Node's `monitorEventLoopDelay` measures the same, but forgets a stall under way whenever it
 * is reset, which is once a second and just when a snapshot keeps the loop busy.
 */
export class LoopDelay {
  readonly #interval = createHistogram()
  readonly #onDelay: (delay: Millis) => void
  #timer: NodeJS.Timeout | undefined
  #last: Millis = 0

  /** @param onDelay told each look's delay. */
  constructor(onDelay: (delay: Millis) => void) {
    this.#onDelay = onDelay
  }

  start(): void {
    this.#last = performance.now()
    this.#timer = setInterval(() => this.#look(), RESOLUTION)
    this.#timer.unref()
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #look(): void {
    const at = performance.now()
    const delay = Math.max(0, at - this.#last - RESOLUTION)
    this.#last = at
    this.#interval.record(Math.max(1, Math.round(delay * MICROS)))
    this.#onDelay(delay)
  }

  /** The interval since the last call. */
  take(): { readonly p99: Millis; readonly max: Millis } {
    const looks = this.#interval
    const seen =
      looks.count === 0 ? { p99: 0, max: 0 } : { p99: looks.percentile(99) / MICROS, max: looks.max / MICROS }
    looks.reset()
    return seen
  }
}
