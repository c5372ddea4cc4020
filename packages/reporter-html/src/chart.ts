import type { ReportInput } from 'loadbench/report'
import type { ChartSeries, ChartSpec } from './chart-spec.ts'
import type { ShownUnit } from './format.ts'
import { boundsOf } from './bound.ts'

/** One chart over time. Adding one is a file in `charts/` and a line in `charts.ts`. */
export interface Chart {
  readonly id: string
  readonly title: string
  readonly unit: ShownUnit
  readonly kind: ChartSpec['kind']
  /** Metric whose thresholds are drawn as lines, where their bounds have the unit of the chart. */
  readonly metric?: string
  /** Said in place of the chart when it has no data. */
  readonly absent: string
  /** Series with at least one value each. */
  series(input: ReportInput): readonly ChartSeries[]
}

/** The chart of a run, or `undefined` where it has no data. */
export function specOf(chart: Chart, input: ReportInput): ChartSpec | undefined {
  const series = chart.series(input)
  if (series.length === 0) return undefined
  const bounds = chart.metric === undefined ? [] : boundsOf(input.summary.thresholds, chart.metric)
  return {
    id: chart.id,
    unit: chart.unit,
    kind: chart.kind,
    series: series.map((one) => ({ ...one, values: one.values.map(rounded) })),
    bounds,
  }
}

/** Four significant digits: finer than a pixel and than the histograms, and a much smaller file. */
function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(4))
}

type Line = readonly [name: string, values: readonly (number | null)[] | undefined]

const DASHES = ['solid', 'dashed', 'dotted'] as const
/** With more points than this dashes are longer than what they would show. */
const DASHED_POINTS = 180

/**
 * Lines in the order of the colours; those without a value fall away. Where there is room for it they
 * are told apart by their dashes too.
 */
export function lines(...candidates: readonly Line[]): ChartSeries[] {
  return candidates.flatMap(([name, values], index) =>
    values === undefined ? [] : [{ name, colour: index + 1, dash: dashOf(index, values.length), values }],
  )
}

function dashOf(index: number, points: number): ChartSeries['dash'] {
  return points > DASHED_POINTS ? 'solid' : (DASHES[index % DASHES.length] ?? 'solid')
}
