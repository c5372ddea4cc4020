import type { ThresholdSummary } from 'loadbench/report'
import { describe, expect, it } from 'vitest'
import { run } from './__fixtures__/run.ts'
import { margin, observed } from './threshold-words.ts'

const { summary } = run()
const threshold = (metric: string, expression: string, value?: number): ThresholdSummary => ({
  metric,
  expression,
  unit: /^(?:ttft|itl)/.test(metric) ? 'ms' : '',
  passed: true,
  aborted: false,
  ...(value === undefined ? {} : { observed: value }),
})

describe('what a threshold saw', () => {
  it.each([
    ['ttft', 'p(95)<550', 612.48, '612 ms'],
    ['ttft{scenario:ramp}', 'p(99)<2s', 1_315, '1.32 s'],
    ['ttft', 'count>10', 1_342, '1,342'],
    ['request_failed', 'rate<1%', 0.0338, '3.38%'],
    ['request_failed', 'fails>10', 1_342, '1,342'],
    ['requests', 'rate>10', 23.04, '23.0 /s'],
    ['requests', 'count>1000', 1_389, '1,389'],
    ['vus', 'value<100', 12, '12'],
  ])('%s %s: %d reads %s', (metric, expression, value, text) => {
    expect(observed(threshold(metric, expression, value), summary).replaceAll('\u202f', ' ')).toBe(text)
  })

  it('may be nothing', () => {
    expect(observed(threshold('ttft', 'p(95)<550'), summary)).toBe('no data')
  })
})

describe('the distance from the bound', () => {
  it.each([
    ['p(95)<550', 231, '58% below'],
    ['p(95)<550', 612.48, '11% above'],
    ['p(95)<550', 549.9, '<1% below'],
    ['p(95)<550', 550, 'at the bound'],
    ['p(95)<550', 1_859, '3.4× the bound'],
  ])('%s with %d is %s', (expression, value, text) => {
    expect(margin(threshold('ttft', expression, value))).toBe(text)
  })

  it.each([
    ['rate<1%', 0, '1 point below'],
    ['rate<1%', 1, '99 points above'],
    ['rate>0.9', 0.93, '3 points above'],
    ['rate<5%', 0.073_33, '2.33 points above'],
    ['rate<5%', 0.050_001, '<0.01 points above'],
  ])('of a share is in percentage points: %s with %d is %s', (expression, value, text) => {
    expect(margin(threshold('request_failed', expression, value))).toBe(text)
  })

  it.each([
    ['a bound of 0 has no part of it', 'count<0', 5],
    ['equal or not has no distance', 'value==3', 5],
    ['an expression of another version', 'p95 below 3', 5],
    ['nothing was seen', 'p(95)<3', undefined],
  ])('is not said where %s', (_, expression, value) => {
    expect(margin(threshold('ttft', expression, value))).toBe('')
  })
})
