import type { EChartsCoreOption } from './echarts.ts'
import type { Room } from './drawing.ts'
import type { Shown } from './figure.ts'
import type { Theme } from './theme.ts'
import type { ChartSpec, PageData } from '../chart-spec.ts'
import { quantity, spoken } from '../format.ts'
import { clockOf, lengthOf } from '../run-clock.ts'
import { frame, labelStyle, tooltip, valueAxis } from './axis.ts'
import { ceiling } from './ceiling.ts'
import { marks } from './marks.ts'
import { bars, line } from './series.ts'
import { tip } from './tip.ts'

/** A chart over time as a figure shows it. */
export function timeChart(spec: ChartSpec, page: PageData, ofWhole: boolean): Shown {
  return {
    title: spec.title,
    words: wordsOf(spec),
    keys: spec.series.map(({ name, colour, dash }) => ({
      name,
      colour,
      shape: spec.kind === 'stack' ? 'block' : dash,
    })),
    sketch: (theme, room) => optionOf(spec, page, theme, room),
    rows: () => rowsOf(spec, page),
    notes: page.markers.map(({ label }, index) => `${index + 1} ${label}`),
    ofWhole,
  }
}

function highest({ series }: ChartSpec): number {
  return series.flatMap(({ values }) => values).reduce<number>((most, value) => Math.max(most, value ?? 0), 0)
}

function wordsOf({ title, unit, series }: ChartSpec): string {
  const said = series.map(({ name, values }) => {
    const most = Math.max(...values.map((value) => value ?? -Infinity))
    return `${name} up to ${spoken(quantity(most, unit))}`
  })
  return `${title}, over time: ${said.join('; ')}`
}

function rowsOf({ series, unit }: ChartSpec, { at, width }: PageData) {
  const names = series.map(({ name }) => (unit === '' ? name : `${name} (${unit})`))
  const rows = at.map((end, index) => [
    Math.round((end - (width[index] ?? 0)) * 1e3) / 1e3,
    end,
    ...series.map(({ values }) => values[index] ?? null),
  ])
  return [['from (s)', 'to (s)', ...names], ...rows]
}

function optionOf(spec: ChartSpec, page: PageData, theme: Theme, room: Room): EChartsCoreOption {
  const top = highest(spec)
  const end = ceiling(top, spec.bounds)
  return {
    ...frame(theme),
    tooltip: tooltip(theme, (points) => tip(spec, page, points)),
    xAxis: timeAxis(page, theme, room),
    yAxis: { ...valueAxis(theme, spec.unit, end?.max ?? top), ...end },
    dataZoom: [
      {
        type: 'inside',
        disabled: room.touch,
        zoomOnMouseWheel: 'ctrl',
        moveOnMouseMove: true,
        moveOnMouseWheel: false,
        preventDefaultMouseMove: false,
        filterMode: 'none',
      },
    ],
    series: [
      ...(spec.kind === 'stack' ? bars(spec, page, theme, room) : line(spec, page, theme)),
      marks(spec, page, theme, room),
    ],
  }
}

function timeAxis(page: PageData, theme: Theme, room: Room): object {
  const { tick } = clockOf(lengthOf(page))
  return {
    type: 'time',
    min: 0,
    max: lengthOf(page) * 1e3,
    splitNumber: room.width < 400 ? 3 : 5,
    containShape: false,
    axisLabel: { ...labelStyle(theme), formatter: (millis: number) => tick(millis / 1e3) },
    axisLine: { lineStyle: { color: theme.edge } },
    axisTick: { lineStyle: { color: theme.edge } },
    splitLine: { show: false },
  }
}
