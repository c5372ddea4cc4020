import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ceiling } from './ceiling.ts'

const of = (highest: number, ...bounds: readonly number[]) =>
  ceiling(
    highest,
    bounds.map((value) => ({ value })),
  )

it.each([
  ['there is no bound', 400, []],
  ['the bound lies among the values', 400, [300]],
  ['the bound would press the values flat', 100, [251]],
  ['there are no values', 0, [300]],
])('leaves the axis alone where %s', (_, highest, bounds) => {
  expect(of(highest, ...bounds)).toBeUndefined()
})

it('makes a near bound visible, below a round top', () => {
  expect(of(400, 550)).toEqual({ max: 600, interval: 200 })
  expect(of(400, 550, 5_000)).toEqual({ max: 600, interval: 200 })
})

it('always ends above values and near bounds, not far above, and at a tick', () => {
  const size = fc.double({ min: 0.01, max: 1e6, noNaN: true })
  fc.assert(
    fc.property(size, fc.double({ min: 1, max: 2.5, noNaN: true }), (highest, factor) => {
      const { max, interval } = of(highest, highest * factor) ?? { max: Number.NaN, interval: 1 }
      expect(max).toBeGreaterThan(highest * factor)
      expect(max).toBeLessThan(highest * factor * 2)
      expect(max / interval).toBeCloseTo(Math.round(max / interval))
    }),
  )
})
