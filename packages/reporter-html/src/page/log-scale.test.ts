import fc from 'fast-check'
import { expect, it } from 'vitest'
import { logTicks, placeOfShare, shareTicks } from './log-scale.ts'

it.each([
  [8, 60, [10, 20, 50]],
  [150, 300, [160, 180, 200, 250, 300]],
  [50, 7_000, [50, 100, 200, 500, 1_000, 2_000, 5_000]],
  [0.5, 90_000, [1, 10, 100, 1_000, 10_000]],
  [0.0004, 0.003, [0.0005, 0.001, 0.002]],
])('ticks from %d to %d', (from, to, values) => {
  expect(logTicks(from, to, 7).map(({ value }) => value)).toEqual(values)
})

it('never has more ticks than there is room for, unless powers of ten alone are more', () => {
  const size = fc.double({ min: 1e-3, max: 1e5, noNaN: true })
  fc.assert(
    fc.property(size, fc.double({ min: 1.1, max: 1e4, noNaN: true }), (from, factor) => {
      const ticks = logTicks(from, from * factor, 9)
      expect(ticks.length).toBeLessThanOrEqual(9)
      for (const { value } of ticks) {
        expect(value).toBeGreaterThanOrEqual(from)
        expect(value).toBeLessThanOrEqual(from * factor)
      }
    }),
  )
})

it('gives each nine of a percentile the same room', () => {
  expect(placeOfShare(0)).toBeCloseTo(0)
  expect(placeOfShare(0.9)).toBeCloseTo(1)
  expect(placeOfShare(0.999)).toBeCloseTo(3)
  expect(shareTicks(0.995).map(({ value }) => value)).toEqual([0, 0.5, 0.9, 0.99])
})
