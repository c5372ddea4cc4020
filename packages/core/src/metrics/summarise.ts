import { AGGREGATIONS } from '../model/metric.ts'
import type { Plan } from '../model/plan.ts'
import type { CheckSummary, MetricSummary, Part } from '../model/summary.ts'
import { tagKey, type Tags } from '../model/tags.ts'
import { valuesOf, type Aggregate } from './aggregate.ts'
import type { Totals } from './totals.ts'

/** Values every trend of a summary has, whatever `summaryTrendStats` names. */
const TREND_STATS = ['avg', 'min', 'med', 'max', 'count', 'p(90)', 'p(95)', 'p(99)', 'p(99.9)']

/** What the summary needs to know of the plan. */
export type SummaryPlan = Pick<Plan, 'thresholds' | 'summaryTrendStats'>

/** Parts that are always told: how long requests took that were answered as expected (k6). */
const ALWAYS: Readonly<Record<string, Tags>> = { http_req_duration: { expected_response: 'true' } }

/** Each metric with data: its whole, each part that has some, and every part a threshold is about. */
export function metricSummaries(totals: Totals, parts: readonly Part[], plan: SummaryPlan): MetricSummary[] {
  const summaries: MetricSummary[] = []
  for (const name of totals.names()) {
    for (const tags of selectorsOf(name, parts, plan)) {
      const aggregate = totals.select(name, tags)
      if (aggregate !== undefined) summaries.push(summaryOf(name, tags, aggregate, totals, plan))
    }
  }
  return summaries
}

function selectorsOf(metric: string, parts: readonly Part[], { thresholds }: SummaryPlan): readonly Tags[] {
  const ofThresholds = thresholds.filter((one) => one.metric === metric).map(({ selector }) => selector)
  const selectors: Tags[] = [{}, ...parts.map(({ tags }) => tags), ...ofThresholds]
  const always = ALWAYS[metric]
  if (always !== undefined) selectors.push(always)
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
  return { name, tags, type, unit, count, values: valuesOf(aggregate, stats, totals.timeOf(name)) }
}

/** The checks by name, in order of their first result. */
export function checkSummaries(totals: Totals): CheckSummary[] {
  const checks = new Map<string, { passes: number; fails: number }>()
  for (const { tags, aggregate } of totals.series('checks')) {
    const name = tags['check']
    if (name === undefined) continue
    const { passes = 0, fails = 0 } = valuesOf(aggregate, ['passes', 'fails'], totals.measured)
    const before = checks.get(name)
    checks.set(name, { passes: passes + (before?.passes ?? 0), fails: fails + (before?.fails ?? 0) })
  }
  return Array.from(checks, ([name, { passes, fails }]) => {
    const example = totals.examples.ofCheck(name)
    return { name, passes, fails, ...(example === undefined ? {} : { example }) }
  })
}
