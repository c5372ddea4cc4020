import { Int32Histogram } from 'hdr-histogram-js'
import { decompress, HdrWriter, readHdr } from './hdr-encoding.ts'
import { bucketOf, HIGHEST_VALUE, LAYOUT, SCALE } from './histogram-layout.ts'

/**
 * A distribution of values from 0 to 3.6e6 in the unit of their metric, kept to 3 significant
 * digits and 3 decimals (HdrHistogram), as one thread records it in one interval: its counts have 32 bits.
 */
export class TrendHistogram {
  readonly #counts = new Int32Histogram(LAYOUT.lowest, LAYOUT.highest, LAYOUT.digits)
  #clamped = 0

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
    this.#increment(value < 0 ? 0 : LAYOUT.highest)
    return true
  }

  /** The library's `recordValue`, less its logarithms and powers. */
  #increment(scaled: number): void {
    const counts = this.#counts
    counts.incrementCountAtIndex(bucketOf(scaled))
    counts.updateMinAndMax(scaled)
    counts.incrementTotalCount()
  }

  /** HDR V2, not compressed. */
  encode(): Uint8Array {
    const counts = this.#counts
    WRITER.start()
    const first = counts.getCountAtIndex(0) > 0 ? 0 : bucketOf(counts.minNonZeroValue)
    const last = counts.totalCount > 0 ? bucketOf(counts.maxValue) : -1
    for (let bucket = first; bucket <= last; bucket++) {
      const count = counts.getCountAtIndex(bucket)
      if (count > 0) WRITER.put(bucket, count)
    }
    return WRITER.end()
  }

  reset(): void {
    this.#counts.reset()
    this.#clamped = 0
  }
}

const WRITER = new HdrWriter(LAYOUT)

/**
 * The plain form of an encoded histogram that came from outside, read through once.
 * @throws Error for bytes that `HistogramSum.add` would not take.
 */
export function checkedHistogram(encoded: Uint8Array): Uint8Array {
  const plain = decompress(encoded)
  readHdr(plain, LAYOUT, () => {})
  return plain
}
