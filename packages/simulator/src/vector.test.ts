import { expect, it } from 'vitest'
import { unitVector } from './vector.ts'

it.each([1, 2, 1_024, 4_096])('a vector of %i dimensions has length 1', (dimensions) => {
  const vector = unitVector('some text', dimensions)
  expect(vector).toHaveLength(dimensions)
  expect(vector.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 5)
})

it('is the same for the same text and another for another', () => {
  expect(unitVector('a', 8)).toEqual(unitVector('a', 8))
  expect(unitVector('a', 8)).not.toEqual(unitVector('b', 8))
})
