import { lines, type Chart } from '../chart.ts'
import { statOf } from '../timeline-stat.ts'

export const load: Chart = {
  id: 'load',
  title: 'VUs and open streams',
  unit: '',
  kind: 'lines',
  absent: 'VUs and open streams: none were recorded.',
  series: ({ timeline }) =>
    lines(
      ['VUs', statOf(timeline, 'vus', 'value')],
      ['open streams', statOf(timeline, 'concurrent_streams', 'value')],
    ),
}
