import type { ThresholdSummary } from 'loadbench/report'
import { expect, it } from 'vitest'
import { boundsOf } from './bound.ts'

const threshold = (expression: string, more: Partial<ThresholdSummary> = {}): ThresholdSummary => ({
  metric: 'ttft',
  expression,
  unit: 'ms',
  passed: true,
  aborted: false,
  ...more,
})

it.each([
  ['p(95)<550', 550],
  ['p(99.9) <= 1.5s', 1_500],
  ['p(99)<800ms over 30s', 800],
  ['med<250', 250],
  ['p(95)<900us', 0.9],
  ['p(50)>1m', 60_000],
])('%s is drawn at %d ms', (expression, value) => {
  expect(boundsOf([threshold(expression)], 'ttft')).toEqual([{ value, label: expression }])
})

it.each(['avg<300', 'max<5s', 'count>100', 'p(95)<', 'p(95)<5 parsecs', ''])(
  '%s is not drawn',
  (expression) => {
    expect(boundsOf([threshold(expression)], 'ttft')).toEqual([])
  },
)

it('draws no bound of another metric, of a part of it or in another unit', () => {
  const others = [
    threshold('p(95)<1', { metric: 'itl' }),
    threshold('p(95)<1', { metric: 'ttft{scenario:a}' }),
    threshold('p(95)<1', { unit: 'tok' }),
  ]
  expect(boundsOf(others, 'ttft')).toEqual([])
})
