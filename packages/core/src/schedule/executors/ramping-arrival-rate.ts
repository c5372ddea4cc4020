import { formatDuration } from '../../model/duration.ts'
import type { OpenPlan } from '../../model/plan.ts'
import { arrivalWords, count, rateWords, vuRange } from '../words.ts'
import { RateCurve } from '../rate-curve.ts'
import { totalDuration } from '../stages.ts'
import type { OpenShape } from '../shape.ts'

/** Iterations at a rate that follows linear ramps: one whenever the area under the ramps reaches a whole number. */
export function rampingArrivalRate(plan: Extract<OpenPlan, { executor: 'ramping-arrival-rate' }>): OpenShape {
  const { startRate, stages, timeUnit } = plan
  const curve = new RateCurve(startRate, stages, timeUnit)
  const end = totalDuration(stages)
  const peak = Math.max(startRate, ...stages.map(({ target }) => target))
  return {
    end,
    vus: { initial: plan.preAllocatedVUs, maximum: plan.maxVUs },
    curve,
    offset: 1,
    evenStarts: Math.floor(curve.total + curve.slack),
    sentence:
      `up to ${rateWords(peak, timeUnit)}${arrivalWords(plan)}, ` +
      `${count(stages.length, 'stage')} in ${formatDuration(end)}, ${vuRange(plan)}`,
  }
}
