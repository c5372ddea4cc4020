import { valuesOf } from '../metrics/aggregate.ts'
import type { Totals } from '../metrics/totals.ts'
import { dateOf, now, type Millis } from '../model/clock.ts'
import { AGGREGATIONS } from '../model/metric.ts'
import type { SeriesDelta, Snapshot } from '../model/snapshot.ts'
import { tagKey, type Tags } from '../model/tags.ts'
import type { Interval, IntervalPoint } from '../outputs/output.ts'

/** What setup() and teardown() count has no time: it is told as if it had come in a second. */
const A_SECOND: Millis = 1_000

/**
 * One second of a run as outputs get it: each series by itself, all workers together.
 * @param snapshots those of the second. @param interval what they add up to.
 */
export function intervalOf(
  second: number,
  snapshots: readonly Snapshot[],
  interval: Totals,
  trendStats: readonly string[],
): Interval {
  const rates = ratesOf(snapshots)
  const points: IntervalPoint[] = []
  for (const metric of interval.names()) {
    for (const { tags, aggregate } of interval.series(metric)) {
      const { type, unit } = aggregate
      const stats = type === 'trend' ? [...trendStats, 'count'] : AGGREGATIONS[type]
      const values = valuesOf(aggregate, stats, A_SECOND)
      const rate = rates.get(keyOf(metric, tags))
      points.push({
        metric,
        tags,
        type,
        unit,
        values: rate !== undefined && 'rate' in values ? { ...values, rate } : values,
      })
    }
  }
  return { second, time: dateOf(now()).toISOString(), points }
}

/**
 * What came a second of each series that counts. Worker by worker, each over its own time: one that was busy tells
 * several seconds in one, and the last second has what came after it too.
 */
function ratesOf(snapshots: readonly Snapshot[]): ReadonlyMap<string, number> {
  const widths = new Map<number, Millis>()
  for (const { shard, from, to } of snapshots) widths.set(shard, (widths.get(shard) ?? 0) + to - from)
  const rates = new Map<string, number>()
  for (const { shard, series } of snapshots) {
    const width = widths.get(shard) || A_SECOND
    for (const delta of series) {
      const amount = amountOf(delta)
      if (amount === undefined) continue
      const key = keyOf(delta.metric, delta.tags)
      rates.set(key, (rates.get(key) ?? 0) + (amount / width) * 1_000)
    }
  }
  return rates
}

function amountOf(delta: SeriesDelta): number | undefined {
  if (delta.type === 'counter') return delta.sum
  return delta.type === 'trend' ? delta.count : undefined
}

const keyOf = (metric: string, tags: Tags) => `${metric}\u0000${tagKey(tags)}`
