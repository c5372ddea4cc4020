import { describe, expect, it } from 'vitest'
import type { ThresholdPlan } from '../model/plan.ts'
import { Crossings } from './crossings.ts'

const plan = (expression: string): ThresholdPlan => ({
  key: 'ttft',
  metric: 'ttft',
  selector: {},
  expression,
  abortOnFail: false,
  delayAbortEval: 0,
  noData: 'fail',
})

/** Seconds at which a threshold is marked that stands like this, second by second; `-`: without data. */
function crossingsOf(expression: string, course: string): number[] {
  const one = plan(expression)
  const crossings = new Crossings()
  for (const [index, sign] of course.split('').entries()) {
    const verdict = {
      plan: one,
      unit: 'ms',
      passed: sign !== 'x',
      noData: sign === '-',
      abort: false,
    } as const
    crossings.observe([verdict], (index + 1) * 1_000)
  }
  return crossings.markers().map(({ at }) => at)
}

describe('a threshold is marked', () => {
  it.each([
    ['when it stops holding', 'p(95)<550', '..xx.x', [3, 6]],
    ['at its first value, where that exceeds it', 'p(95)<550', '-x..', [2]],
    ['not before it was reached', 'count>100', 'xxx..', []],
    ['when what was reached is lost again', 'rate>0.9', 'x..x', [4]],
    ['never while it holds', 'p(95)<550', '....', []],
    ['the last five times', 'p(95)<550', '.x.x.x.x.x.x', [4, 6, 8, 10, 12]],
  ])('%s', (_, expression, course, expected) => {
    expect(crossingsOf(expression, course)).toEqual(expected)
  })

  it('under its key and expression', () => {
    const crossings = new Crossings()
    crossings.observe(
      [{ plan: plan('p(95)<550'), unit: 'ms', passed: false, noData: false, abort: false }],
      3_500,
    )
    expect(crossings.markers()).toEqual([{ at: 3.5, kind: 'threshold', label: 'ttft p(95)<550' }])
  })
})
