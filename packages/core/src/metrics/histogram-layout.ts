import type { HdrLayout } from './hdr-encoding.ts'

/** Histograms hold integers: values are kept in thousandths of their unit (µs for ms). */
export const SCALE = 1_000
/** Largest value a histogram can tell apart: 1 h for `ms`. Larger ones are recorded as this. */
export const HIGHEST_VALUE = 3_600_000

/** Integers of up to so many binary digits have a bucket of their own; with each digit more, twice as many share one. */
const EXACT_BITS = 11
const HALF = 2 ** (EXACT_BITS - 1)

/** The bucket of an integer below 2³². */
export function bucketOf(scaled: number): number {
  const doublings = Math.max(0, 32 - EXACT_BITS - Math.clz32(scaled))
  return (doublings << (EXACT_BITS - 1)) + (scaled >>> doublings)
}

/** How many integers share a bucket. */
function widthOf(bucket: number): number {
  return 2 ** Math.max(0, Math.floor(bucket / HALF) - 1)
}

/** The smallest integer of a bucket. */
export function lowestOf(bucket: number): number {
  const width = widthOf(bucket)
  return width === 1 ? bucket : (HALF + (bucket % HALF)) * width
}

/** The largest integer of a bucket. */
export function highestOf(bucket: number): number {
  return lowestOf(bucket) + widthOf(bucket) - 1
}

/** 1 µs to 1 h for `ms`, at 3 significant decimal digits: a percentile is off by less than 0.1 %. */
export const LAYOUT: HdrLayout = {
  lowest: 1,
  highest: HIGHEST_VALUE * SCALE,
  digits: 3,
  buckets: (Math.floor(bucketOf(HIGHEST_VALUE * SCALE) / HALF) + 1) * HALF,
}
