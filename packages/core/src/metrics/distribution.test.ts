import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { recorded, TTFT } from './__fixtures__/recorded.ts'
import { distributionsOf } from './distribution.ts'
import { Totals } from './totals.ts'

function distributionOf(values: readonly number[], shards = 1) {
  const totals = new Totals()
  for (let shard = 0; shard < shards; shard += 1) {
    const own = values.filter((_, index) => index % shards === shard)
    totals.merge(
      recorded(
        shard,
        0,
        own.map((value) => ({ metric: TTFT, value, tags: {} })),
      ),
    )
  }
  const [found] = distributionsOf(totals, [])
  if (found === undefined) throw new Error('there is no distribution')
  return { ...found, of: (percent: number) => totals.select('ttft', {})?.value(`p(${percent})`, 1_000) }
}

/** To the microsecond, as histograms keep them. */
const durations = fc.array(
  fc.oneof(fc.nat({ max: 3_600_000_000 }), fc.nat({ max: 20_000 })).map((micros) => micros / 1_000),
  { minLength: 1, maxLength: 200 },
)

describe('a distribution', () => {
  it('counts every value in a bucket of its size, twelve a decade, without gaps between', () => {
    fc.assert(
      fc.property(durations, (values) => {
        const { buckets, count } = distributionOf(values)
        expect(count).toBe(values.length)
        expect(buckets.reduce((sum, [, , inside]) => sum + inside, 0)).toBe(values.length)
        expect(buckets[0]?.[2]).toBeGreaterThan(0)
        expect(buckets.at(-1)?.[2]).toBeGreaterThan(0)
        // Histograms keep 3 digits, so that a value may stand up to 0.1 % beside its place.
        expect(Math.min(...values)).toBeGreaterThanOrEqual((buckets[0]?.[0] ?? NaN) * 0.998 - 0.001)
        expect(Math.max(...values)).toBeLessThanOrEqual((buckets.at(-1)?.[1] ?? NaN) * 1.002 + 0.001)
        for (const [index, [from, to]] of buckets.entries()) {
          expect(from).toBe(index === 0 ? from : buckets[index - 1]?.[1])
          if (from > 0) expect(to / from).toBeCloseTo(10 ** (1 / 12), 2)
        }
      }),
    )
  })

  it('gives percentiles as everything else does, rising to the largest value', () => {
    fc.assert(
      fc.property(durations, (values) => {
        const { percentiles, of } = distributionOf(values)
        expect(percentiles[0]).toEqual([0, Math.min(...values)])
        expect(percentiles.at(-1)).toEqual([1, Math.max(...values)])
        expect(percentiles.map(([, value]) => value)).toEqual(
          percentiles.map(([, value]) => value).toSorted((a, b) => a - b),
        )
        for (const [share, value] of percentiles.slice(1)) expect(value).toBe(of(share * 100))
      }),
    )
  })

  it('has the ticks of HdrHistogram: five for each halving of what is left', () => {
    const { percentiles } = distributionOf(Array.from({ length: 40 }, (_, index) => index + 1))
    expect(percentiles.map(([share]) => share)).toEqual([
      0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.775, 0.8, 0.825, 0.85, 0.875, 0.8875, 0.9,
      0.9125, 0.925, 0.9375, 0.94375, 0.95, 0.95625, 0.9625, 0.96875, 0.971875, 0.975, 1,
    ])
  })

  it('is the same however the values are spread over shards', () => {
    fc.assert(
      fc.property(durations, fc.integer({ min: 1, max: 5 }), (values, shards) => {
        const { of: _, ...spread } = distributionOf(values, shards)
        const { of: __, ...whole } = distributionOf(values)
        expect(spread).toEqual(whole)
      }),
    )
  })

  it('stands for the whole and for each part with data', () => {
    const totals = new Totals()
    totals.merge(recorded(0, 0, [{ metric: TTFT, value: 5, tags: { scenario: 'a' } }]))
    const parts = ['a', 'b'].map((scenario) => ({ label: scenario, tags: { scenario } }))
    expect(
      distributionsOf(totals, parts).map(({ metric, tags, unit, count }) => [metric, tags, unit, count]),
    ).toEqual([
      ['ttft', {}, 'ms', 1],
      ['ttft', { scenario: 'a' }, 'ms', 1],
    ])
  })
})
