import type { ErrorSeries, MetricSummary, Timeline } from 'loadbench/report'
import type { ChartSeries } from '../chart-spec.ts'
import type { Chart } from '../chart.ts'
import { SERIES_COLOURS } from '../style/tokens.ts'
import { partErrorsOf, statOf } from '../timeline-stat.ts'

type Tags = MetricSummary['tags']

export const errors: Chart = {
  id: 'errors',
  title: 'Errors by class',
  unit: '',
  kind: 'stack',
  absent: 'Errors: there were none.',
  series: ({ timeline }, tags) => stacked(timeline, tags) ?? failed(timeline, tags),
}

/**
 * A class has the colour and place it has in the whole run, the classes with most errors first; what is beyond the
 * colours is one layer, `other classes`. `undefined` of a part whose errors were not told apart.
 */
function stacked(timeline: Timeline, tags: Tags): readonly ChartSeries[] | undefined {
  const { at, errors: whole } = timeline
  const byClass = Object.keys(tags).length === 0 ? whole : partErrorsOf(timeline, tags)
  if (byClass === undefined) return undefined
  const classes = classesOf(whole)
  const named = classes.length <= SERIES_COLOURS ? classes : classes.slice(0, SERIES_COLOURS - 1)
  const layers = named.map((name, index) => layer(name, index + 1, byClass[name] ?? []))
  const rest = classes.slice(named.length)
  const others = at.map((_, index) => sum(rest.map((name) => byClass[name]?.[index] ?? 0)))
  return [...layers, layer('other classes', SERIES_COLOURS, others)].filter(({ values }) =>
    values.some((value) => value !== null && value > 0),
  )
}

function classesOf(byClass: ErrorSeries): readonly string[] {
  return Object.entries(byClass)
    .map(([name, values]) => ({ name, total: sum(values) }))
    .filter(({ total }) => total > 0)
    .toSorted((a, b) => b.total - a.total || (a.name < b.name ? -1 : 1))
    .map(({ name }) => name)
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0)
}

/** Of a part whose classes are not known: how many requests failed. */
function failed(timeline: Timeline, tags: Tags): readonly ChartSeries[] {
  const shares = statOf(timeline, tags, 'request_failed', 'rate')
  const requests = statOf(timeline, tags, 'requests', 'count')
  if (shares === undefined || requests === undefined) return []
  const values = shares.map((share, index) => Math.round((share ?? 0) * (requests[index] ?? 0)))
  return values.some((value) => value > 0) ? [layer('failed, any class', 1, values)] : []
}

function layer(name: string, colour: number, values: readonly number[]): ChartSeries {
  return { name, colour, dash: 'solid', values }
}
