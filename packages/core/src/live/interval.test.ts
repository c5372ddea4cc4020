import { describe, expect, it } from 'vitest'
import { recorded, REQUESTS } from '../metrics/__fixtures__/recorded.ts'
import { Totals } from '../metrics/totals.ts'
import { intervalOf } from './interval.ts'

function rateOf(...times: readonly (readonly [from: number, to: number])[]): number | undefined {
  const totals = new Totals()
  for (const [from, to] of times)
    totals.merge({ ...recorded(0, 0, [{ metric: REQUESTS, value: 30, tags: {} }]), from, to })
  return intervalOf(0, totals, []).points[0]?.values['rate']
}

describe('a rate of an interval, as outputs get it', () => {
  it.each([
    ['a second', [[2_000, 3_000]], 30],
    [
      'two workers in a second',
      [
        [2_000, 3_000],
        [2_000, 3_000],
      ],
      60,
    ],
    [
      'a second with the half that came after it',
      [
        [2_000, 3_000],
        [3_000, 3_500],
      ],
      40,
    ],
    ['seconds a busy worker told as one', [[2_000, 5_000]], 10],
    ['setup(), which has no time, as if it had taken a second', [[0, 0]], 30],
  ] as const)('is that of %s', (_, times, rate) => {
    expect(rateOf(...times)).toBe(rate)
  })
})
