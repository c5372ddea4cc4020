import type { Plan } from '../model/plan.ts'
import { type Leaf, leavesOf } from './option-path.ts'

/**
 * Every single value of a plan under the path of the option it belongs to, such as
 * `scenarios.spike.stages[0].target` or `thresholds.ttft[0].abortOnFail`. `resolvePlan` gives an
 * origin for exactly these.
 */
export function planLeaves(plan: Plan): Leaf[] {
  const { schemaVersion: _, scenarios, thresholds, ...others } = plan
  const byName = Object.fromEntries(scenarios.map(({ name, ...fields }) => [name, fields]))
  const byKey: Record<string, unknown[]> = {}
  for (const { key, metric: _metric, selector: _selector, expression, ...fields } of thresholds) {
    byKey[key] = [...(byKey[key] ?? []), { threshold: expression, ...fields }]
  }
  return leavesOf({ scenarios: byName, thresholds: byKey, ...others })
}
