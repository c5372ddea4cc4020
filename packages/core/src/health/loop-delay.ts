import { performance } from 'node:perf_hooks'
import type { Millis } from '../model/clock.ts'

/**
 * Time between two looks at the event loop. A hundred looks a second take 1 % of an idle core, and less of
 * a busy one, which is awake anyway. How often pauses were long is known the better the closer the looks: in runs of ten
 * seconds with 10 ms between them it was half of the truth at times.
 */
const RESOLUTION: Millis = 5
/** A delay counts in full up to here: a laptop that slept for a night is to be noted, not counted. */
const COUNTED: Millis = 10_000

/**
 * How late the event loop of this thread is: the time between two looks, less the time there should
 * be. Node's `monitorEventLoopDelay` measures the same, but forgets a stall under way whenever it is
 * reset.
 */
export class LoopDelay {
  readonly #onLook: (delay: Millis) => void
  #timer: NodeJS.Timeout | undefined
  #last: Millis = 0
  #max: Millis = 0

  /** @param onLook told how late each look was, 200 times a second. */
  constructor(onLook: (delay: Millis) => void) {
    this.#onLook = onLook
  }

  start(): void {
    this.#last = performance.now()
    this.#timer = setInterval(() => this.#look(), RESOLUTION)
    this.#timer.unref()
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  /** How late the next look is by now. */
  get overdue(): Millis {
    return Math.max(0, performance.now() - this.#last - RESOLUTION)
  }

  /** The longest since the last call. */
  takeMax(): Millis {
    const max = this.#max
    this.#max = 0
    return max
  }

  #look(): void {
    const delay = this.overdue
    this.#last = performance.now()
    this.#max = Math.max(this.#max, delay)
    this.#onLook(delay)
  }
}

/**
 * The delays one look stands for. A long one swallowed looks that would have come meanwhile, each late by
 * as much less as it was due later; with them delays are those of something that becomes ready at any
 * moment, as the bytes of an answer do (Gil Tene's correction for coordinated omission).
 */
export function delaysIn(look: Millis): Millis[] {
  const step = Math.max(RESOLUTION, look * (RESOLUTION / COUNTED))
  const delays = [look]
  for (let delay = look - step; delay > 0; delay -= step) delays.push(delay)
  return delays
}
