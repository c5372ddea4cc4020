import { lines, type Chart } from '../chart.ts'
import { ratesOf } from '../timeline-stat.ts'

export const tokens: Chart = {
  id: 'tokens',
  title: 'Tokens per second',
  unit: 'tok/s',
  kind: 'lines',
  absent: 'Tokens: none were counted.',
  series: ({ timeline }) =>
    lines(['out', ratesOf(timeline, 'output_tokens')], ['in', ratesOf(timeline, 'input_tokens')]),
}
