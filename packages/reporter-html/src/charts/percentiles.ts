import type { MetricSummary, Timeline } from 'loadbench/report'
import type { ChartSeries } from '../chart-spec.ts'
import { lines } from '../chart.ts'
import { statOf } from '../timeline-stat.ts'

/** The percentiles of a trend over time. */
export function percentiles(
  timeline: Timeline,
  tags: MetricSummary['tags'],
  metric: string,
): readonly ChartSeries[] {
  return lines(
    ['p50', statOf(timeline, tags, metric, 'p50')],
    ['p95', statOf(timeline, tags, metric, 'p95')],
    ['p99', statOf(timeline, tags, metric, 'p99')],
  )
}
