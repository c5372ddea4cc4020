import type { ScenarioPlan, Shard } from '../model/plan.ts'
import { plannedVus } from './planned.ts'

/**
 * Which stripe of a scenario a worker runs. A scenario is cut into no more stripes than it has VUs,
 * and the worker that gets the first one moves on with the scenario's index, so that small
 * scenarios do not all meet on worker 0.
 * @returns `undefined`: none of it.
 */
export function scenarioShard(scenarioIndex: number, plan: ScenarioPlan, shard: Shard): Shard | undefined {
  const count = Math.min(shard.count, plannedVus(plan).maximum)
  const index = (shard.index + shard.count - (scenarioIndex % shard.count)) % shard.count
  return index < count ? { index, count } : undefined
}
