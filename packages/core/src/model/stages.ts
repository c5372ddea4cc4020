import type { StagePlan } from './plan.ts'

/** Ramps of more stages are curves, and each stage told apart is a set of series of its own. */
const MOST_STAGES = 50

/**
 * The stages of a ramp that are told apart by the tag `stage`, by number from 0: those in which an iteration can
 * start. None of a single stage, and of more than 50.
 */
export function stageNumbers(stages: readonly StagePlan[]): number[] {
  if (stages.length < 2 || stages.length > MOST_STAGES) return []
  return [...stages.entries()].flatMap(([number, { duration }]) => (duration > 0 ? number : []))
}
