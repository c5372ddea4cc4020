import type { Millis } from '../model/clock.ts'
import type { DelayCounts } from '../model/snapshot.ts'

/** Upper edge of the first bucket; shorter delays are none. */
const SHORTEST: Millis = 0.05
/** Each edge is 9 % above the one before, which is as far as a quantile is off at most. */
const PER_DOUBLING = 8

/** How long things were late: a distribution whose size does not depend on how many delays are in it. */
export class Delays {
  readonly #weights = new Map<number, number>()
  #total = 0

  /** @param weight how much the delay counts. One of no weight is left out. */
  add(delay: Millis, weight = 1): void {
    if (weight <= 0) return
    this.#put(bucketOf(delay), weight)
  }

  merge(counts: DelayCounts): void {
    for (const [bucket, weight] of counts) this.#put(bucket, weight)
  }

  get total(): number {
    return this.#total
  }

  /** Everything added since the last call, which is forgotten. */
  take(): DelayCounts {
    const counts = this.counts()
    this.#weights.clear()
    this.#total = 0
    return counts
  }

  counts(): DelayCounts {
    return [...this.#weights].toSorted(([a], [b]) => a - b)
  }

  /**
   * The delay that `share` (0 to 1) of the weight does not exceed, at the upper edge of its bucket;
   * `undefined` of nothing.
   */
  quantile(share: number): Millis | undefined {
    let left = this.#total * share
    for (const [bucket, weight] of this.counts()) {
      left -= weight
      if (left <= 0) return bucket === 0 ? 0 : SHORTEST * 2 ** (bucket / PER_DOUBLING)
    }
    return undefined
  }

  /** Share of the weight (0 to 1) that is later than `delay` by more than a bucket tells apart. */
  shareOver(delay: Millis): number {
    return this.#shareFrom(bucketOf(delay) + 1)
  }

  /** The same, what a bucket does not tell apart from `delay` included. */
  shareNearOrOver(delay: Millis): number {
    return this.#shareFrom(bucketOf(delay))
  }

  #shareFrom(first: number): number {
    let from = 0
    for (const [bucket, weight] of this.#weights) if (bucket >= first) from += weight
    return this.#total > 0 ? from / this.#total : 0
  }

  #put(bucket: number, weight: number): void {
    this.#weights.set(bucket, (this.#weights.get(bucket) ?? 0) + weight)
    this.#total += weight
  }
}

function bucketOf(delay: Millis): number {
  return delay <= SHORTEST ? 0 : Math.ceil(Math.log2(delay / SHORTEST) * PER_DOUBLING)
}
