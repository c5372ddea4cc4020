import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ceiling } from './ceiling.ts'

it.each([
  ['there is no bound', 400, []],
  ['the bound lies among the values', 400, [300]],
  ['the bound would press the values flat', 100, [251]],
  ['there are no values', 0, [300]],
])('leaves the axis alone where %s', (_, highest, bounds) => {
  expect(ceiling(highest, bounds)).toBeUndefined()
})

it('makes a near bound visible, below a round top', () => {
  expect(ceiling(400, [550])).toBe(600)
  expect(ceiling(400, [550, 5_000])).toBe(600)
})

it('always ends above values and near bounds, and not far above', () => {
  const size = fc.double({ min: 0.01, max: 1e6, noNaN: true })
  fc.assert(
    fc.property(size, fc.double({ min: 1, max: 2.5, noNaN: true }), (highest, factor) => {
      const top = ceiling(highest, [highest * factor]) ?? Number.NaN
      expect(top).toBeGreaterThan(highest * factor)
      expect(top).toBeLessThan(highest * factor * 2)
    }),
  )
})
