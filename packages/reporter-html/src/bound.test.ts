import type { ThresholdSummary } from 'loadbench/report'
import { describe, expect, it } from 'vitest'
import { boundLines, readBound } from './bound.ts'

const threshold = (expression: string, more: Partial<ThresholdSummary> = {}): ThresholdSummary => ({
  metric: 'ttft',
  expression,
  unit: 'ms',
  passed: true,
  aborted: false,
  ...more,
})

describe('reading an expression', () => {
  it.each([
    ['rate<1%', { aggregation: 'rate', operator: '<', value: 0.01 }],
    ['count >= 1e3', { aggregation: 'count', operator: '>=', value: 1_000 }],
    ['p( 99.9 ) <= 1.5s over 30s', { aggregation: 'p(99.9)', operator: '<=', value: 1_500 }],
    ['value!==3', undefined],
    ['fails===0', { aggregation: 'fails', operator: '===', value: 0 }],
    ['p(95)<5 parsecs', undefined],
    ['', undefined],
  ])('%s', (expression, expected) => {
    expect(readBound(expression)).toEqual(expected)
  })
})

describe('a line in a chart of percentiles', () => {
  it.each([
    ['p(95)<550', 550],
    ['p(99.9) <= 1.5s', 1_500],
    ['p(99)<800ms over 30s', 800],
    ['med<250', 250],
    ['p(95)<900us', 0.9],
    ['p(50)>1m', 60_000],
  ])('%s is drawn at %d ms', (expression, value) => {
    expect(boundLines([threshold(expression)], 'ttft')).toEqual([{ value, label: expression }])
  })

  it.each(['avg<300', 'max<5s', 'count>100', 'p(95)==5', 'p(95)<', 'p(95)<5 parsecs', ''])(
    '%s is not drawn',
    (expression) => {
      expect(boundLines([threshold(expression)], 'ttft')).toEqual([])
    },
  )

  it('is not drawn for another metric or in another unit', () => {
    const others = [threshold('p(95)<1', { metric: 'itl' }), threshold('p(95)<1', { unit: 'tok' })]
    expect(boundLines(others, 'ttft')).toEqual([])
  })

  it('is drawn for the part it names and for no other', () => {
    const own = threshold('p(95)<1', { metric: 'ttft{scenario:a}' })
    expect(boundLines([own], 'ttft{scenario:a}')).toHaveLength(1)
    expect(boundLines([own], 'ttft')).toEqual([])
  })

  it('stands where the run read the bound, whatever this version reads', () => {
    expect(boundLines([threshold('p(95)<550', { bound: 551 })], 'ttft')[0]?.value).toBe(551)
  })
})
