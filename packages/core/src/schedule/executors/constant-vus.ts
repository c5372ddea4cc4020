import { formatDuration } from '../../model/duration.ts'
import type { ClosedPlan } from '../../model/plan.ts'
import { count } from '../words.ts'
import type { ClosedShape } from '../shape.ts'

/** VUs that iterate until the time is up. */
export function constantVus(plan: Extract<ClosedPlan, { executor: 'constant-vus' }>): ClosedShape {
  const { vus, duration } = plan
  return {
    end: duration,
    vus: { initial: vus, maximum: vus },
    steps: () => [{ at: 0, vus }],
    budget: () => ({ kind: 'unlimited' }),
    iterations: undefined,
    sentence: `${count(vus, 'VU')} for ${formatDuration(duration)}`,
  }
}
