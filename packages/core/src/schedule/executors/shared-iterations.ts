import { formatDuration } from '../../model/duration.ts'
import type { ClosedPlan } from '../../model/plan.ts'
import { count } from '../words.ts'
import { shareByVus } from '../shard.ts'
import type { ClosedShape } from '../shape.ts'

/**
 * VUs that take iterations from one common number. Over several shards each stripe has a common
 * number of its own, by its share of the VUs: stripes cannot help one another out.
 */
export function sharedIterations(plan: Extract<ClosedPlan, { executor: 'shared-iterations' }>): ClosedShape {
  const { vus, iterations, maxDuration } = plan
  return {
    end: maxDuration,
    vus: { initial: vus, maximum: vus },
    steps: () => [{ at: 0, vus }],
    budget: (shard) => ({ kind: 'shared', iterations: shareByVus(iterations, vus, shard) }),
    iterations,
    sentence: `${count(iterations, 'iteration')} shared by ${count(vus, 'VU')}, ${formatDuration(maxDuration)} at most`,
  }
}
