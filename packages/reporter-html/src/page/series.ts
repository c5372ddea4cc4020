import type { ChartMarker, ChartSeries, ChartSpec, PageData } from '../chart-spec.ts'
import type { Theme } from './theme.ts'

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

/** The bounds of thresholds across and the numbered moments upright. */
export function marks({ bounds }: ChartSpec, { markers, at }: PageData, theme: Theme): object {
  const names = namesOf(markers, (at.at(-1) ?? 0) * CLOSE)
  return markLines([
    ...bounds.map(({ value, label }) => ({ yAxis: value, name: label, ...boundStyle(theme) })),
    ...markers.map((marker, index) => ({
      xAxis: marker.at * 1e3,
      name: names[index],
      ...momentStyle(marker, theme),
    })),
  ])
}

/** The axis of `shade`: from top to bottom. */
export const WHOLE_HEIGHT = { type: 'value', min: 0, max: 1, show: false }

/** Shades the intervals of warm-ups, behind everything; its axis of values is the second. */
export function shade(page: PageData, theme: Theme): object[] {
  const warmUps = page.markers.filter(({ kind }) => kind === 'warm-up')
  if (warmUps.length === 0) return []
  const isWithin = (seconds: number) => warmUps.some(({ at, until = at }) => at <= seconds && seconds < until)
  return [
    {
      type: 'line',
      data: page.at.map((_, index) => {
        const middle = middleOf(page, index)
        return [middle, isWithin(middle / 1e3) ? 1 : null]
      }),
      yAxisIndex: 1,
      symbol: 'none',
      silent: true,
      step: 'middle',
      lineStyle: { opacity: 0 },
      areaStyle: { color: theme.muted, opacity: 0.14 },
      z: 0,
    },
  ]
}

/** Lines across or upright in a series of their own, so that no key hides them. */
export function markLines(data: readonly object[]): object {
  return { type: 'line', data: [], markLine: { silent: true, symbol: 'none', animation: false, data } }
}

/** Numbers nearer to each other than this share of the run would be written over each other. */
const CLOSE = 0.03

/** The numbers of the moments; those close together have theirs at the first of them: `3–7`. */
export function namesOf(markers: readonly ChartMarker[], close: number): readonly string[] {
  let first = 0
  const firsts = markers.map(({ at }, index) => {
    if (at - (markers[first]?.at ?? 0) >= close) first = index
    return first
  })
  return firsts.map((start, index) => {
    if (start !== index) return ''
    const last = firsts.lastIndexOf(start)
    return last === start ? String(start + 1) : `${start + 1}–${last + 1}`
  })
}

/** How the bound of a threshold is drawn, with its label above it or at its end. */
export function boundStyle(theme: Theme, position: 'insideStartTop' | 'end' = 'insideStartTop'): object {
  return {
    lineStyle: { color: theme.muted, type: [2, 3], width: 1.25 },
    label: { ...labelOf(theme), position, distance: 3 },
  }
}

function momentStyle({ kind }: ChartMarker, theme: Theme): object {
  const color = colourOf(kind, theme)
  return {
    lineStyle: { color, type: 'solid', width: 1, opacity: 0.55 },
    label: {
      ...labelOf(theme),
      color: color === theme.edge ? theme.muted : color,
      position: 'end',
      distance: 3,
    },
  }
}

function colourOf(kind: ChartMarker['kind'], theme: Theme): string {
  if (kind === 'first-error') return theme.fail
  return kind === 'threshold' ? theme.warn : theme.edge
}

function labelOf(theme: Theme): object {
  return {
    color: theme.muted,
    fontFamily: theme.font,
    fontSize: theme.noteSize - 1,
    textBorderColor: theme.surface,
    textBorderWidth: 3,
    formatter: ({ name }: { name: string }) => name,
  }
}
