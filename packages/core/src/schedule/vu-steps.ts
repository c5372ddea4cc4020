import type { ClosedPlan, Shard } from '../model/plan.ts'
import { closedShape } from './shape-of.ts'
import { share } from './shard.ts'
import type { Budget, VuStep } from './shape.ts'

/**
 * How many VUs the stripe is to have over time, from the start of the scenario: one step at 0, then
 * one at each change. At every time the steps of all stripes add up to those of the whole. The
 * scenario's end is no step; see `regularEnd`.
 */
export function vuSteps(plan: ClosedPlan, shard: Shard): readonly VuStep[] {
  const steps: VuStep[] = []
  for (const whole of closedShape(plan).steps()) {
    const step = { at: whole.at, vus: share(whole.vus, shard) }
    if (steps.at(-1)?.at === step.at) steps.pop()
    if (steps.at(-1)?.vus !== step.vus) steps.push(step)
  }
  return steps
}

/** How many iterations the stripe may start. */
export function budget(plan: ClosedPlan, shard: Shard): Budget {
  return closedShape(plan).budget(shard)
}
