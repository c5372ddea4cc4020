import type { Chart } from '../chart.ts'
import { percentiles } from './percentiles.ts'

export const ttft: Chart = {
  id: 'ttft',
  title: 'Time to first token',
  unit: 'ms',
  kind: 'lines',
  metric: 'ttft',
  absent: 'Time to first token: no streamed answer brought a token.',
  series: ({ timeline }, tags) => percentiles(timeline, tags, 'ttft'),
}
