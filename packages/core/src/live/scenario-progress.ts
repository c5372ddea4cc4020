import type { Millis } from '../model/clock.ts'
import type { ScenarioPlan } from '../model/plan.ts'
import type { ScenarioFacts } from '../outputs/console/live/facts.ts'
import { isOpen, maximumEnd, plannedIterations, plannedVus, rateAt, regularEnd } from '../schedule/index.ts'
import type { Standing } from './scenario-table.ts'

/** When the run was told to stop, and how long what ran then may take. */
export interface Stop {
  readonly signal: string
  readonly at: Millis
}

/** Where a scenario stands for a person who waits for it. @param rate iterations started a second. */
export function scenarioFacts(
  plan: ScenarioPlan,
  standing: Standing,
  rate: number,
  elapsed: Millis,
  stop: Stop | undefined,
): ScenarioFacts {
  const { completed, interrupted, activeVUs } = standing
  const own = elapsed - plan.startTime
  const iterations = isOpen(plan) ? undefined : plannedIterations(plan)
  const state = stateOf(plan, standing, own, stop)
  const over = completed + interrupted
  const share = iterations === undefined ? own / Math.max(1, regularEnd(plan)) : over / iterations
  const time = leftOf(
    plan,
    state,
    own,
    elapsed,
    iterations === undefined ? undefined : over / iterations,
    stop,
  )
  return {
    name: plan.name,
    state,
    share: state === 'waiting' ? 0 : Math.min(1, Math.max(0, share)),
    ...(time === undefined ? {} : { left: Math.max(0, time) }),
    activeVus: activeVUs,
    maximumVus: plannedVus(plan).maximum,
    rate,
    ...(isOpen(plan) && { intendedRate: stop === undefined ? intendedRate(plan, elapsed) : 0 }),
    completed,
    ...(iterations === undefined ? {} : { iterations }),
  }
}

/** Per second, in the middle of the second that has just passed. */
function intendedRate(
  plan: Extract<ScenarioPlan, { rate: number } | { startRate: number }>,
  elapsed: Millis,
): number {
  return rateAt(plan, elapsed - plan.startTime - 500)
}

function stateOf(
  plan: ScenarioPlan,
  { done, activeVUs }: Standing,
  own: Millis,
  stop: Stop | undefined,
): ScenarioFacts['state'] {
  if (done || own >= maximumEnd(plan)) return 'done'
  if (stop !== undefined) return activeVUs > 0 ? 'finishing' : 'done'
  if (own < 0) return 'waiting'
  return own < regularEnd(plan) ? 'running' : 'finishing'
}

/** See `ScenarioFacts.left`. @param share of its iterations that are over. */
function leftOf(
  plan: ScenarioPlan,
  state: ScenarioFacts['state'],
  own: Millis,
  elapsed: Millis,
  share: number | undefined,
  stop: Stop | undefined,
): Millis | undefined {
  const untilInterrupted = maximumEnd(plan) - own
  switch (state) {
    case 'waiting':
      return -own
    case 'finishing':
      return stop === undefined
        ? untilInterrupted
        : Math.min(untilInterrupted, stop.at + plan.gracefulStop - elapsed)
    case 'done':
      return undefined
    case 'running': {
      const untilEnd = regularEnd(plan) - own
      if (share === undefined) return untilEnd
      return share === 0 ? undefined : Math.min(untilEnd, (own * (1 - share)) / share)
    }
  }
}
