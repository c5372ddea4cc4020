import type { Millis } from '../model/clock.ts'
import type { Shard } from '../model/plan.ts'
import type { RateCurve } from './rate-curve.ts'

/** From `at` on (from the start of the scenario) `vus` VUs iterate. */
export interface VuStep {
  readonly at: Millis
  readonly vus: number
}

/** How many iterations a stripe may start before it is done, apart from the clock. */
export type Budget =
  | { readonly kind: 'unlimited' }
  /** Taken by the VUs of the stripe from one common number. */
  | { readonly kind: 'shared'; readonly iterations: number }
  /** For each VU. */
  | { readonly kind: 'per-vu'; readonly iterations: number }

/** VUs of a whole scenario. */
export interface PlannedVus {
  /** At its start. */
  readonly initial: number
  /** The most it may have at once. */
  readonly maximum: number
}

interface BaseShape {
  /** When no further iteration starts, from the start of the scenario. */
  readonly end: Millis
  readonly vus: PlannedVus
  /** For a person, without what all executors share. */
  readonly sentence: string
}

/** What an executor of the closed model means: VUs that iterate as fast as they can. */
export interface ClosedShape extends BaseShape {
  /** Target VUs of the whole scenario, in order of time, the first at 0. */
  steps(): Iterable<VuStep>
  budget(shard: Shard): Budget
  /** Iterations of the whole scenario, where the plan fixes them. */
  readonly iterations: number | undefined
}

/** What an executor of the open model means: iterations that start by the clock. */
export interface OpenShape extends BaseShape {
  readonly curve: RateCurve
  /** With even arrivals: iteration k starts where the area under the curve is k + `offset`. */
  readonly offset: 0 | 1
  /** With even arrivals: iterations of the whole scenario. */
  readonly evenStarts: number
}
