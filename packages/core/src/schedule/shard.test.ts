import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { constantArrivalRate, constantVus } from './__fixtures__/plans.ts'
import { scenarioShard } from './scenario-shard.ts'
import { globalIteration, globalVu, share, shareByVus } from './shard.ts'

const counts = fc.integer({ min: 1, max: 16 })
const stripesOf = (count: number) => Array.from({ length: count }, (_, index) => ({ index, count }))

describe('the shares of all stripes', () => {
  it('are the elements k with k % count = index, and add up to the whole', () => {
    fc.assert(
      fc.property(fc.nat(1_000), counts, (total, count) => {
        const elements = stripesOf(count).flatMap((shard) =>
          Array.from({ length: share(total, shard) }, (_, local) => globalVu(local, shard)),
        )
        expect(elements.toSorted((a, b) => a - b)).toEqual(Array.from({ length: total }, (_, k) => k))
      }),
    )
  })

  it('grow one at a time', () => {
    fc.assert(
      fc.property(fc.nat(1_000), counts, (total, count) => {
        const grown = stripesOf(count).filter((shard) => share(total + 1, shard) !== share(total, shard))
        expect(grown).toEqual([{ index: total % count, count }])
      }),
    )
  })

  it('of iterations follow the VUs: with more of them a stripe does more, and none is done twice', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.integer({ min: 1, max: 40 }), counts, (total, vus, count) => {
        fc.pre(vus >= count)
        const shares = stripesOf(count).map((shard) => shareByVus(total, vus, shard))
        const elements = stripesOf(count).flatMap((shard, index) =>
          Array.from({ length: shares[index] ?? 0 }, (_, local) => globalIteration(local, vus, shard)),
        )
        expect(elements.toSorted((a, b) => a - b)).toEqual(Array.from({ length: total }, (_, k) => k))
      }),
    )
    const thirty = (index: number) => shareByVus(30, 3, { index, count: 2 })
    expect([thirty(0), thirty(1)]).toEqual([20, 10])
  })

  it('number VUs in turn', () => {
    expect([0, 1, 2].map((local) => globalVu(local, { index: 1, count: 4 }))).toEqual([1, 5, 9])
  })
})

/** The stripes of one scenario, by worker. */
const stripes = (scenario: number, vus: number, count: number) =>
  stripesOf(count).map((worker) => scenarioShard(scenario, constantVus({ vus }), worker)?.index)

describe('the stripe of a scenario a worker runs', () => {
  it('is its own when there are enough VUs', () => {
    expect(stripes(0, 100, 4)).toEqual([0, 1, 2, 3])
  })

  it('is none where there are fewer VUs than workers', () => {
    expect(stripes(0, 2, 4)).toEqual([0, 1, undefined, undefined])
  })

  it('moves on with each scenario, so that small ones spread', () => {
    expect([0, 1, 2, 3, 4].map((scenario) => stripes(scenario, 1, 4).indexOf(0))).toEqual([0, 1, 2, 3, 0])
    expect(stripes(3, 2, 4)).toEqual([1, undefined, undefined, 0])
  })

  it('counts the VUs an open scenario may grow to', () => {
    const plan = constantArrivalRate({ preAllocatedVUs: 1, maxVUs: 3 })
    expect(stripesOf(4).map((worker) => scenarioShard(0, plan, worker)?.count)).toEqual([3, 3, 3, undefined])
  })

  it('belongs to exactly one worker', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.integer({ min: 1, max: 40 }), counts, (scenario, vus, count) => {
        const indices = stripes(scenario, vus, count).filter((index) => index !== undefined)
        const expected = Array.from({ length: Math.min(vus, count) }, (_, index) => index)
        expect(indices.toSorted((a, b) => a - b)).toEqual(expected)
      }),
    )
  })
})
