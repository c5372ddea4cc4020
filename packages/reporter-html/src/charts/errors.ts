import type { MetricSummary, Timeline } from 'loadbench/report'
import type { ChartSeries } from '../chart-spec.ts'
import type { Chart } from '../chart.ts'
import { SERIES_COLOURS } from '../style/tokens.ts'
import { statOf } from '../timeline-stat.ts'

export const errors: Chart = {
  id: 'errors',
  title: 'Errors by class',
  unit: '',
  kind: 'stack',
  absent: 'Errors: there were none.',
  series: ({ timeline }, tags) =>
    Object.keys(tags).length === 0 ? stacked(timeline) : failed(timeline, tags),
}

/** The classes with most errors first; what is beyond the colours is one layer, `other classes`. */
function stacked({ errors: byClass, at }: Timeline): readonly ChartSeries[] {
  const classes = Object.entries(byClass)
    .map(([name, values]) => ({ name, values, total: values.reduce((sum, value) => sum + value, 0) }))
    .filter(({ total }) => total > 0)
    .toSorted((a, b) => b.total - a.total || (a.name < b.name ? -1 : 1))
  const own = classes.length <= SERIES_COLOURS ? classes : classes.slice(0, SERIES_COLOURS - 1)
  const rest = classes.slice(own.length)
  const other = {
    name: 'other classes',
    values: at.map((_, index) => rest.reduce((sum, { values }) => sum + (values[index] ?? 0), 0)),
  }
  return [...own, ...(rest.length > 0 ? [other] : [])].map(({ name, values }, index) =>
    layer(name, index + 1, values),
  )
}

/** Classes are counted over the whole run; of a part it is known how many requests failed. */
function failed(timeline: Timeline, tags: MetricSummary['tags']): readonly ChartSeries[] {
  const shares = statOf(timeline, tags, 'request_failed', 'rate')
  const requests = statOf(timeline, tags, 'requests', 'count')
  if (shares === undefined || requests === undefined) return []
  const values = shares.map((share, index) => Math.round((share ?? 0) * (requests[index] ?? 0)))
  return values.some((value) => value > 0) ? [layer('failed, any class', 1, values)] : []
}

function layer(name: string, colour: number, values: readonly number[]): ChartSeries {
  return { name, colour, dash: 'solid', values }
}
