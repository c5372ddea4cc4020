import { lines, type Chart } from '../chart.ts'
import { ratesOf } from '../timeline-stat.ts'

export const tokens: Chart = {
  id: 'tokens',
  title: 'Tokens per second',
  unit: 'tok/s',
  kind: 'lines',
  absent: 'Tokens: none were counted.',
  series: ({ timeline }, tags) =>
    lines(['out', ratesOf(timeline, tags, 'output_tokens')], ['in', ratesOf(timeline, tags, 'input_tokens')]),
}
