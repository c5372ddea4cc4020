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

const WHOLE: Told = [0, 2_000, 3_000, 30]
const OF_ANOTHER: Told = [1, 2_000, 3_000, 10]
const AFTERWARDS: Told = [0, 3_000, 3_500, 30]
const BUSY: Told = [1, 0, 5_000, 20]
const LATE_LOOK: Told = [MAIN, 2_000, 3_300, 0]
const SETUP: Told = [MAIN, 0, 0, 30]

describe('a rate of an interval, as outputs get it', () => {
  it.each<[string, readonly Told[], number]>([
    ['a second', [WHOLE], 30],
    ['two workers in a second', [WHOLE, OF_ANOTHER], 40],
    ['a second with the half that came after it', [WHOLE, AFTERWARDS], 40],
    ['seconds a busy worker told as one', [BUSY], 4],
    ['each worker over its own time, of which one was busy', [WHOLE, BUSY], 34],
    ['workers alone, when the main thread looks late', [WHOLE, LATE_LOOK], 30],
    ['setup(), which has no time, as if it had taken a second', [SETUP], 30],
  ])('is that of %s', (_, told, rate) => {
    expect(rateOf(...told)).toBeCloseTo(rate, 9)
  })
})
