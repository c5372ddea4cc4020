import type { Millis } from '../model/clock.ts'
import type { ScenarioPlan } from '../model/plan.ts'
import type { ScenarioValues } from './scenario-schema.ts'

/** The plan of a scenario, with the defaults that come from outside of it or from another field. */
export function scenarioPlan(
  name: string,
  values: ScenarioValues,
  defaultGracefulStop: Millis,
): ScenarioPlan {
  const gracefulStop = values.gracefulStop ?? defaultGracefulStop
  if (values.executor === 'constant-arrival-rate' || values.executor === 'ramping-arrival-rate') {
    return { name, ...values, gracefulStop, maxVUs: values.maxVUs ?? values.preAllocatedVUs }
  }
  return { name, ...values, gracefulStop }
}
