import { valuesOf } from '../metrics/aggregate.ts'
import type { Totals } from '../metrics/totals.ts'
import { dateOf, now } from '../model/clock.ts'
import { AGGREGATIONS } from '../model/metric.ts'
import type { Interval, IntervalPoint } from '../outputs/output.ts'

/** One second of a run as outputs get it: each series by itself, all workers together. */
export function intervalOf(second: number, interval: Totals, trendStats: readonly string[]): Interval {
  const points: IntervalPoint[] = []
  for (const metric of interval.names()) {
    for (const { tags, aggregate } of interval.series(metric)) {
      const { type, unit } = aggregate
      const stats = type === 'trend' ? [...trendStats, 'count'] : AGGREGATIONS[type]
      points.push({ metric, tags, type, unit, values: valuesOf(aggregate, stats, 1_000) })
    }
  }
  return { second, time: dateOf(now()).toISOString(), points }
}
