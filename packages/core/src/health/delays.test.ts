import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Delays } from './delays.ts'

const weighed = fc.array(
  fc.record({
    delay: fc.double({ min: 0, max: 1e6, noNaN: true }),
    weight: fc.integer({ min: 1, max: 1_000 }),
  }),
  { minLength: 1 },
)

function delaysOf(values: readonly { delay: number; weight: number }[]): Delays {
  const delays = new Delays()
  for (const { delay, weight } of values) delays.add(delay, weight)
  return delays
}

/** The exact quantile, every delay written down as often as it weighs. */
function exact(values: readonly { delay: number; weight: number }[], share: number): number {
  const sorted = values.toSorted((a, b) => a.delay - b.delay)
  let left = share * sorted.reduce((sum, { weight }) => sum + weight, 0)
  return sorted.find(({ weight }) => (left -= weight) <= 0)?.delay ?? Number.NaN
}

describe('a quantile of delays', () => {
  it('is at most 9 % above the exact one, and never below it where it is long enough to matter', () => {
    fc.assert(
      fc.property(weighed, fc.constantFrom(0.5, 0.9, 0.995, 1), (values, share) => {
        const found = delaysOf(values).quantile(share) ?? Number.NaN
        const truth = exact(values, share)
        expect(found).toBeGreaterThanOrEqual(truth <= 0.05 ? 0 : truth * (1 - 1e-9))
        expect(found).toBeLessThanOrEqual(Math.max(0.05, truth * 2 ** (1 / 8)))
      }),
    )
  })

  it('is none of nothing, nor of what weighs nothing', () => {
    expect(delaysOf([]).quantile(0.5)).toBeUndefined()
    expect(delaysOf([{ delay: 5, weight: 0 }]).quantile(0.5)).toBeUndefined()
  })

  it('counts a delay as often as it weighs', () => {
    const delays = delaysOf([
      { delay: 0, weight: 989 },
      { delay: 40, weight: 11 },
    ])
    expect(delays.quantile(0.98)).toBe(0)
    expect(delays.quantile(0.99)).toBeGreaterThanOrEqual(40)
  })
})

describe('delays on their way from a worker', () => {
  it('merge to what they were together, however they were cut', () => {
    fc.assert(
      fc.property(weighed, weighed, (first, second) => {
        const merged = new Delays()
        merged.merge(delaysOf(first).take())
        merged.merge(delaysOf(second).take())
        expect(merged.counts()).toEqual(delaysOf([...first, ...second]).counts())
      }),
    )
  })

  it('are forgotten once taken', () => {
    const delays = delaysOf([{ delay: 5, weight: 3 }])
    expect(delays.take()).toHaveLength(1)
    expect([delays.take(), delays.total]).toEqual([[], 0])
  })
})
