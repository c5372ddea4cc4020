import type { Timeline } from 'loadbench/report'
import type { ChartSeries } from '../chart-spec.ts'
import type { Chart } from '../chart.ts'
import { SERIES_COLOURS } from '../style/tokens.ts'

export const errors: Chart = {
  id: 'errors',
  title: 'Errors by class',
  unit: '',
  kind: 'stack',
  absent: 'Errors: there were none.',
  series: ({ timeline }) => stacked(timeline),
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
  return [...own, ...(rest.length > 0 ? [other] : [])].map(({ name, values }, index) => ({
    name,
    colour: index + 1,
    dash: 'solid',
    values,
  }))
}
