import type { ChartSeries, ChartSpec, PageData } from '../chart-spec.ts'
import type { Room } from './drawing.ts'
import type { Theme } from './theme.ts'
import { lengthOf } from '../run-clock.ts'

/** Middle of an interval, ms: a value stands where it was measured, not where its interval ended. */
export function middleOf({ at, width }: PageData, index: number): number {
  return ((at[index] ?? 0) - (width[index] ?? 0) / 2) * 1e3
}

/** Lines that break where there is no value. */
export function line(spec: ChartSpec, page: PageData, theme: Theme): object[] {
  const widths = widthsOf(spec)
  return spec.series.map((series, index) => ({
    type: 'line',
    name: series.name,
    data: points(series, page),
    symbol: 'none',
    connectNulls: false,
    sampling: 'minmax',
    lineStyle: { width: widths[index], type: series.dash },
    itemStyle: { color: theme.series(series.colour) },
    emphasis: { disabled: true },
  }))
}

const THIN = 1.75
/** What a line is wider by for each one drawn over it: more than a pixel shows on either side. */
const EDGE = 2.25
/** Values closer than this share of the highest lie on each other, */
const TOUCHING = 0.01
/** and lines with this share of such values are not told apart. */
const COVERED = 0.25

/** Widths of the lines, in pixels: of those with the same values the lower one looks out below the other. */
export function widthsOf({ series }: Pick<ChartSpec, 'series'>): readonly number[] {
  const near = TOUCHING * Math.max(0, ...series.map(({ values }) => highestOf(values)))
  return series.map(({ values }, index) => {
    const over = series.slice(index + 1).filter((other) => {
      // Between dashes the lower one is seen.
      if (other.dash !== 'solid') return false
      const both = values.filter((value, at) => value !== null && !isGap(other.values[at]))
      const same = values.filter((value, at) => touch(value, other.values[at], near))
      return same.length > COVERED * both.length
    })
    return THIN + EDGE * Math.min(2, over.length)
  })
}

function highestOf(values: ChartSeries['values']): number {
  return values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0)
}

/** At 0 lines lie on the axis, where it does not matter which is seen. */
function touch(one: number | null, other: number | null | undefined, near: number): boolean {
  if (one === null || other === null || other === undefined) return false
  return Math.abs(one - other) <= near && Math.max(one, other) > near
}

/** A bar of a run of few intervals would be a wall, px. */
const WIDEST = 32
/** Share of an interval that its bar fills, */
const FILLED = 0.85
/** but not below this many px: gaps between bars as thin as a line would make a pattern of their own. */
const THIN_BAR = 6

/** Layers on top of each other, one bar for an interval. */
export function bars(spec: ChartSpec, page: PageData, theme: Theme, room: Room): object[] {
  const filled = room.plot / page.at.length < THIN_BAR ? 1 : FILLED
  return spec.series.map((series) => ({
    type: 'bar',
    name: series.name,
    stack: 'all',
    data: series.values.map((value, index) => [middleOf(page, index), value]),
    barWidth: `${100 * filled * bandsIn(page)}%`,
    barMaxWidth: WIDEST,
    itemStyle: { color: theme.series(series.colour) },
    emphasis: { disabled: true },
  }))
}

/**
 * Width of an interval in bands: ECharts takes the least distance of two values, and the last interval of a run
 * is often a sliver.
 */
function bandsIn(page: PageData): number {
  const middles = page.at.map((_, index) => middleOf(page, index))
  const distances = middles.slice(1).map((middle, index) => middle - (middles[index] ?? 0))
  const usual = (page.width.toSorted((a, b) => a - b)[Math.floor(page.width.length / 2)] ?? 0) * 1e3
  const least = Math.min(...distances)
  return least > 0 && Number.isFinite(least) ? usual / least : 1
}

/**
 * A value with none on either side makes no line; it is drawn as a dot. The only one of a run has its whole
 * interval instead.
 */
function points({ values }: ChartSeries, page: PageData): object[] {
  if (page.at.length === 1) return [0, lengthOf(page) * 1e3].map((at) => ({ value: [at, values[0]] }))
  return values.map((value, index) => {
    const point = { value: [middleOf(page, index), value] }
    const alone = value !== null && isGap(values[index - 1]) && isGap(values[index + 1])
    return alone ? { ...point, symbol: 'circle', symbolSize: 5 } : point
  })
}

function isGap(value: number | null | undefined): boolean {
  return value === null || value === undefined
}
