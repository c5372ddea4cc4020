import { formatDuration } from '../../model/duration.ts'
import type { ClosedPlan } from '../../model/plan.ts'
import { count } from '../words.ts'
import type { ClosedShape } from '../shape.ts'

/** VUs that each run the same number of iterations. */
export function perVuIterations(plan: Extract<ClosedPlan, { executor: 'per-vu-iterations' }>): ClosedShape {
  const { vus, iterations, maxDuration } = plan
  return {
    end: maxDuration,
    vus: { initial: vus, maximum: vus },
    steps: () => [{ at: 0, vus }],
    budget: () => ({ kind: 'per-vu', iterations }),
    iterations: vus * iterations,
    sentence: `${count(iterations, 'iteration')} by each of ${count(vus, 'VU')}, ${formatDuration(maxDuration)} at most`,
  }
}
