import type { ClosedPlan, OpenPlan, ScenarioPlan } from '../model/plan.ts'
import { constantArrivalRate } from './executors/constant-arrival-rate.ts'
import { constantVus } from './executors/constant-vus.ts'
import { perVuIterations } from './executors/per-vu-iterations.ts'
import { rampingArrivalRate } from './executors/ramping-arrival-rate.ts'
import { rampingVus } from './executors/ramping-vus.ts'
import { sharedIterations } from './executors/shared-iterations.ts'
import type { ClosedShape, OpenShape } from './shape.ts'

/** What a plan of the closed model means. */
export function closedShape(plan: ClosedPlan): ClosedShape {
  if (plan.executor === 'shared-iterations') return sharedIterations(plan)
  if (plan.executor === 'per-vu-iterations') return perVuIterations(plan)
  return plan.executor === 'constant-vus' ? constantVus(plan) : rampingVus(plan)
}

/** What a plan of the open model means. */
export function openShape(plan: OpenPlan): OpenShape {
  return plan.executor === 'constant-arrival-rate' ? constantArrivalRate(plan) : rampingArrivalRate(plan)
}

/** What any plan means. */
export function shapeOf(plan: ScenarioPlan): ClosedShape | OpenShape {
  return isOpen(plan) ? openShape(plan) : closedShape(plan)
}

/** Whether iterations start by the clock, however long they take. */
export function isOpen(plan: ScenarioPlan): plan is OpenPlan {
  return plan.executor === 'constant-arrival-rate' || plan.executor === 'ramping-arrival-rate'
}
