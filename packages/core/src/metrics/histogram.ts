import { Float64Histogram, Int32Histogram } from 'hdr-histogram-js'
import { decompress, HdrWriter, readHdr, type HdrLayout } from './hdr-encoding.ts'

/** Histograms hold integers: values are kept in thousandths of their unit (µs for ms). */
const SCALE = 1_000
/** Largest value a histogram can tell apart: 1 h for `ms`. Larger ones are recorded as this. */
export const HIGHEST_VALUE = 3_600_000
const HIGHEST = HIGHEST_VALUE * SCALE
const LOWEST = 1
/** Significant decimal digits: a percentile is off by less than 0.1 %. */
const DIGITS = 3

type Counts = Int32Histogram | Float64Histogram

/** Values that a histogram does not tell apart, in the unit of the metric. */
export interface HistogramBucket {
  readonly lowest: number
  readonly highest: number
  readonly count: number
}

/**
 * A distribution of values from 0 to 3.6e6 in the unit of their metric, kept to 3 significant
 * digits and 3 decimals (HdrHistogram). Adding histograms is exact.
 */
export class TrendHistogram {
  readonly #counts: Counts
  #clamped = 0

  /**
   * @param width bits of a bucket's count. 32 is for one interval of one thread; 64, the default,
   * for what is merged over a run, where 2³¹ equal values are possible.
   */
  constructor(width: 32 | 64 = 64) {
    const Kind = width === 32 ? Int32Histogram : Float64Histogram
    this.#counts = new Kind(LOWEST, HIGHEST, DIGITS)
  }

  /** Values recorded, those at the edges included. */
  get count(): number {
    return this.#counts.totalCount
  }

  /** Values outside the range, recorded at its edge, and values that are no finite number, left out. */
  get clamped(): number {
    return this.#clamped
  }

  /** @returns whether the value was recorded: NaN and the infinities are only counted as clamped. */
  record(value: number): boolean {
    if (value >= 0 && value <= HIGHEST_VALUE) {
      this.#increment(Math.round(value * SCALE))
      return true
    }
    this.#clamped++
    if (!Number.isFinite(value)) return false
    this.#increment(value < 0 ? 0 : HIGHEST)
    return true
  }

  /** The library's `recordValue`, less its logarithms and powers. */
  #increment(scaled: number): void {
    const counts = this.#counts
    counts.incrementCountAtIndex(bucketOf(scaled))
    counts.updateMinAndMax(scaled)
    counts.incrementTotalCount()
  }

  /**
   * Adds an encoded histogram, plain or compressed.
   * @throws RangeError for bytes that are no histogram of 3 digits.
   */
  merge(encoded: Uint8Array): void {
    const counts = this.#counts
    let added = 0
    let first = -1
    let last = -1
    readHdr(decompress(encoded), LAYOUT, (bucket, count) => {
      counts.addToCountAtIndex(bucket, count)
      added += count
      if (first < 0) first = bucket
      last = bucket
    })
    if (added === 0) return
    counts.addToTotalCount(added)
    counts.updateMinAndMax(counts.valueFromIndex(first))
    counts.updateMinAndMax(counts.valueFromIndex(last))
  }

  /** Where the smallest value stands; there must be one. */
  #firstBucket(): number {
    const counts = this.#counts
    return counts.getCountAtIndex(0) > 0 ? 0 : counts.countsArrayIndex(counts.minNonZeroValue)
  }

  /** HDR V2, not compressed. */
  encode(): Uint8Array {
    const counts = this.#counts
    if (counts.totalCount === 0) return WRITER.encode(() => 0, 0, -1)
    return WRITER.encode(
      (bucket) => counts.getCountAtIndex(bucket),
      this.#firstBucket(),
      counts.countsArrayIndex(counts.maxValue),
    )
  }

  /**
   * The smallest value that `percent` per cent of all values do not exceed, at the upper edge of its
   * bucket.
   * @param percent 0 to 100.
   */
  percentile(percent: number): number {
    const counts = this.#counts
    if (counts.totalCount === 0) return 0
    // As the library does, which starts at the first bucket however small its values are.
    const needed = Math.max(1, Math.ceil((percent / 100) * counts.totalCount * (1 - Number.EPSILON)))
    let index = this.#firstBucket()
    for (let passed = counts.getCountAtIndex(index); passed < needed;)
      passed += counts.getCountAtIndex(++index)
    const value = counts.valueFromIndex(index)
    return (percent === 0 ? value : counts.highestEquivalentValue(value)) / SCALE
  }

  /** The buckets that are not empty, in ascending order. */
  buckets(): HistogramBucket[] {
    const counts = this.#counts
    const found: HistogramBucket[] = []
    if (counts.totalCount === 0) return found
    const last = counts.countsArrayIndex(counts.maxValue)
    for (let index = this.#firstBucket(); index <= last; index += 1) {
      const count = counts.getCountAtIndex(index)
      if (count === 0) continue
      const lowest = counts.valueFromIndex(index)
      found.push({ lowest: lowest / SCALE, highest: counts.highestEquivalentValue(lowest) / SCALE, count })
    }
    return found
  }

  reset(): void {
    this.#counts.reset()
    this.#clamped = 0
  }
}

/** Integers of up to so many binary digits have a bucket of their own; with each digit more, twice as many share one. */
const EXACT_BITS = 11

/** The bucket of an integer below 2³². */
function bucketOf(scaled: number): number {
  const doublings = Math.max(0, 32 - EXACT_BITS - Math.clz32(scaled))
  return (doublings << (EXACT_BITS - 1)) + (scaled >>> doublings)
}

const LAYOUT: HdrLayout = {
  lowest: LOWEST,
  highest: HIGHEST,
  digits: DIGITS,
  buckets: new Int32Histogram(LOWEST, HIGHEST, DIGITS).countsArrayLength,
}
const WRITER = new HdrWriter(LAYOUT)

/**
 * The plain form of an encoded histogram that came from outside, read through once.
 * @throws Error for bytes that `TrendHistogram.merge` would not take.
 */
export function checkedHistogram(encoded: Uint8Array): Uint8Array {
  const plain = decompress(encoded)
  readHdr(plain, LAYOUT, () => {})
  return plain
}
