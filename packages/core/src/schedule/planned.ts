import type { Millis } from '../model/clock.ts'
import type { OpenPlan, ScenarioPlan } from '../model/plan.ts'
import { closedShape, isOpen, openShape, shapeOf } from './shape-of.ts'
import type { PlannedVus } from './shape.ts'

/** When the scenario starts its last iteration at the latest, from its start. */
export function regularEnd(plan: ScenarioPlan): Millis {
  return shapeOf(plan).end
}

/**
 * When iterations still running are interrupted, from the scenario's start. `gracefulStop` decides
 * alone, as in k6: a VU on its way down has no longer than that, whatever `gracefulRampDown` says.
 */
export function maximumEnd(plan: ScenarioPlan): Millis {
  return regularEnd(plan) + plan.gracefulStop
}

/** The VUs of the whole scenario; a stripe has its `share` of each number. */
export function plannedVus(plan: ScenarioPlan): PlannedVus {
  return shapeOf(plan).vus
}

/**
 * Iterations the whole scenario starts unless it runs out of VUs or time; `undefined` where that
 * depends on how long they take (`constant-vus`, `ramping-vus`) or on chance (random arrivals).
 */
export function plannedIterations(plan: ScenarioPlan): number | undefined {
  if (!isOpen(plan)) return closedShape(plan).iterations
  return plan.arrival === 'even' ? openShape(plan).evenStarts : undefined
}

/** Iterations per second the plan asks for at a time from the scenario's start; 0 outside of it. */
export function rateAt(plan: OpenPlan, at: Millis): number {
  return (openShape(plan).curve.rateAt(at) * 1_000) / plan.timeUnit
}

/** When the last of some scenarios is over for good, its `gracefulStop` included, from the start of the run. */
export function latestEnd(plans: readonly ScenarioPlan[]): Millis {
  return Math.max(...plans.map((plan) => plan.startTime + maximumEnd(plan)))
}

/** The longest that what runs may still take once nothing new starts. */
export function longestGracefulStop(plans: readonly ScenarioPlan[]): Millis {
  return Math.max(...plans.map(({ gracefulStop }) => gracefulStop))
}

/**
 * The most VUs that scenarios may have at the same time. A scenario counts with its maximum from
 * its start until its `gracefulStop` has passed.
 */
export function maximumVusOf(plans: readonly ScenarioPlan[]): number {
  const spans = plans.map((plan) => ({
    from: plan.startTime,
    to: plan.startTime + maximumEnd(plan),
    vus: plannedVus(plan).maximum,
  }))
  // The sum can only grow where a scenario starts.
  const sums = spans.map(({ from: at }) =>
    spans.reduce((sum, { from, to, vus }) => (from <= at && at < to ? sum + vus : sum), 0),
  )
  return Math.max(0, ...sums)
}
