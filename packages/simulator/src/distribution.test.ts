import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { draw, drawCount, parseDistribution, type Distribution } from './distribution.ts'
import { seeded } from './random.ts'

const SHAPES: readonly Distribution[] = [
  { fixed: 200 },
  { normal: [200, 20] },
  { lognormal: { median: 200, sigma: 0.3 } },
  { uniform: [100, 300] },
]

describe('a distribution', () => {
  it.each<[unknown, Distribution]>([
    [200, { fixed: 200 }],
    ['200', { fixed: 200 }],
    ['0.5', { fixed: 0.5 }],
    ['fixed:7', { fixed: 7 }],
    ['normal:200,20', { normal: [200, 20] }],
    ['lognormal:200, 0.3', { lognormal: { median: 200, sigma: 0.3 } }],
    ['uniform:100,300', { uniform: [100, 300] }],
    ...SHAPES.map((shape): [unknown, Distribution] => [shape, shape]),
  ])('is read from %j', (spec, parsed) => {
    expect(parseDistribution(spec)).toEqual(parsed)
  })

  it.each([
    '',
    'soon',
    '-1',
    '1,2',
    'normal:1',
    'normal:1,',
    'normal:1,2,3',
    'gamma:1,2',
    'uniform:3,1',
    'lognormal:-1,0.3',
    -1,
    Number.NaN,
    Infinity,
    true,
    null,
    {},
    [1],
    { fixed: '1' },
    { fixed: 1, normal: [1, 1] },
    { normal: [1] },
    { uniform: [2, 1] },
    { lognormal: { median: 1 } },
    { lognormal: [1, 2] },
    { lognormal: { median: 1, sigma: 1, mean: 1 } },
  ])('is not read from %j', (spec) => {
    expect(parseDistribution(spec)).toBeUndefined()
  })

  it.each(SHAPES)('%j has its centre at 200', (shape) => {
    const random = seeded(1, 1)
    const draws = Array.from({ length: 20_000 }, () => draw(shape, random)).toSorted((a, b) => a - b)
    const centre =
      'lognormal' in shape ? draws[10_000] : draws.reduce((sum, value) => sum + value, 0) / draws.length
    expect(centre).toBeGreaterThan(197)
    expect(centre).toBeLessThan(203)
  })

  it('has the spread it is given', () => {
    const random = seeded(1, 1)
    const deviation = (values: readonly number[], centre: number) =>
      Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / values.length)
    const normal = Array.from({ length: 20_000 }, () => draw({ normal: [200, 20] }, random))
    const logs = Array.from({ length: 20_000 }, () =>
      Math.log(draw({ lognormal: { median: 200, sigma: 0.3 } }, random)),
    )
    expect(deviation(normal, 200)).toBeCloseTo(20, 0)
    expect(deviation(logs, Math.log(200))).toBeCloseTo(0.3, 2)
  })

  it('is never negative and keeps its bounds', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.float({ min: 0, max: 100, noNaN: true }),
        fc.float({ min: 0, max: 100, noNaN: true }),
        (seed, a, b) => {
          const random = seeded(seed, 1)
          expect(draw({ normal: [a, b] }, random)).toBeGreaterThanOrEqual(0)
          const value = draw({ uniform: [a, a + b] }, random)
          expect(value).toBeGreaterThanOrEqual(a)
          expect(value).toBeLessThanOrEqual(a + b)
        },
      ),
    )
  })

  it('drawn as a count is whole, takes fixed values as they are and random ones from the least on', () => {
    const random = seeded(1, 1)
    expect(drawCount({ fixed: 0 }, random, 1)).toBe(0)
    expect(drawCount({ fixed: 2.6 }, random, 1)).toBe(3)
    expect(drawCount({ uniform: [0, 0.4] }, random, 1)).toBe(1)
    expect(drawCount({ uniform: [0, 0.4] }, random, 0)).toBe(0)
    expect(drawCount({ fixed: 1e12 }, random, 1)).toBe(1_000_000)
  })
})

describe('a seeded sequence', () => {
  it('is the same for the same seed and request, and another for any other', () => {
    const take = (seed: number, n: number) => Array.from({ length: 5 }, seeded(seed, n))
    expect(take(1, 1)).toEqual(take(1, 1))
    const starts = new Set([1, 2, 3].flatMap((seed) => [1, 2, 3].map((n) => seeded(seed, n)())))
    expect(starts.size).toBe(9)
  })

  it('is even over the first draws of many requests', () => {
    const tenths = Array.from({ length: 10 }, () => 0)
    for (let n = 1; n <= 20_000; n++) {
      const tenth = Math.floor(seeded(1, n)() * 10)
      tenths[tenth] = (tenths[tenth] ?? 0) + 1
    }
    for (const count of tenths) expect(Math.abs(count - 2_000)).toBeLessThan(200)
  })
})
