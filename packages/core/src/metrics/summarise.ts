import { AGGREGATIONS } from '../model/metric.ts'
import type { Plan } from '../model/plan.ts'
import type { CheckSummary, ErrorSummary, MetricSummary } from '../model/summary.ts'
import { tagKey, type Tags } from '../model/tags.ts'
import { valuesOf, type Aggregate } from './aggregate.ts'
import type { Totals } from './totals.ts'

/** Values every trend of a summary has, whatever `summaryTrendStats` names. */
const TREND_STATS = ['avg', 'min', 'med', 'max', 'count', 'p(90)', 'p(95)', 'p(99)', 'p(99.9)']

/** What the summary needs to know of the plan. */
export type SummaryPlan = Pick<Plan, 'scenarios' | 'thresholds' | 'summaryTrendStats'>

/**
 * Each metric with data: its whole, its part in each scenario where there are several, and every
 * part a threshold is about.
 */
export function metricSummaries(totals: Totals, plan: SummaryPlan): MetricSummary[] {
  const summaries: MetricSummary[] = []
  for (const name of totals.names()) {
    for (const tags of selectorsOf(name, plan)) {
      const aggregate = totals.select(name, tags)
      if (aggregate !== undefined) summaries.push(summaryOf(name, tags, aggregate, totals, plan))
    }
  }
  return summaries
}

/**
 * The parts of a metric a run is asked about. Given to `Totals.select` before a run, they are kept
 * up from the first value on.
 */
export function selectorsOf(metric: string, { scenarios, thresholds }: SummaryPlan): readonly Tags[] {
  const selectors: Tags[] = [{}]
  if (scenarios.length > 1) selectors.push(...scenarios.map(({ name }) => ({ scenario: name })))
  for (const threshold of thresholds) if (threshold.metric === metric) selectors.push(threshold.selector)
  return [...new Map(selectors.map((selector) => [tagKey(selector), selector])).values()]
}

function summaryOf(
  name: string,
  tags: Tags,
  aggregate: Aggregate,
  totals: Totals,
  plan: SummaryPlan,
): MetricSummary {
  const { type, unit, count } = aggregate
  const stats = type === 'trend' ? new Set([...TREND_STATS, ...plan.summaryTrendStats]) : AGGREGATIONS[type]
  return { name, tags, type, unit, count, values: valuesOf(aggregate, stats, totals.elapsed) }
}

/** The checks by name, in order of their first result. */
export function checkSummaries(totals: Totals): CheckSummary[] {
  const checks = new Map<string, CheckSummary>()
  for (const { tags, aggregate } of totals.series('checks')) {
    const name = tags['check']
    if (name === undefined) continue
    const { passes = 0, fails = 0 } = valuesOf(aggregate, ['passes', 'fails'], totals.elapsed)
    const before = checks.get(name)
    checks.set(name, { name, passes: passes + (before?.passes ?? 0), fails: fails + (before?.fails ?? 0) })
  }
  return [...checks.values()]
}

/** The failures by class, the most frequent first, each with the first that came. */
export function errorSummaries(totals: Totals): ErrorSummary[] {
  return totals.errors.summaries()
}
