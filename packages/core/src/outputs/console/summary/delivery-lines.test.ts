import { describe, expect, it } from 'vitest'
import type { ScenarioDelivery, ScenarioSummary } from '../../../model/scenario-summary.ts'
import { SUMMARY } from '../../__fixtures__/summary.ts'
import { paint } from '../paint.ts'
import { deliveryLines } from './delivery-lines.ts'

/** Arrivals over 10 s. */
function scenario(started: number, dropped: number, intended: number, late = 0): ScenarioSummary {
  const delivery: ScenarioDelivery = {
    intended,
    intendedRate: intended / 10,
    achievedRate: started / 10,
    late,
  }
  const counts = { started, completed: started, dropped, interrupted: 0 }
  return { name: 'spike', executor: 'constant-arrival-rate', description: '', ...counts, delivery }
}
const linesOf = (one: ScenarioSummary, lacking = false) =>
  deliveryLines({ ...SUMMARY, scenarios: [one] }, paint(false), lacking)

describe('the line of an arrival rate', () => {
  it.each([
    ['all of it', scenario(400, 0, 400), '✓ spike  40 of 40 iterations/s  100%  0 dropped, 0 late'],
    ['99 %', scenario(396, 4, 400, 2), '✓ spike  39.6 of 40 iterations/s  99.00%  4 dropped, 2 late'],
    ['less', scenario(395, 5, 400), '! spike  39.5 of 40 iterations/s  98.75%  5 dropped, 0 late'],
    [
      'less, none dropped',
      scenario(390, 0, 400),
      '! spike  39 of 40 iterations/s  97.50%  0 dropped, 0 late',
    ],
    ['one less of a few', scenario(19, 0, 20), '✓ spike  1.9 of 2 iterations/s  95.00%  0 dropped, 0 late'],
    [
      'one of a few dropped',
      scenario(19, 1, 20),
      '! spike  1.9 of 2 iterations/s  95.00%  1 dropped, 0 late',
    ],
  ])('says how much came about: %s', (_, one, line) => {
    expect(linesOf(one)).toEqual([line])
  })

  it('is left out of the short summary unless some of the load is missing', () => {
    expect(linesOf(scenario(400, 0, 400), true)).toEqual([])
    expect(linesOf(scenario(300, 100, 400), true)).toHaveLength(1)
  })

  it('is not there for other executors', () => {
    const { delivery: _, ...closed } = scenario(1, 0, 1)
    expect(linesOf(closed)).toEqual([])
  })
})
