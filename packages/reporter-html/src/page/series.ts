import type { ChartSeries, ChartSpec, PageData } from '../chart-spec.ts'
import type { Theme } from './theme.ts'

/** Middle of an interval, ms: a value stands where it was measured, not where its interval ended. */
export function middleOf({ at, width }: PageData, index: number): number {
  return ((at[index] ?? 0) - (width[index] ?? 0) / 2) * 1e3
}

/** Lines that break where there is no value, with the bounds of thresholds on the first. */
export function line(spec: ChartSpec, page: PageData, theme: Theme): object[] {
  return spec.series.map((series, index) => ({
    type: 'line',
    name: series.name,
    data: points(series, page),
    symbol: 'none',
    connectNulls: false,
    sampling: 'minmax',
    lineStyle: { width: 1.75, type: series.dash },
    itemStyle: { color: theme.series(series.colour) },
    emphasis: { disabled: true },
    ...(index === 0 && spec.bounds.length > 0 ? { markLine: bounds(spec, theme) } : {}),
  }))
}

/** Layers on top of each other, one bar for an interval. */
export function bars(spec: ChartSpec, page: PageData, theme: Theme): object[] {
  return spec.series.map((series) => ({
    type: 'bar',
    name: series.name,
    stack: 'all',
    data: points(series, page),
    barCategoryGap: '15%',
    itemStyle: { color: theme.series(series.colour) },
    emphasis: { disabled: true },
  }))
}

/** A value with none on either side makes no line; it is drawn as a dot. */
function points({ values }: ChartSeries, page: PageData): object[] {
  return values.map((value, index) => {
    const point = { value: [middleOf(page, index), value] }
    const alone = value !== null && isGap(values[index - 1]) && isGap(values[index + 1])
    return alone ? { ...point, symbol: 'circle', symbolSize: 5 } : point
  })
}

function isGap(value: number | null | undefined): boolean {
  return value === null || value === undefined
}

function bounds(spec: ChartSpec, theme: Theme): object {
  return {
    silent: true,
    symbol: 'none',
    animation: false,
    lineStyle: { color: theme.muted, type: [2, 3], width: 1.25 },
    label: {
      position: 'insideStartTop',
      color: theme.muted,
      fontFamily: theme.font,
      fontSize: theme.noteSize - 1,
      textBorderColor: theme.surface,
      textBorderWidth: 3,
      formatter: ({ name }: { name: string }) => name,
    },
    data: spec.bounds.map(({ value, label }) => ({ yAxis: value, name: label })),
  }
}
