import type { z } from 'zod'
import type { StagePlan } from '../model/plan.ts'

/** A rule between the fields of a scenario that is broken: the field to blame and what is wrong. */
type Breach = readonly [field: string, message: string]

/** Makes a zod refinement of rules; it runs once every field by itself is right. */
export function keeping<T>(...rules: readonly ((values: T) => Breach | undefined)[]) {
  return (values: T, context: z.RefinementCtx<T>): void => {
    for (const rule of rules) {
      const breach = rule(values)
      if (breach) context.addIssue({ code: 'custom', message: breach[1], path: [breach[0]] })
    }
  }
}

/** Shared iterations: each VU can have one. */
export function enoughIterations(values: {
  readonly vus: number
  readonly iterations: number
}): Breach | undefined {
  const { vus, iterations } = values
  if (iterations >= vus) return undefined
  return ['iterations', `must be at least the number of VUs (${vus}), got ${iterations}`]
}

export interface Pooled {
  readonly preAllocatedVUs: number
  readonly maxVUs?: number | undefined
}

/** Arrivals: there is a VU, and room for those made beforehand. */
export function enoughVus({ preAllocatedVUs, maxVUs }: Pooled): Breach | undefined {
  if (maxVUs === undefined) {
    return preAllocatedVUs > 0
      ? undefined
      : ['preAllocatedVUs', 'must be above 0 where maxVUs is not set, got 0']
  }
  if (maxVUs >= preAllocatedVUs) return undefined
  return ['maxVUs', `must be at least preAllocatedVUs (${preAllocatedVUs}), got ${maxVUs}`]
}

export interface Staged {
  readonly startVUs?: number
  readonly startRate?: number
  readonly stages: readonly StagePlan[]
}

/** Ramps: they are not over at once. */
export function takesTime({ stages }: Staged): Breach | undefined {
  if (stages.some(({ duration }) => duration > 0)) return undefined
  return ['stages', 'must hold at least one stage with a duration above 0']
}

/** Ramps: they ask for something. */
export function leavesZero({ startVUs, startRate, stages }: Staged): Breach | undefined {
  if ([startVUs ?? 0, startRate ?? 0, ...stages.map(({ target }) => target)].some((target) => target > 0)) {
    return undefined
  }
  const start = startVUs === undefined ? 'startRate' : 'startVUs'
  return ['stages', `must have a target above 0 where ${start} is 0`]
}
