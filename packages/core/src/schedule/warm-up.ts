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
  const warming = plans.map(warmUpOf)
  const measuring = plans.map((plan) => ({
    from: plan.startTime + (plan.warmup ?? 0),
    to: plan.startTime + maximumEnd(plan),
  }))
  return stretchesOf([...warming, ...measuring], (at) => covers(warming, at) && !covers(measuring, at))
}

/** The stretches in which any scenario warms up. In order, apart from one another. */
export function warmUps(plans: readonly ScenarioPlan[]): Stretch[] {
  const warming = plans.map(warmUpOf)
  return stretchesOf(warming, (at) => covers(warming, at))
}

function warmUpOf({ startTime, warmup = 0 }: ScenarioPlan): Stretch {
  return { from: startTime, to: startTime + warmup }
}

/** Where `holds`, which changes at the edges of `parts` only. */
function stretchesOf(parts: readonly Stretch[], holds: (at: Millis) => boolean): Stretch[] {
  const edges = parts.flatMap(({ from, to }) => [from, to]).toSorted((a, b) => a - b)
  const stretches: Stretch[] = []
  for (const [index, from] of edges.entries()) {
    const to = edges[index + 1]
    if (to === undefined || to === from || !holds(from)) continue
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
