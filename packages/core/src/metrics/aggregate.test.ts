import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MetricDefinition } from '../model/metric.ts'
import { AGGREGATIONS } from '../model/metric.ts'
import type { Snapshot } from '../model/snapshot.ts'
import {
  delta,
  exactPercentile,
  FAILED,
  MEMORY,
  recorded,
  REQUESTS,
  TTFT,
  VUS,
} from './__fixtures__/recorded.ts'
import { aggregateFor, valuesOf, type Aggregate } from './aggregate.ts'
import { JointGaugeAggregate } from './gauge.ts'
import { TrendAggregate } from './trend.ts'

const ELAPSED = 10_000

function aggregateOf(metric: MetricDefinition, values: readonly number[]): Aggregate {
  const one = delta(metric, values)
  const aggregate = aggregateFor(one)
  aggregate.merge(one, { shard: 0, second: 0, to: 1_000 })
  return aggregate
}

const at = (shard: number, second: number, value: number): Snapshot =>
  recorded(shard, second, [{ metric: VUS, value, tags: {} }])

function merged(snapshots: readonly Snapshot[]): Aggregate {
  const aggregate = aggregateFor(delta(VUS, [0])).empty()
  for (const one of snapshots) for (const each of one.series) aggregate.merge(each, one)
  return aggregate
}

const ask = (aggregate: Aggregate): object =>
  valuesOf(aggregate, [...AGGREGATIONS[aggregate.type], 'p(95)', 'p(99.9)'], ELAPSED)

describe('the value of an aggregation', () => {
  it.each([
    { metric: REQUESTS, values: [2, 3], aggregation: 'count', expected: 5 },
    { metric: REQUESTS, values: [2, 3], aggregation: 'rate', expected: 0.5 },
    { metric: FAILED, values: [1, 0, 0, 0], aggregation: 'rate', expected: 0.25 },
    { metric: FAILED, values: [1, 0, 0, 0], aggregation: 'passes', expected: 1 },
    { metric: FAILED, values: [1, 0, 0, 0], aggregation: 'fails', expected: 3 },
    { metric: MEMORY, values: [7, 3, 5], aggregation: 'value', expected: 5 },
    { metric: MEMORY, values: [7, 3, 5], aggregation: 'min', expected: 3 },
    { metric: MEMORY, values: [7, 3, 5], aggregation: 'max', expected: 7 },
    { metric: TTFT, values: [100, 200, 600], aggregation: 'avg', expected: 300 },
    { metric: TTFT, values: [100, 200, 600], aggregation: 'min', expected: 100 },
    { metric: TTFT, values: [100, 200, 600], aggregation: 'max', expected: 600 },
    { metric: TTFT, values: [100, 200, 600], aggregation: 'count', expected: 3 },
    { metric: TTFT, values: [100, 200, 600], aggregation: 'rate', expected: 0.3 },
    { metric: TTFT, values: [1, 1.5, 2], aggregation: 'med', expected: 1.5 },
    { metric: TTFT, values: [1, 1.5, 2], aggregation: 'p(50)', expected: 1.5 },
    { metric: TTFT, values: [1, 1.5, 2], aggregation: 'p(99.99)', expected: 2 },
    { metric: TTFT, values: [1, 1.5, 2], aggregation: 'p(0)', expected: 1 },
  ])('$metric.type $aggregation of $values is $expected', ({ metric, values, aggregation, expected }) => {
    expect(aggregateOf(metric, values).value(aggregation, ELAPSED)).toBeCloseTo(expected, 9)
  })

  it.each([REQUESTS, FAILED, MEMORY, VUS, TTFT])(
    'of a $type exists for exactly its aggregations',
    (metric) => {
      const aggregate = aggregateOf(metric, [1, 2])
      const all = [...new Set(Object.values(AGGREGATIONS).flat()), 'p(101)', 'p(-1)', 'p(x)', 'median', '']
      const found = all.filter((name) => aggregate.value(name.replace('N', '95'), ELAPSED) !== undefined)
      expect(found.toSorted()).toEqual(AGGREGATIONS[metric.type].toSorted())
    },
  )

  it('is missing where nothing was recorded, except that a counter then says 0', () => {
    for (const metric of [FAILED, MEMORY, VUS, TTFT]) {
      const empty = aggregateOf(metric, [1]).empty()
      expect(valuesOf(empty, [...AGGREGATIONS[metric.type], 'p(95)'], ELAPSED)).toEqual({})
    }
    expect(aggregateOf(REQUESTS, [1]).empty().value('count', ELAPSED)).toBe(0)
  })

  it('of a rate per second is missing where no time has passed', () => {
    expect(aggregateOf(REQUESTS, [1]).value('rate', 0)).toBeUndefined()
    expect(aggregateOf(TTFT, [1]).value('rate', 0)).toBeUndefined()
  })

  it('never lies outside what was recorded', () => {
    const aggregate = aggregateOf(TTFT, [1_000.3, 1_000.3])
    expect(aggregate.value('p(99)', ELAPSED)).toBe(1_000.3)
    expect(aggregateOf(TTFT, [-5, -3]).value('p(50)', ELAPSED)).toBe(-3)
  })
})

describe('aggregates whose percentiles are asked for by turns', () => {
  it('do not see each other', () => {
    const [small, large] = [aggregateOf(TTFT, [1]), aggregateOf(TTFT, [2])]
    expect([small.value('med', 1), large.value('med', 1), small.value('med', 1)]).toEqual([1, 2, 1])
    small.merge(delta(TTFT, [1.5, 1.5]), { shard: 0, second: 1, to: 2_000 })
    expect([small.value('med', 1), large.value('med', 1)]).toEqual([1.5, 2])
  })
})

describe('a trend', () => {
  it('is the same however often it is put together in between, and however much comes after', () => {
    const values = fc.array(fc.nat({ max: 5_000 }), { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(
        fc.array(values, { minLength: 45, maxLength: 60 }),
        fc.constantFrom(0, 4, 17, 19, 50),
        (parts, every) => {
          const trend = new TrendAggregate('ms')
          for (const [index, part] of parts.entries()) {
            trend.merge(delta(TTFT, part))
            if (index % (every + 1) === every) trend.compact()
          }
          const all = parts.flat()
          const counted = trend.buckets().reduce((sum, { count }) => sum + count, 0)
          expect([trend.count, counted]).toEqual([all.length, all.length])
          const exact = exactPercentile(all, 50)
          expect(Math.abs((trend.value('p(50)', 1) ?? NaN) - exact)).toBeLessThanOrEqual(exact * 1e-3)
        },
      ),
    )
  })
})

describe('a gauge of several shards', () => {
  it('across sum is the sum of the latest second, its ends those of the sums', () => {
    const whole = merged([at(0, 0, 5), at(1, 0, 3), at(1, 1, 10), at(0, 1, 10), at(0, 2, 2), at(1, 2, 1)])
    expect(valuesOf(whole, ['value', 'min', 'max'], 1)).toEqual({ value: 3, min: 3, max: 20 })
  })

  it('across sum takes the later of two values of one shard and second', () => {
    const early = { ...at(0, 1, 5), to: 2_000 }
    const late = { ...at(0, 1, 1), to: 2_100 }
    for (const order of [
      [early, late],
      [late, early],
    ])
      expect(merged([...order, at(1, 1, 2)]).value('value', 1)).toBe(3)
  })

  it('across sum remembers its ends over a long run', () => {
    const seconds = Array.from({ length: 1_000 }, (_, second) => [at(0, second, second), at(1, second, 1)])
    const whole = merged(seconds.flat())
    expect(valuesOf(whole, ['value', 'min', 'max'], 1)).toEqual({ value: 1_000, min: 1, max: 1_000 })
  })

  it('across sum is the same when what it was merged from is folded, whatever comes afterwards', () => {
    const gauge = new JointGaugeAggregate('', 'sum')
    const take = (one: Snapshot): void => {
      for (const each of one.series) gauge.merge(each, one)
    }
    for (const one of [at(0, 0, 5), at(0, 2, 3), at(0, 1, 9)]) take(one)
    gauge.compact()
    expect(valuesOf(gauge, ['value', 'min', 'max'], 1)).toEqual({ value: 3, min: 3, max: 9 })
    take(at(1, 2, 1))
    expect(gauge.value('value')).toBe(4)
    take(at(0, 3, 2))
    expect(valuesOf(gauge, ['value', 'min', 'max'], 1)).toEqual({ value: 2, min: 2, max: 9 })
  })

  it('across max is the largest of the latest second, its ends those of the largest', () => {
    const worst = { ...VUS, across: 'max' } as const
    const values = [
      [0, 0, 0.5],
      [1, 0, 0.3],
      [0, 1, 0.1],
      [1, 1, 0.2],
    ] as const
    const [first, ...rest] = values.map(([shard, second, value]) => ({ shard, second, value }))
    const aggregate = aggregateFor(delta(worst, [first?.value ?? 0]))
    for (const { shard, second, value } of [...rest, ...(first === undefined ? [] : [first])])
      aggregate.merge(delta(worst, [value]), { shard, second, to: second })
    expect(valuesOf(aggregate, ['value', 'min', 'max'], 1)).toEqual({ value: 0.2, min: 0.2, max: 0.5 })
  })

  it('across last is the latest value, of the highest shard at the same time', () => {
    const aggregate = aggregateFor(delta(MEMORY, [0])).empty()
    for (const [shard, second, value] of [
      [1, 3, 30],
      [2, 3, 40],
      [0, 3, 20],
      [2, 1, 99],
    ] as const)
      aggregate.merge(delta(MEMORY, [value]), { shard, second, to: second })
    expect(valuesOf(aggregate, ['value', 'min', 'max'], 1)).toEqual({ value: 40, min: 20, max: 99 })
  })
})

describe('merging', () => {
  const METRICS = [TTFT, REQUESTS, FAILED, VUS, MEMORY]
  const cell = fc.record({
    shard: fc.nat({ max: 3 }),
    second: fc.nat({ max: 20 }),
    values: fc.array(fc.nat({ max: 10_000 }), { minLength: 1, maxLength: 20 }),
  })
  /** At most one snapshot for a shard and second, as in a run. */
  const cells = fc.uniqueArray(cell, {
    minLength: 1,
    maxLength: 40,
    selector: ({ shard, second }) => `${shard} ${second}`,
  })

  it('gives the same in any order, and through any grouping into aggregates', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...METRICS),
        cells,
        fc.array(fc.nat({ max: 3 })),
        (metric, list, groups) => {
          const snapshots = list.map(({ shard, second, values }) =>
            recorded(
              shard,
              second,
              values.map((value) => ({ metric, value, tags: {} })),
            ),
          )
          const empty = aggregateFor(delta(metric, [1])).empty()
          const straight = empty.empty()
          const grouped = [empty.empty(), empty.empty(), empty.empty(), empty.empty()]
          for (const one of snapshots) for (const each of one.series) straight.merge(each, one)
          for (const [index, one] of snapshots.toReversed().entries())
            for (const each of one.series) grouped[groups[index % groups.length] ?? 0]?.merge(each, one)
          for (const group of grouped) empty.absorb(group)
          expect(ask(empty)).toEqual(ask(straight))
          expect(empty.count).toBe(straight.count)
        },
      ),
    )
  })

  it('of trends keeps sums exact and percentiles within 0.1 %', () => {
    fc.assert(
      fc.property(cells, (list) => {
        const whole = aggregateFor(delta(TTFT, [1])).empty()
        for (const { shard, second, values } of list)
          whole.merge(delta(TTFT, values), { shard, second, to: second })
        const all = list.flatMap(({ values }) => values)
        expect(whole.value('avg', 1)).toBeCloseTo(all.reduce((a, b) => a + b, 0) / all.length, 6)
        expect([whole.value('min', 1), whole.value('max', 1)]).toEqual([Math.min(...all), Math.max(...all)])
        const exact = exactPercentile(all, 95)
        expect(Math.abs((whole.value('p(95)', 1) ?? NaN) - exact)).toBeLessThanOrEqual(exact * 1e-3)
      }),
    )
  })

  it('leaves out what is of another type', () => {
    for (const metric of METRICS) {
      const aggregate = aggregateOf(metric, [1, 5])
      const before = ask(aggregate)
      for (const other of METRICS) {
        if (other === metric || other.type === metric.type) continue
        aggregate.merge(delta(other, [3]), { shard: 9, second: 9, to: 9_000 })
        aggregate.absorb(aggregateOf(other, [3]))
      }
      expect(ask(aggregate)).toEqual(before)
    }
  })
})
