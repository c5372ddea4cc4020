import { lines, type Chart } from '../chart.ts'
import { statOf } from '../timeline-stat.ts'

export const generatorCpu: Chart = {
  id: 'generator-cpu',
  title: 'Generator: CPU, cores',
  unit: 'cores',
  kind: 'lines',
  forAll: true,
  absent: 'Generator: it recorded no use of CPU.',
  series: ({ timeline }, tags) =>
    lines(
      ['busiest worker', statOf(timeline, tags, 'generator_cpu', 'value')],
      ['waiting for a core', statOf(timeline, tags, 'generator_cpu_wait', 'value')],
      ['whole process', statOf(timeline, tags, 'generator_process_cpu', 'value')],
    ),
}
