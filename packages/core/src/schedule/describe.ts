import { formatDuration } from '../model/duration.ts'
import type { ScenarioPlan } from '../model/plan.ts'
import { shapeOf } from './shape-of.ts'

/** One line for a person: `up to 40 iterations/s, 3 stages in 15s, 50 to 200 VUs, 30s to finish`. */
export function describe(plan: ScenarioPlan): string {
  const parts = [shapeOf(plan).sentence]
  if (plan.gracefulStop > 0) parts.push(`${formatDuration(plan.gracefulStop)} to finish`)
  if (plan.startTime > 0) parts.push(`starts after ${formatDuration(plan.startTime)}`)
  if (plan.exec !== 'default') parts.push(`runs ${plan.exec}()`)
  return parts.join(', ')
}
