import { describe, expect, it } from 'vitest'
import { type RandomArrival, randomAreas } from './arrival-process.ts'
import { seeded } from '../model/random.ts'

/** Mean and variance of the first gaps. */
function gapsOf(arrival: RandomArrival, amount: number) {
  const areas = randomAreas(arrival, seeded(42))
  let before = 0
  let sum = 0
  let squares = 0
  for (let drawn = 0; drawn < amount; drawn++) {
    const area = areas.next().value
    const gap = area - before
    before = area
    sum += gap
    squares += gap * gap
  }
  const mean = sum / amount
  return { mean, variance: squares / amount - mean * mean }
}

describe('gaps between random arrivals', () => {
  it.each<[string, RandomArrival, number]>([
    ['poisson', 'poisson', 1],
    ['gamma 0.5', { gamma: 0.5 }, 2],
    ['gamma 1', { gamma: 1 }, 1],
    ['gamma 3', { gamma: 3 }, 1 / 3],
    ['gamma 50', { gamma: 50 }, 1 / 50],
  ])('of %s have mean 1 and the variance 1/shape', (_, arrival, variance) => {
    const gaps = gapsOf(arrival, 200_000)
    expect(Math.abs(gaps.mean - 1)).toBeLessThan(0.016)
    expect(gaps.variance / variance).toBeGreaterThan(0.96)
    expect(gaps.variance / variance).toBeLessThan(1.04)
  })
})
