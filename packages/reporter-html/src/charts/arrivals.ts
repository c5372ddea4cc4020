import { lines, type Chart } from '../chart.ts'
import { ratesOf } from '../timeline-stat.ts'

export const arrivals: Chart = {
  id: 'rate',
  title: 'Rate, per second',
  unit: '/s',
  kind: 'lines',
  absent: 'Rate: no request and no iteration ended.',
  series: ({ timeline }) =>
    lines(
      ['requests', ratesOf(timeline, 'requests')],
      ['iterations', ratesOf(timeline, 'iterations')],
      ['dropped', ratesOf(timeline, 'dropped_iterations')],
    ),
}
