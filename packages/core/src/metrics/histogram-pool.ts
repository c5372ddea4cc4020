import { TrendHistogram } from './histogram.ts'

/** Intervals a histogram may lie idle before its memory is given back. */
const IDLE_INTERVALS = 60

/**
 * The histograms of one worker. A series has one only between its first value in an interval and
 * the interval's end, so memory follows the series active at once, not all that ever were.
 */
export class HistogramPool {
  readonly #free: TrendHistogram[] = []
  /** Fewest free histograms seen lately: that many were not needed. */
  #spare = 0
  #intervals = 0

  /** Histograms lying idle. */
  get size(): number {
    return this.#free.length
  }

  take(): TrendHistogram {
    const histogram = this.#free.pop() ?? new TrendHistogram()
    this.#spare = Math.min(this.#spare, this.#free.length)
    return histogram
  }

  give(histogram: TrendHistogram): void {
    histogram.reset()
    this.#free.push(histogram)
  }

  /** To be called once an interval, when all histograms are back. */
  endInterval(): void {
    this.#intervals++
    if (this.#intervals < IDLE_INTERVALS) return
    this.#free.splice(0, this.#spare)
    this.#spare = this.#free.length
    this.#intervals = 0
  }
}
