import { decompress, HdrWriter, readHdr } from './hdr-encoding.ts'
import { highestOf, LAYOUT, lowestOf, SCALE } from './histogram-layout.ts'

/** Values that a histogram does not tell apart, in the unit of the metric. */
export interface HistogramBucket {
  readonly lowest: number
  readonly highest: number
  readonly count: number
}

/** Buckets whose being in use is one bit each of a word. */
const BITS = 32
const WRITER = new HdrWriter(LAYOUT)

/**
 * Encoded histograms added up, exactly. Made to be filled and cleared many thousand times: what that costs
 * follows the buckets in use, not the 23 552 there are. Takes 190 kB.
 */
export class HistogramSum {
  /** Of 64 bits, for in a whole run 2³¹ equal values are possible. */
  readonly #counts = new Float64Array(LAYOUT.buckets)
  readonly #used = new Int32Array(LAYOUT.buckets / BITS)
  #total = 0
  #first = LAYOUT.buckets
  #last = -1
  /** Where the last percentile was found, and how many values lie below: the next larger one is looked for from there. */
  #found = { bucket: 0, below: 0 }

  /** Values added. */
  get count(): number {
    return this.#total
  }

  /**
   * Adds an encoded histogram, plain or compressed.
   * @throws RangeError for bytes that are no histogram of 3 digits.
   */
  add(encoded: Uint8Array): void {
    const counts = this.#counts
    const used = this.#used
    let added = 0
    let first = -1
    let last = -1
    try {
      readHdr(decompress(encoded), LAYOUT, (bucket, count) => {
        counts[bucket] = (counts[bucket] ?? 0) + count
        used[bucket >>> 5] = (used[bucket >>> 5] ?? 0) | (1 << (bucket & 31))
        added += count
        if (first < 0) first = bucket
        last = bucket
      })
    } finally {
      // What bytes that turn out to be damaged have added must be cleared, too.
      if (added > 0) this.#extend(added, first, last)
    }
  }

  #extend(added: number, first: number, last: number): void {
    this.#total += added
    this.#first = Math.min(this.#first, first)
    this.#last = Math.max(this.#last, last)
    this.#found = { bucket: this.#first, below: 0 }
  }

  clear(): void {
    if (this.#last < 0) return
    this.#counts.fill(0, this.#first, this.#last + 1)
    this.#used.fill(0, this.#first >>> 5, (this.#last >>> 5) + 1)
    this.#total = 0
    this.#first = LAYOUT.buckets
    this.#last = -1
  }

  /** HDR V2, not compressed. */
  encode(): Uint8Array {
    WRITER.start()
    for (let bucket = this.#first; bucket <= this.#last; bucket = this.#after(bucket))
      WRITER.put(bucket, this.#counts[bucket] ?? 0)
    return WRITER.end()
  }

  /**
   * The smallest value that `percent` per cent of all values do not exceed, at the upper edge of its
   * bucket; 0 of no values.
   * @param percent 0 to 100.
   */
  percentile(percent: number): number {
    if (this.#total === 0) return 0
    if (percent === 0) return lowestOf(this.#first) / SCALE
    // As the HdrHistogram libraries do, so that the same percentile has the same value everywhere.
    const needed = Math.max(1, Math.ceil((percent / 100) * this.#total * (1 - Number.EPSILON)))
    return highestOf(this.#bucketAt(needed)) / SCALE
  }

  /** Where so many values are reached, counted from the smallest. */
  #bucketAt(needed: number): number {
    let { bucket, below } = this.#found.below < needed ? this.#found : { bucket: this.#first, below: 0 }
    for (;;) {
      const reached = below + (this.#counts[bucket] ?? 0)
      if (reached >= needed || bucket >= this.#last) break
      below = reached
      bucket = this.#after(bucket)
    }
    this.#found = { bucket, below }
    return bucket
  }

  /** The next bucket that is not empty; of the last one a place beyond all. */
  #after(bucket: number): number {
    let word = bucket >>> 5
    // Shifted by two steps, for a shift by 32 would do nothing.
    let bits = (this.#used[word] ?? 0) & ((-1 << (bucket & 31)) << 1)
    while (bits === 0) {
      word++
      if (word >= this.#used.length) return LAYOUT.buckets
      bits = this.#used[word] ?? 0
    }
    return word * BITS + lowestBit(bits)
  }

  /** The buckets that are not empty, in ascending order. */
  buckets(): HistogramBucket[] {
    const found: HistogramBucket[] = []
    for (let bucket = this.#first; bucket <= this.#last; bucket = this.#after(bucket)) {
      const [lowest, highest] = [lowestOf(bucket) / SCALE, highestOf(bucket) / SCALE]
      found.push({ lowest, highest, count: this.#counts[bucket] ?? 0 })
    }
    return found
  }
}

/** Position of the lowest bit set. */
function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits)
}
