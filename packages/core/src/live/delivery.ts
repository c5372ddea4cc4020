import type { Totals } from '../metrics/totals.ts'
import { TrendAggregate } from '../metrics/trend.ts'
import type { Millis } from '../model/clock.ts'
import type { OpenPlan, ScenarioPlan } from '../model/plan.ts'
import type { ScenarioDelivery, ScenarioSummary } from '../model/scenario-summary.ts'
import { isOpen, plannedIterations, regularEnd } from '../schedule/index.ts'

/** A start later than this after its time is a late one: what a person who came on time would notice. */
const LATE: Millis = 100

/** Iterations that started and were dropped, and for how long the schedule was followed once that is over. */
type Counts = Pick<ScenarioSummary, 'started' | 'dropped'> & { readonly followed: Millis | undefined }

/** Iterations the schedule asked for. Of a run cut short, and of random arrivals, as far as it was followed. */
function intendedStarts(plan: OpenPlan, { started, dropped }: Counts, time: Millis): number {
  const cameToItsEnd = time >= regularEnd(plan)
  return (cameToItsEnd ? plannedIterations(plan) : undefined) ?? started + dropped
}

/**
 * How much of an arrival rate came about in the time in which iterations were to start: the wait for those that
 * still run is none of it. Nothing of other executors, and before it began.
 */
export function deliveryOf(
  plan: ScenarioPlan,
  counts: Counts,
  totals: Totals,
): { readonly delivery?: ScenarioDelivery } {
  const time = Math.min(counts.followed ?? totals.elapsed - plan.startTime, regularEnd(plan))
  if (!isOpen(plan) || time <= 0) return {}
  const intended = intendedStarts(plan, counts, time)
  if (intended === 0) return {}
  const perSecond = (amount: number) => (amount / time) * 1_000
  return {
    delivery: {
      intended,
      intendedRate: perSecond(intended),
      achievedRate: perSecond(counts.started),
      late: lateStarts(plan, totals),
    },
  }
}

function lateStarts({ name }: ScenarioPlan, totals: Totals): number {
  const lags = totals.select('schedule_lag', { scenario: name })
  if (!(lags instanceof TrendAggregate)) return 0
  return lags.buckets().reduce((sum, { lowest, count }) => (lowest > LATE ? sum + count : sum), 0)
}
