import type { Millis } from '../model/clock.ts'
import type { StagePlan } from '../model/plan.ts'

/** A stretch over which the rate changes linearly. Areas are rate · ms, which stays exact for whole numbers. */
interface Leg {
  readonly from: Millis
  readonly duration: Millis
  readonly startRate: number
  readonly endRate: number
  readonly areaBefore: number
  readonly area: number
}

/**
 * A rate of iterations over time, made of linear stages; a stage of duration 0 jumps. The area
 * under it up to a time is the number of iterations due by then.
 */
export class RateCurve {
  /** Where the last stage ends. */
  readonly end: Millis
  /** Iterations due over the whole curve, with their fraction. */
  readonly total: number
  /**
   * What rounding may do to an area, in iterations: far below what matters, far above the error of
   * the sums. An area this close to a whole number is that number.
   */
  readonly slack: number
  readonly #timeUnit: Millis
  readonly #legs: readonly Leg[]

  /** @param timeUnit ms to which the rates belong. */
  constructor(startRate: number, stages: readonly StagePlan[], timeUnit: Millis) {
    this.#timeUnit = timeUnit
    this.#legs = legsOf(startRate, stages)
    const last = this.#legs.at(-1)
    this.end = last ? last.from + last.duration : 0
    this.total = last ? (last.areaBefore + last.area) / timeUnit : 0
    this.slack = 1e-9 + this.total * 1e-14
  }

  /** Iterations per `timeUnit` at a time; at a jump the new rate, outside of the curve 0. */
  rateAt(at: Millis): number {
    if (at < 0 || at >= this.end) return 0
    const leg = this.#legs[firstIndex(this.#legs, (each) => at < each.from + each.duration)]
    if (!leg) return 0
    return leg.startRate + ((leg.endRate - leg.startRate) * (at - leg.from)) / leg.duration
  }

  /** The earliest time by which `iterations` (fraction allowed) are due, at most `end`. */
  timeOf(iterations: number): Millis {
    const area = iterations * this.#timeUnit
    const slack = this.slack * this.#timeUnit
    const leg = this.#legs[firstIndex(this.#legs, (each) => area <= each.areaBefore + each.area + slack)]
    return leg ? leg.from + timeWithin(leg, area - leg.areaBefore) : this.end
  }
}

function legsOf(startRate: number, stages: readonly StagePlan[]): Leg[] {
  const legs: Leg[] = []
  let from = 0
  let rate = startRate
  let areaBefore = 0
  for (const { duration, target } of stages) {
    const area = (duration * (rate + target)) / 2
    if (duration > 0) legs.push({ from, duration, startRate: rate, endRate: target, areaBefore, area })
    from += duration
    rate = target
    areaBefore += area
  }
  return legs
}

/**
 * When the area from the start of the leg reaches `area`. A falling rate is solved backwards from
 * the leg's end: forwards, the difference under the root would cancel where the rate nears 0.
 */
function timeWithin(leg: Leg, area: number): Millis {
  const { startRate, endRate, duration } = leg
  const slope = Math.abs(endRate - startRate) / duration
  const time =
    endRate >= startRate
      ? timeToCover(area, startRate, slope)
      : duration - timeToCover(leg.area - area, endRate, slope)
  return Math.min(Math.max(time, 0), duration)
}

/** Solves `rate·t + slope·t²/2 = area` for t, with no term that cancels. */
function timeToCover(area: number, rate: number, slope: number): Millis {
  return area <= 0 ? 0 : (2 * area) / (rate + Math.sqrt(rate * rate + 2 * slope * area))
}

/** Index of the first element that passes, given that all after it pass too; the length if none does. */
function firstIndex<T>(sorted: readonly T[], passes: (element: T) => boolean): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (passes(sorted[middle] as T)) high = middle
    else low = middle + 1
  }
  return low
}
