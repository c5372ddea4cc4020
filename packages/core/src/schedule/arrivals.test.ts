import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Arrival } from '../model/scenario.ts'
import type { OpenPlan, Shard } from '../model/plan.ts'
import { WHOLE, constantArrivalRate, rampingArrivalRate } from './__fixtures__/plans.ts'
import { type Due, arrivals } from './arrivals.ts'
import { plannedIterations, regularEnd } from './planned.ts'

const startsOf = (plan: OpenPlan, shard: Shard = WHOLE, seed = 1): Due[] => [...arrivals(plan, shard, seed)]
const timesOf = (plan: OpenPlan, shard: Shard = WHOLE, seed = 1): number[] =>
  startsOf(plan, shard, seed).map(({ at }) => at)

describe('constant-arrival-rate', () => {
  it('starts 50/s for 10 s exactly 500 times, 20 ms apart, the first at once', () => {
    const times = timesOf(constantArrivalRate({ rate: 50, duration: 10_000 }))
    expect(times).toEqual(Array.from({ length: 500 }, (_, k) => k * 20))
  })

  it.each([
    [{ rate: 1, duration: 1 }, [0]],
    [{ rate: 3, duration: 1_000 }, [0, 1_000 / 3, 2_000 / 3]],
    [{ rate: 0.5, duration: 6_000 }, [0, 2_000, 4_000]],
    [{ rate: 0.3, duration: 10_000 }, [0, 1_000 / 0.3, 2_000 / 0.3]],
    [{ rate: 0.1, timeUnit: 100, duration: 3_000 }, [0, 1_000, 2_000]],
    [{ rate: 30, timeUnit: 60_000, duration: 4_001 }, [0, 2_000, 4_000]],
    [{ rate: 0.0001, duration: 1_000 }, [0]],
  ])('with %o starts at %o: none at the end', (settings, times) => {
    expect(timesOf(constantArrivalRate(settings))).toEqual(times)
  })

  it('interleaves the starts of its stripes', () => {
    const plan = constantArrivalRate({ rate: 50, duration: 200 })
    expect(startsOf(plan, { index: 1, count: 3 })).toEqual([
      { at: 20, iteration: 1 },
      { at: 80, iteration: 4 },
      { at: 140, iteration: 7 },
    ])
  })
})

describe('ramping-arrival-rate', () => {
  it('starts where the area under the rate reaches 1, 2, 3 …, the last at the very end', () => {
    const times = timesOf(
      rampingArrivalRate(0, [
        [5, 1],
        [1, 1],
        [5, 0],
      ]),
    )
    // k6's own golden values for this ramp, whole milliseconds.
    expect(times.map(Math.trunc)).toEqual([3_162, 4_472, 5_500, 6_527, 7_837, 11_000])
    expect(times.at(-1)).toBe(11_000)
  })

  it.each([
    [
      'a jump at the start',
      0,
      [
        [0, 10],
        [0.5, 10],
      ],
      [100, 200, 300, 400, 500],
    ],
    [
      'a pause',
      2,
      [
        [1, 2],
        [0, 0],
        [60, 0],
        [0, 1],
        [2, 1],
      ],
      [500, 1_000, 62_000, 63_000],
    ],
    ['no whole iteration', 0, [[1, 1]], []],
    ['a level stage', 2, [[2, 2]], [500, 1_000, 1_500, 2_000]],
  ] as const)('with %s', (_, startRate, stages, times) => {
    expect(timesOf(rampingArrivalRate(startRate, stages))).toEqual(times)
  })
})

const openPlan: fc.Arbitrary<OpenPlan> = fc
  .record({
    arrival: fc.oneof(
      fc.constantFrom<Arrival>('even', 'poisson'),
      fc.record({ gamma: fc.double({ min: 0.2, max: 5, noNaN: true }) }),
    ),
    timeUnit: fc.constantFrom(100, 1_000, 60_000),
    rate: fc.double({ min: 0.01, max: 50, noNaN: true }),
    duration: fc.integer({ min: 1, max: 20_000 }),
    stages: fc.array(
      fc.tuple(
        fc.oneof(fc.constant(0), fc.double({ min: 0, max: 10, noNaN: true })),
        fc.integer({ min: 0, max: 40 }),
      ),
      { minLength: 1, maxLength: 4 },
    ),
    ramping: fc.boolean(),
  })
  .map(({ arrival, timeUnit, rate, duration, stages, ramping }) =>
    ramping
      ? rampingArrivalRate(rate, stages, { timeUnit, arrival })
      : constantArrivalRate({ rate, duration, timeUnit, arrival }),
  )

describe('rates with a fraction', () => {
  it('start nothing at the end for the error of a sum: 0.56/s for 12.5 s is 7, not 8', () => {
    expect(timesOf(constantArrivalRate({ rate: 0.56, duration: 12_500 }))).toHaveLength(7)
  })

  it('lose nothing at the end of a ramp for the error of a sum, and do not wait for the next ramp', () => {
    const stages = [
      [2, 0.08],
      [3, 0.48],
    ] as const
    expect(timesOf(rampingArrivalRate(0.08, stages))).toEqual([5_000])
    const paused = [...stages, [0, 0], [3_600, 0], [0, 1], [1.5, 1]] as const
    expect(timesOf(rampingArrivalRate(0.08, paused)).map(Math.round)).toEqual([5_000, 3_606_000])
  })
})

describe('the stripes of any plan', () => {
  it('start the iterations of the whole, in order, each once, at the same times', () => {
    fc.assert(
      fc.property(openPlan, fc.integer({ min: 1, max: 16 }), fc.nat(), (plan, count, seed) => {
        const whole = startsOf(plan, WHOLE, seed)
        expect(whole.map(({ iteration }) => iteration)).toEqual(whole.map((_, index) => index))
        const stripes = Array.from({ length: count }, (_, index) => startsOf(plan, { index, count }, seed))
        for (const [index, stripe] of stripes.entries()) {
          expect(stripe).toEqual(whole.filter(({ iteration }) => iteration % count === index))
        }
      }),
      { numRuns: 150 },
    )
  })

  it('are in order of time and end with the plan', () => {
    fc.assert(
      fc.property(openPlan, (plan) => {
        const times = timesOf(plan)
        expect(times.every((at, place) => place === 0 || at >= (times[place - 1] ?? 0))).toBe(true)
        const end = regularEnd(plan)
        const mayStartAtEnd = plan.executor === 'ramping-arrival-rate' && plan.arrival === 'even'
        expect(times.every((at) => (mayStartAtEnd ? at <= end : at < end))).toBe(true)
        if (plan.arrival === 'even') expect(times).toHaveLength(plannedIterations(plan) ?? -1)
      }),
      { numRuns: 150 },
    )
  })
})

const random = (name: string) => constantArrivalRate({ name, rate: 20, duration: 5_000, arrival: 'poisson' })

describe('arrivals', () => {
  it('are made as they are asked for', () => {
    const year = constantArrivalRate({ rate: 10_000, duration: 365 * 86_400_000 })
    const starts = arrivals(year, { index: 0, count: 2 }, 1)
    expect([starts.next().value, starts.next().value]).toEqual([
      { at: 0, iteration: 0 },
      { at: 0.2, iteration: 2 },
    ])
  })

  it('at random are the same for the same seed and scenario', () => {
    expect(timesOf(random('chat'), WHOLE, 7)).toEqual(timesOf(random('chat'), WHOLE, 7))
  })

  it('at random differ with the seed and with the scenario', () => {
    const times = timesOf(random('chat'), WHOLE, 7)
    expect(timesOf(random('chat'), WHOLE, 8)).not.toEqual(times)
    expect(timesOf(random('chat'), WHOLE, 7 + 2 ** 32)).not.toEqual(times)
    expect(timesOf(random('search'), WHOLE, 7)).not.toEqual(times)
  })
})

/** How many of the times fall into each window. */
function countPer(times: readonly number[], window: number, end: number): number[] {
  const counts = Array.from({ length: end / window }, () => 0)
  for (const at of times) {
    const place = Math.floor(at / window)
    counts[place] = (counts[place] ?? 0) + 1
  }
  return counts
}

/** How the counts of many equal windows are spread: mean, and variance over mean (1 for Poisson). */
function spread(times: readonly number[], window: number, end: number) {
  const counts = countPer(times, window, end)
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length
  const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length
  return { mean, dispersion: variance / mean }
}

describe('random arrivals', () => {
  const end = 4_000_000
  const at = (arrival: Arrival) => timesOf(constantArrivalRate({ rate: 10, duration: end, arrival }))

  // 40 000 arrivals: the standard error of the mean is 0.5 %, of the dispersion over 4 000 windows 2.2 %.
  it.each<[string, Arrival, number]>([
    ['poisson', 'poisson', 1],
    ['gamma 1, the same as poisson', { gamma: 1 }, 1],
    ['gamma 4, more even', { gamma: 4 }, 1 / 4],
    ['gamma 0.25, bursty', { gamma: 0.25 }, 4],
  ])('keep the mean rate and have the spread of their process: %s', (_, arrival, dispersion) => {
    const seen = spread(at(arrival), 4_000, end)
    expect(seen.mean).toBeGreaterThan(40 * 0.97)
    expect(seen.mean).toBeLessThan(40 * 1.03)
    expect(seen.dispersion).toBeGreaterThan(dispersion * 0.85)
    expect(seen.dispersion).toBeLessThan(dispersion * 1.15)
  })

  it('follow a ramp: each quarter of it holds its share of the area', () => {
    const times = timesOf(rampingArrivalRate(0, [[1_000, 40]], { arrival: 'poisson' }))
    const quarters = [1, 3, 5, 7].map((part) => (part / 16) * 20_000)
    for (const [place, count] of countPer(times, 250_000, 1_000_000).entries()) {
      const expected = quarters[place] ?? 0
      expect(Math.abs(count - expected)).toBeLessThan(4 * Math.sqrt(expected))
    }
  })
})
