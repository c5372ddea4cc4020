/** Ticks of a logarithmic axis of positive values, and where they stand: the axis itself is linear in the exponent. */
export interface LogTick {
  readonly value: number
  readonly at: number
}

/** More labels than this run into each other; with fewer than that values cannot be read. */
const MOST = 9
const FEWEST = 4

/** Steps between powers of ten, from the finest to the coarsest. */
const STEPS: readonly (readonly number[])[] = [
  [1, 1.2, 1.4, 1.6, 1.8, 2, 2.5, 3, 3.5, 4, 4.5, 5, 6, 7, 8, 9],
  [1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9],
  [1, 2, 5],
  [1, 3],
  [1],
]
/** The steps people know best. */
const USUAL = 2

/** Place of a value on the axis. */
export function placeOf(value: number): number {
  return Math.log10(value)
}

/** Ticks at 1, 2 and 5 times the powers of ten between two values: finer where those are few, coarser where they are many. */
export function logTicks(from: number, to: number, most = MOST): readonly LogTick[] {
  let tier = USUAL
  let ticks = ticksAt(tier, from, to)
  while (ticks.length < FEWEST && tier > 0) {
    const finer = ticksAt((tier -= 1), from, to)
    if (finer.length > most) break
    ticks = finer
  }
  while (ticks.length > most && tier < STEPS.length - 1) ticks = ticksAt((tier += 1), from, to)
  return ticks
}

function ticksAt(tier: number, from: number, to: number): readonly LogTick[] {
  return powers(from, to)
    .flatMap((power) => (STEPS[tier] ?? []).map((step) => Number((step * power).toPrecision(2))))
    .filter((value) => value >= from && value <= to)
    .map((value) => ({ value, at: placeOf(value) }))
}

function powers(from: number, to: number): readonly number[] {
  const [first, last] = [Math.floor(placeOf(from)), Math.floor(placeOf(to))]
  return Array.from({ length: last - first + 1 }, (_, index) => 10 ** (first + index))
}

const SHARES = [0, 0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999, 0.999999]

/** Place of a percentile, as HdrHistogram plots it: each nine as wide as the one before. `share` is below 1. */
export function placeOfShare(share: number): number {
  return -Math.log10(1 - share)
}

/** The percentiles with a label, up to one. */
export function shareTicks(highest: number): readonly LogTick[] {
  return SHARES.filter((share) => share <= highest).map((value) => ({ value, at: placeOfShare(value) }))
}
