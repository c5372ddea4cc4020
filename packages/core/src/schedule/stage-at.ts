import type { Millis } from '../model/clock.ts'
import type { ScenarioPlan } from '../model/plan.ts'
import { stageNumbers } from '../model/stages.ts'

/**
 * Which stage of a ramp a time from the scenario's start falls into, from 0 (k6); what is after the last one
 * belongs to it.
 * @returns `undefined` for executors without stages, for a single stage and for more than 50.
 */
export function stageAt(plan: ScenarioPlan): ((at: Millis) => number) | undefined {
  if (!('stages' in plan) || stageNumbers(plan.stages).length === 0) return undefined
  const ends: Millis[] = []
  for (const { duration } of plan.stages) ends.push((ends.at(-1) ?? 0) + duration)
  const last = ends.length - 1
  return (at) => {
    const index = ends.findIndex((end) => at < end)
    return index < 0 ? last : index
  }
}
