import type { Chart } from '../chart.ts'
import { percentiles } from './percentiles.ts'

export const itl: Chart = {
  id: 'itl',
  title: 'Inter-token latency',
  unit: 'ms',
  kind: 'lines',
  metric: 'itl',
  absent: 'Inter-token latency: no answer came in two pieces or more.',
  series: ({ timeline }, tags) => percentiles(timeline, tags, 'itl'),
}
