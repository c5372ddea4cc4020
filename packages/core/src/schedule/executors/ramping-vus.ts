import { formatDuration } from '../../model/duration.ts'
import type { ClosedPlan } from '../../model/plan.ts'
import { count } from '../words.ts'
import { totalDuration } from '../stages.ts'
import type { ClosedShape, VuStep } from '../shape.ts'

type RampingVusPlan = Extract<ClosedPlan, { executor: 'ramping-vus' }>

/** A number of VUs that follows linear ramps. */
export function rampingVus(plan: RampingVusPlan): ClosedShape {
  const { startVUs, stages, gracefulRampDown } = plan
  const end = totalDuration(stages)
  const maximum = Math.max(startVUs, ...stages.map(({ target }) => target))
  return {
    end,
    vus: { initial: startVUs, maximum },
    steps: () => rampSteps(plan),
    budget: () => ({ kind: 'unlimited' }),
    iterations: undefined,
    sentence:
      `up to ${count(maximum, 'VU')}, ${count(stages.length, 'stage')} in ${formatDuration(end)}, ` +
      `${formatDuration(gracefulRampDown)} to finish on the way down`,
  }
}

/**
 * A step wherever the ramp reaches a whole number. On the way up the number of VUs is the ramp
 * rounded down, on the way down rounded up, as in k6: a VU leaves when the ramp has fallen by a
 * whole one, so that a ramp that turns round does not take a VU away and give it back.
 */
function* rampSteps({ startVUs, stages }: RampingVusPlan): Generator<VuStep, void, undefined> {
  let from = 0
  let vus = startVUs
  yield { at: 0, vus }
  for (const { duration, target } of stages) {
    const climb = target - vus
    if (duration === 0 && climb !== 0) yield { at: from, vus: target }
    const steps = duration === 0 ? 0 : Math.abs(climb)
    for (let step = 1; step <= steps; step++) {
      yield { at: from + (duration * step) / steps, vus: vus + Math.sign(climb) * step }
    }
    from += duration
    vus = target
  }
}
