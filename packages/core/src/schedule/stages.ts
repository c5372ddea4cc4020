import type { Millis } from '../model/clock.ts'
import type { StagePlan } from '../model/plan.ts'

/** How long the stages take, one after the other. */
export function totalDuration(stages: readonly StagePlan[]): Millis {
  return stages.reduce((total, { duration }) => total + duration, 0)
}
