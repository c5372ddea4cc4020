import type { Chart } from '../chart.ts'
import { percentiles } from './percentiles.ts'

/** Nothing is missed where a script sends no plain HTTP: most do not. */
export const http: Chart = {
  id: 'http',
  title: 'Plain HTTP requests, duration',
  unit: 'ms',
  kind: 'lines',
  metric: 'http_req_duration',
  absent: '',
  series: ({ timeline }, tags) => percentiles(timeline, tags, 'http_req_duration'),
}
