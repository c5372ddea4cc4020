import type { Millis } from '../model/clock.ts'
import type { MetricType, Unit } from '../model/metric.ts'
import type { SeriesDelta, Snapshot } from '../model/snapshot.ts'
import type { MetricValues } from '../model/summary.ts'
import { CounterAggregate } from './counter.ts'
import { JointGaugeAggregate, LastGaugeAggregate } from './gauge.ts'
import { RateAggregate } from './rate.ts'
import { TrendAggregate } from './trend.ts'

/** Which snapshot a delta came with. */
export type Origin = Pick<Snapshot, 'shard' | 'second' | 'to'>

/**
 * What deltas add up to. Merging is exact, and the same in any order and split: shards, intervals
 * and whole aggregates. Deltas and aggregates of another type are left out.
 */
export interface Aggregate {
  readonly type: MetricType
  readonly unit: Unit
  /** Values recorded; of a counter its sum, of a gauge the intervals that set it. */
  readonly count: number
  /** An aggregate of the same kind without values. */
  empty(): Aggregate
  merge(delta: SeriesDelta, origin: Origin): void
  absorb(other: Aggregate): void
  /**
   * @param aggregation one of AGGREGATIONS for this type, any percentile as `p(99.9)`.
   * @param elapsed the time the values come from, which rates per second are over.
   * @returns `undefined` for an aggregation the type has not, and where no value was recorded.
   */
  value(aggregation: string, elapsed: Millis): number | undefined
}

/** An empty aggregate for deltas like `delta`. */
export function aggregateFor(delta: SeriesDelta): Aggregate {
  if (delta.type === 'counter') return new CounterAggregate(delta.unit)
  if (delta.type === 'rate') return new RateAggregate(delta.unit)
  if (delta.type === 'trend') return new TrendAggregate(delta.unit)
  return delta.across === 'last'
    ? new LastGaugeAggregate(delta.unit)
    : new JointGaugeAggregate(delta.unit, delta.across)
}

/** The values of several aggregations by name; those without a value are left out. */
export function valuesOf(
  aggregate: Aggregate,
  aggregations: Iterable<string>,
  elapsed: Millis,
): MetricValues {
  const values: Record<string, number> = {}
  for (const aggregation of aggregations) {
    const value = aggregate.value(aggregation, elapsed)
    if (value !== undefined) values[aggregation] = value
  }
  return values
}
