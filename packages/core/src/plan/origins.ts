import type { Plan } from '../model/plan.ts'
import { LOAD_KEYS } from './load.ts'
import { leavesOf } from './option-path.ts'
import { planLeaves } from './plan-leaves.ts'
import { spellOutAll } from './threshold-schema.ts'
import { originOf, type TierReading } from './tier.ts'

/**
 * Who set each value of a plan, by the paths of `planLeaves`.
 * @param readings lowest first.
 * @param loadOrigins who set the values of the scenarios.
 */
export function originsOf(
  plan: Plan,
  readings: readonly TierReading[],
  loadOrigins: ReadonlyMap<string, string>,
): Record<string, string> {
  // Of several places that set an option the last one, the highest, stays.
  const settings = new Map(
    readings.flatMap(({ tier, raw }) =>
      [...raw].map(([key, value]) => [key, { value, origin: originOf(tier, key) }] as const),
    ),
  )
  const setters = new Map(loadOrigins)
  for (const [key, { value, origin }] of settings) {
    if (LOAD_KEYS.some((loadKey) => loadKey === key)) continue
    const written = key === 'thresholds' ? spellOutAll(value) : value
    for (const { path } of leavesOf(written, [key])) setters.set(path, origin)
  }
  return Object.fromEntries(
    planLeaves(plan).map(({ path }) => [path, setters.get(path) ?? setters.get(ofRun(path)) ?? 'default']),
  )
}

/** The option that fills what a scenario does not say itself. */
function ofRun(path: string): string {
  return /^scenarios\.[^.]+\.(gracefulStop|warmup)$/.exec(path)?.[1] ?? path
}
