import type { Millis } from '../model/clock.ts'
import type { ScenarioPlan } from '../model/plan.ts'
import type { ScenarioValues } from './scenario-schema.ts'
import { warmUpOf } from './warm-up.ts'

/** What a scenario takes from the options around it where it does not say so itself. */
interface OfRun {
  readonly gracefulStop: Millis
  readonly warmup: Millis
}

/** The plan of a scenario, with the defaults that come from outside of it or from another field. */
export function scenarioPlan(name: string, values: ScenarioValues, ofRun: OfRun): ScenarioPlan {
  const gracefulStop = values.gracefulStop ?? ofRun.gracefulStop
  const warmup = warmUpOf(values, ofRun.warmup)
  const filled = { gracefulStop, ...(warmup > 0 && { warmup }) }
  if (values.executor === 'constant-arrival-rate' || values.executor === 'ramping-arrival-rate') {
    return { name, ...values, ...filled, maxVUs: values.maxVUs ?? values.preAllocatedVUs }
  }
  return { name, ...values, ...filled }
}
