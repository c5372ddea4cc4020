import type { Millis } from '../model/clock.ts'
import type { Unit } from '../model/metric.ts'
import type { SeriesDelta } from '../model/snapshot.ts'
import type { Aggregate } from './aggregate.ts'
import type { HistogramPool } from './histogram-pool.ts'
import { HistogramAdder, type Encoded } from './histogram-adder.ts'
import type { HistogramBucket, HistogramSum } from './histogram-sum.ts'
import type { TrendHistogram } from './histogram.ts'
import type { Series, SeriesIdentity } from './series.ts'

/** Sum, smallest and largest are kept exactly, beside the histogram. */
export class TrendSeries implements Series {
  readonly #identity: SeriesIdentity
  readonly #histograms: HistogramPool
  #histogram: TrendHistogram | undefined
  #sum = 0
  #min = Infinity
  #max = -Infinity

  constructor(identity: SeriesIdentity, histograms: HistogramPool) {
    this.#identity = identity
    this.#histograms = histograms
  }

  record(value: number): void {
    this.#histogram ??= this.#histograms.take()
    if (!this.#histogram.record(value)) return
    this.#sum += value
    if (value < this.#min) this.#min = value
    if (value > this.#max) this.#max = value
  }

  drain(): SeriesDelta | undefined {
    const histogram = this.#histogram
    if (histogram === undefined) return undefined
    const { count, clamped } = histogram
    const exact = count > 0 ? { sum: this.#sum, min: this.#min, max: this.#max } : { sum: 0, min: 0, max: 0 }
    const delta = {
      ...this.#identity,
      type: 'trend',
      count,
      ...exact,
      clamped,
      histogram: histogram.encode(),
    } as const
    this.#histograms.give(histogram)
    this.#histogram = undefined
    this.#sum = 0
    this.#min = Infinity
    this.#max = -Infinity
    return delta
  }
}

/** Encoded histograms an aggregate keeps; with more it puts their sum in their place. */
const MAX_PARTS = 16

const ADDER = new HistogramAdder()

/** One for all that have none, of which a run has thousands. */
const NONE: readonly Encoded[] = []

/** A distribution, kept encoded: a run has thousands of these, in series and points of the timeline. */
export class TrendAggregate implements Aggregate {
  readonly type = 'trend'
  readonly unit: Unit
  count = 0
  /** Values outside the histogram's range, and those that were no finite number. */
  clamped = 0
  #sum = 0
  #min = Infinity
  #max = -Infinity
  /** What was added up; `''` where nothing was yet. */
  #packed = ''
  /** What came since. */
  #parts = NONE

  constructor(unit: Unit) {
    this.unit = unit
  }

  empty(): Aggregate {
    return new TrendAggregate(this.unit)
  }

  merge(delta: SeriesDelta): void {
    if (delta.type !== 'trend') return
    this.clamped += delta.clamped
    if (delta.count > 0) this.#add(delta.count, delta.sum, delta.min, delta.max, [delta.histogram])
  }

  absorb(other: Aggregate): void {
    if (!(other instanceof TrendAggregate)) return
    this.clamped += other.clamped
    this.#add(other.count, other.#sum, other.#min, other.#max, other.#all())
  }

  #add(count: number, sum: number, min: number, max: number, parts: readonly Encoded[]): void {
    this.count += count
    this.#sum += sum
    this.#min = Math.min(this.#min, min)
    this.#max = Math.max(this.#max, max)
    // Not pushed nor spread: an array that grew has room for sixteen more, in each cell of a timeline.
    this.#parts = this.#parts.concat(parts)
    if (this.#parts.length <= MAX_PARTS) return
    // As bytes, outside of V8's heap: the total of a run is added up anew every few seconds.
    this.#parts = [ADDER.encode(this.#all())]
    this.#packed = ''
  }

  /** Puts the sum in place of what it was merged from. */
  compact(): void {
    if (this.#parts.length === 0) return
    this.#packed = ADDER.pack(this.#all())
    this.#parts = NONE
  }

  #all(): readonly Encoded[] {
    return this.#packed === '' ? this.#parts : [this.#packed, ...this.#parts]
  }

  /** The parts added up; good until any other aggregate's turn. */
  #load(): HistogramSum {
    return ADDER.add(this.#all())
  }

  value(aggregation: string, elapsed: Millis): number | undefined {
    if (this.count === 0) return undefined
    switch (aggregation) {
      case 'count':
        return this.count
      case 'rate':
        return elapsed > 0 ? (this.count / elapsed) * 1_000 : undefined
      case 'avg':
        return this.#sum / this.count
      case 'min':
        return this.#min
      case 'max':
        return this.#max
      case 'med':
        return this.#percentile(50)
      default: {
        const percent = percentOf(aggregation)
        return percent === undefined ? undefined : this.#percentile(percent)
      }
    }
  }

  /** What is counted below which value, in ascending order; all of it between `min` and `max`. */
  buckets(): HistogramBucket[] {
    const within = (value: number) => Math.min(Math.max(value, this.#min), this.#max)
    return this.count === 0
      ? []
      : this.#load()
          .buckets()
          .map(({ lowest, highest, count }) => ({ lowest: within(lowest), highest: within(highest), count }))
  }

  /** Kept within what was really recorded, since a bucket's edge may lie a little outside. */
  #percentile(percent: number): number | undefined {
    if (percent > 100) return undefined
    return Math.min(Math.max(this.#load().percentile(percent), this.#min), this.#max)
  }
}

/** By aggregation; scripts name a handful of them. */
const PERCENTS = new Map<string, number | undefined>()

/** 95 of `p(95)`. */
function percentOf(aggregation: string): number | undefined {
  if (PERCENTS.has(aggregation)) return PERCENTS.get(aggregation)
  const digits = /^p\((\d+(?:\.\d+)?)\)$/.exec(aggregation)?.[1]
  const percent = digits === undefined ? undefined : Number(digits)
  PERCENTS.set(aggregation, percent)
  return percent
}
