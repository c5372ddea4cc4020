import { lines, type Chart } from '../chart.ts'
import { statOf } from '../timeline-stat.ts'

export const load: Chart = {
  id: 'load',
  title: 'VUs and open streams',
  unit: '',
  kind: 'lines',
  forAll: true,
  absent: 'VUs and open streams: none were recorded.',
  series: ({ timeline }, tags) =>
    lines(
      ['VUs', statOf(timeline, tags, 'vus', 'value')],
      ['open streams', statOf(timeline, tags, 'concurrent_streams', 'value')],
    ),
}
