import { lines, type Chart } from '../chart.ts'
import { statOf } from '../timeline-stat.ts'

export const generatorCpu: Chart = {
  id: 'generator-cpu',
  title: 'Generator: CPU per worker, cores',
  unit: 'cores',
  kind: 'lines',
  absent: 'Generator: it recorded no use of CPU.',
  series: ({ timeline }) => lines(['CPU', statOf(timeline, 'generator_cpu', 'value')]),
}
