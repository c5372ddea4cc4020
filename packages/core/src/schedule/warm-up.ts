import type { Millis } from '../model/clock.ts'
import type { ScenarioPlan } from '../model/plan.ts'
import { maximumEnd } from './planned.ts'

/** A part of the run, from its start. */
export interface Stretch {
  readonly from: Millis
  readonly to: Millis
}

/**
 * The stretches of a run in which nothing is measured: some scenario warms up, and none that has warmed up is
 * under way. In order, apart from one another.
 */
export function warmUpStretches(plans: readonly ScenarioPlan[]): Stretch[] {
  const warming = plans.map(({ startTime, warmup = 0 }) => ({ from: startTime, to: startTime + warmup }))
  const measuring = plans.map((plan) => ({
    from: plan.startTime + (plan.warmup ?? 0),
    to: plan.startTime + maximumEnd(plan),
  }))
  const edges = [...warming, ...measuring].flatMap(({ from, to }) => [from, to]).toSorted((a, b) => a - b)
  const stretches: Stretch[] = []
  for (const [index, from] of edges.entries()) {
    const to = edges[index + 1]
    if (to === undefined || to === from || !covers(warming, from) || covers(measuring, from)) continue
    const before = stretches.at(-1)
    if (before?.to === from) stretches[stretches.length - 1] = { from: before.from, to }
    else stretches.push({ from, to })
  }
  return stretches
}

function covers(stretches: readonly Stretch[], at: Millis): boolean {
  return stretches.some(({ from, to }) => from <= at && at < to)
}

/** How much of the first `elapsed` ms of a run lies outside of `stretches`. */
export function timeOutside(stretches: readonly Stretch[], elapsed: Millis): Millis {
  return stretches.reduce((left, { from, to }) => left - Math.max(0, Math.min(to, elapsed) - from), elapsed)
}
