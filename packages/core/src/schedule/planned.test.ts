import { describe as suite, expect, it } from 'vitest'
import type { ScenarioPlan } from '../model/plan.ts'
import {
  constantArrivalRate,
  constantVus,
  perVuIterations,
  rampingArrivalRate,
  rampingVus,
  sharedIterations,
} from './__fixtures__/plans.ts'
import { describe } from './describe.ts'
import { maximumEnd, maximumVusOf, plannedIterations, plannedVus, rateAt, regularEnd } from './planned.ts'

interface Facts {
  readonly plan: ScenarioPlan
  readonly ends: readonly [regular: number, maximum: number]
  readonly vus: readonly [initial: number, maximum: number]
  readonly iterations: number | undefined
  readonly line: string
}

const FACTS: readonly Facts[] = [
  {
    plan: sharedIterations({ vus: 2, iterations: 10 }),
    ends: [600_000, 630_000],
    vus: [2, 2],
    iterations: 10,
    line: '10 iterations shared by 2 VUs, 10m at most, 30s to finish',
  },
  {
    plan: perVuIterations({ vus: 1, iterations: 1, maxDuration: 5_000, gracefulStop: 0 }),
    ends: [5_000, 5_000],
    vus: [1, 1],
    iterations: 1,
    line: '1 iteration by each of 1 VU, 5s at most',
  },
  {
    plan: perVuIterations({ vus: 3, iterations: 4 }),
    ends: [600_000, 630_000],
    vus: [3, 3],
    iterations: 12,
    line: '4 iterations by each of 3 VUs, 10m at most, 30s to finish',
  },
  {
    plan: constantVus({ vus: 5, duration: 90_000, startTime: 10_000, exec: 'search' }),
    ends: [90_000, 120_000],
    vus: [5, 5],
    iterations: undefined,
    line: '5 VUs for 1m30s, 30s to finish, starts after 10s, runs search()',
  },
  {
    plan: rampingVus(
      2,
      [
        [10, 50],
        [20, 0],
      ],
      { gracefulStop: 5_000 },
    ),
    ends: [30_000, 35_000],
    vus: [2, 50],
    iterations: undefined,
    line: 'up to 50 VUs, 2 stages in 30s, 30s to finish on the way down, 5s to finish',
  },
  {
    plan: constantArrivalRate({ rate: 90, timeUnit: 60_000, duration: 60_000, onSaturation: 'queue' }),
    ends: [60_000, 90_000],
    vus: [10, 10],
    iterations: 90,
    line: '90 iterations/min for 1m, 10 VUs, queued while all are busy, 30s to finish',
  },
  {
    plan: constantArrivalRate({ rate: 2, timeUnit: 10_000, arrival: { gamma: 0.5 }, duration: 60_000 }),
    ends: [60_000, 90_000],
    vus: [10, 10],
    iterations: undefined,
    line: '2 iterations per 10s at random (gamma 0.5) for 1m, 10 VUs, 30s to finish',
  },
  {
    plan: rampingArrivalRate(
      2,
      [
        [5, 2],
        [2, 40],
        [8, 2],
      ],
      { preAllocatedVUs: 50, maxVUs: 200 },
    ),
    ends: [15_000, 45_000],
    vus: [50, 200],
    iterations: 220,
    line: 'up to 40 iterations/s, 3 stages in 15s, 50 to 200 VUs, 30s to finish',
  },
  {
    plan: rampingArrivalRate(1, [[3_600, 1]], { timeUnit: 3_600_000, arrival: 'poisson' }),
    ends: [3_600_000, 3_630_000],
    vus: [10, 10],
    iterations: undefined,
    line: 'up to 1 iteration/h at random (poisson), 1 stage in 1h, 10 VUs, 30s to finish',
  },
]

suite.each(FACTS)('$plan.executor: $line', ({ plan, ends, vus, iterations, line }) => {
  it('has its ends', () => expect([regularEnd(plan), maximumEnd(plan)]).toEqual(ends))
  it('has its VUs', () => expect(plannedVus(plan)).toEqual({ initial: vus[0], maximum: vus[1] }))
  it('has its number of iterations, where the plan fixes it', () =>
    expect(plannedIterations(plan)).toBe(iterations))
  it('is described in one line', () => expect(describe(plan)).toBe(line))
})

suite('the rate at a time', () => {
  it('is per second, whatever the time unit', () => {
    expect(rateAt(constantArrivalRate({ rate: 90, timeUnit: 60_000 }), 3_000)).toBe(1.5)
    expect(rateAt(rampingArrivalRate(0, [[10, 40]]), 5_000)).toBe(20)
  })

  it('is 0 once the scenario has ended', () => {
    expect(rateAt(constantArrivalRate({ rate: 90, duration: 1_000 }), 1_000)).toBe(0)
  })
})

const from = (startTime: number, vus: number, gracefulStop = 0) =>
  constantVus({ startTime, vus, gracefulStop, duration: 10_000 })

suite('the VUs of several scenarios', () => {
  it.each([
    ['none', [], 0],
    ['one', [from(0, 3)], 3],
    ['at the same time', [from(0, 3), from(5_000, 4)], 7],
    ['one after the other', [from(0, 3), from(10_000, 4)], 4],
    ['one in the other’s graceful stop', [from(0, 3, 1), from(10_000, 4)], 7],
    ['the first and the second, the second and the third', [from(0, 9), from(5_000, 4), from(10_000, 8)], 13],
  ])('%s', (_, plans, vus) => {
    expect(maximumVusOf(plans)).toBe(vus)
  })
})
