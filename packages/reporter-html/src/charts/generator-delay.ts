import { lines, type Chart } from '../chart.ts'
import { statOf } from '../timeline-stat.ts'

export const generatorDelay: Chart = {
  id: 'generator-delay',
  title: 'Generator: delays, p99',
  unit: 'ms',
  kind: 'lines',
  forAll: true,
  absent: 'Generator: it recorded no delays of its own.',
  series: ({ timeline }, tags) =>
    lines(
      ['event loop delay', statOf(timeline, tags, 'event_loop_delay', 'p99')],
      ['schedule lag', statOf(timeline, tags, 'schedule_lag', 'p99')],
    ),
}
