import { valuesOf } from '../metrics/aggregate.ts'
import type { Totals } from '../metrics/totals.ts'
import { dateOf, now, type Millis } from '../model/clock.ts'
import { AGGREGATIONS } from '../model/metric.ts'
import type { Interval, IntervalPoint } from '../outputs/output.ts'

/** What setup() and teardown() count has no time: it is told as if it had come in a second. */
const A_SECOND: Millis = 1_000

/**
 * One second of a run as outputs get it: each series by itself, all workers together. Rates are over the time it really
 * had: a busy worker tells several seconds in one, and the last has what came after it too.
 */
export function intervalOf(second: number, interval: Totals, trendStats: readonly string[]): Interval {
  const width = interval.width > 0 ? interval.width : A_SECOND
  const points: IntervalPoint[] = []
  for (const metric of interval.names()) {
    for (const { tags, aggregate } of interval.series(metric)) {
      const { type, unit } = aggregate
      const stats = type === 'trend' ? [...trendStats, 'count'] : AGGREGATIONS[type]
      points.push({ metric, tags, type, unit, values: valuesOf(aggregate, stats, width) })
    }
  }
  return { second, time: dateOf(now()).toISOString(), points }
}
