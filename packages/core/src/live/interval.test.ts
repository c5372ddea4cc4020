import { describe, expect, it } from 'vitest'
import { recorded, REQUESTS } from '../metrics/__fixtures__/recorded.ts'
import { Totals } from '../metrics/totals.ts'
import { MAIN } from './collector.ts'
import { intervalOf } from './interval.ts'

type Told = readonly [shard: number, from: number, to: number, requests: number]

function rateOf(...told: readonly Told[]): number | undefined {
  const totals = new Totals()
  const snapshots = told.map(([shard, from, to, value]) => ({
    ...recorded(shard, 0, value === 0 ? [] : [{ metric: REQUESTS, value, tags: {} }]),
    from,
    to,
  }))
  for (const one of snapshots) totals.merge(one)
  return intervalOf(0, snapshots, totals, []).points[0]?.values['rate']
}

describe('a rate of an interval, as outputs get it', () => {
  it.each<[string, readonly Told[], number]>([
    ['a second', [[0, 2_000, 3_000, 30]], 30],
    [
      'two workers in a second',
      [
        [0, 2_000, 3_000, 30],
        [1, 2_000, 3_000, 10],
      ],
      40,
    ],
    [
      'a second with the half that came after it',
      [
        [0, 2_000, 3_000, 30],
        [0, 3_000, 3_500, 30],
      ],
      40,
    ],
    ['seconds a busy worker told as one', [[0, 2_000, 5_000, 30]], 10],
    [
      'each worker over its own time, of which one was busy',
      [
        [0, 14_000, 15_000, 100],
        [1, 10_000, 15_000, 20],
      ],
      104,
    ],
    [
      'workers alone, when the main thread looks late',
      [
        [0, 2_000, 3_000, 30],
        [MAIN, 2_000, 3_300, 0],
      ],
      30,
    ],
    ['setup(), which has no time, as if it had taken a second', [[MAIN, 0, 0, 30]], 30],
  ])('is that of %s', (_, told, rate) => {
    expect(rateOf(...told)).toBeCloseTo(rate, 9)
  })
})
