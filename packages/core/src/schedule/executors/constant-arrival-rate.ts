import { formatDuration } from '../../model/duration.ts'
import type { OpenPlan } from '../../model/plan.ts'
import { arrivalWords, rateWords, vuRange } from '../words.ts'
import { RateCurve } from '../rate-curve.ts'
import type { OpenShape } from '../shape.ts'

/** Iterations at a fixed rate: the first at once, none at the end. */
export function constantArrivalRate(
  plan: Extract<OpenPlan, { executor: 'constant-arrival-rate' }>,
): OpenShape {
  const { rate, duration, timeUnit } = plan
  const curve = new RateCurve(rate, [{ duration, target: rate }], timeUnit)
  return {
    end: duration,
    vus: { initial: plan.preAllocatedVUs, maximum: plan.maxVUs },
    curve,
    offset: 0,
    evenStarts: Math.max(1, Math.ceil(curve.total - curve.slack)),
    sentence: `${rateWords(rate, timeUnit)}${arrivalWords(plan)} for ${formatDuration(duration)}, ${vuRange(plan)}`,
  }
}
