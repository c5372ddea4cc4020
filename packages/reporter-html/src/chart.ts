import type { MetricSummary, ReportInput, Timeline } from 'loadbench/report'
import type { ChartSeries, ChartSpec } from './chart-spec.ts'
import type { ShownUnit } from './format.ts'
import type { PartChoice } from './part.ts'
import { boundLines } from './bound.ts'
import { withoutSliver } from './timeline-stat.ts'

/** One chart over time. Adding one is a file in `charts/` and a line in `charts.ts`. */
export interface Chart {
  readonly id: string
  readonly title: string
  readonly unit: ShownUnit
  readonly kind: ChartSpec['kind']
  /** Metric whose thresholds are drawn as lines, where their bounds have the unit of the chart. */
  readonly metric?: string
  /** Whether parts without data of their own show that of the whole run. */
  readonly forAll?: true
  /** Said in place of the chart when it has no data; `''` where nobody would miss it. */
  readonly absent: string
  /** Series with at least one value each, of the part with `tags`: none is the whole run. */
  series(input: ReportInput, tags: MetricSummary['tags']): readonly ChartSeries[]
}

/** The chart of a part, or `undefined` where it has no data. */
export function specOf(chart: Chart, input: ReportInput, part: PartChoice): ChartSpec | undefined {
  const series = chart.series(input, part.tags)
  if (series.length === 0) return undefined
  const { id, title, unit, kind, metric, forAll = false } = chart
  return {
    id,
    title,
    unit,
    kind,
    forAll,
    series: series.map((one) => ({ ...one, values: valuesOf(one, kind, input.timeline).map(rounded) })),
    bounds: metric === undefined ? [] : boundLines(input.summary.thresholds, metricIn(metric, part)),
  }
}

/** What bars count in a sliver at the end of a run is counted with the interval before, as rates are. */
function valuesOf(
  { values }: ChartSeries,
  kind: ChartSpec['kind'],
  timeline: Timeline,
): ChartSeries['values'] {
  return kind === 'stack' ? withoutSliver(timeline, values) : values
}

/** A metric of a part as thresholds name it: `ttft{scenario:spike}`. */
export function metricIn(metric: string, { key }: PartChoice): string {
  return key === '' ? metric : `${metric}{${key}}`
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
