import type { EChartsCoreOption } from './echarts.ts'
import type { Theme } from './theme.ts'
import type { ChartSpec, PageData } from '../chart-spec.ts'
import { clock, quantity, spoken } from '../format.ts'
import { ceiling } from './ceiling.ts'
import { bars, line } from './series.ts'
import { tip } from './tip.ts'

/** Room for the labels of the value axis. The same in all charts, so that their time axes stand in line. */
const LABELS = 58

/** Where a chart is drawn. */
export interface Room {
  readonly width: number
  /** Leaves all gestures to the page. */
  readonly touch: boolean
}

/** What ECharts draws for one chart. */
export function optionOf(spec: ChartSpec, page: PageData, theme: Theme, room: Room): EChartsCoreOption {
  const label = { color: theme.muted, fontFamily: theme.font, fontSize: theme.noteSize, hideOverlap: true }
  return {
    animation: false,
    textStyle: { fontFamily: theme.font },
    grid: { left: LABELS, right: 20, top: 12, bottom: 26, outerBoundsMode: 'none' },
    legend: { show: false },
    tooltip: {
      trigger: 'axis',
      confine: true,
      transitionDuration: 0,
      className: 'tip-box',
      backgroundColor: theme.surface,
      borderColor: theme.line,
      padding: 8,
      axisPointer: { type: 'line', lineStyle: { color: theme.muted, type: 'solid' }, label: { show: false } },
      formatter: (points: unknown) => tip(spec, page, points),
    },
    xAxis: {
      type: 'time',
      min: 0,
      max: (page.at.at(-1) ?? 0) * 1e3,
      splitNumber: room.width < 400 ? 3 : 5,
      containShape: false,
      axisLabel: { ...label, formatter: (millis: number) => clock(millis / 1e3) },
      axisLine: { lineStyle: { color: theme.line } },
      axisTick: { lineStyle: { color: theme.line } },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      min: 0,
      max: ({ max }: { max: number }) =>
        ceiling(
          max,
          spec.bounds.map(({ value }) => value),
        ),
      splitNumber: 4,
      axisLabel: { ...label, formatter: (value: number) => axisText(value, spec) },
      splitLine: { lineStyle: { color: theme.line } },
    },
    dataZoom: [
      {
        type: 'inside',
        disabled: room.touch,
        zoomOnMouseWheel: 'shift',
        moveOnMouseMove: 'shift',
        moveOnMouseWheel: false,
        preventDefaultMouseMove: false,
      },
    ],
    series: spec.kind === 'stack' ? bars(spec, page, theme) : line(spec, page, theme),
  }
}

/** A tick of the value axis: no zeros that only fill up the digits, no unit that the title names. */
function axisText(value: number, { unit }: ChartSpec): string {
  const { text, unit: shown } = quantity(value, unit)
  const trimmed = text.includes('.') ? text.replace(/\.?0+$/, '') : text
  return unit === 'ms' || unit === 'bytes' ? spoken({ text: trimmed, unit: shown }) : trimmed
}
