import type { PageData } from '../chart-spec.ts'
import type { Theme } from './theme.ts'
import { lengthOf } from '../run-clock.ts'
import { LABELS, MARGIN } from './axis.ts'
import { drawIn, type Drawing } from './drawing.ts'
import type { EChartsCoreOption } from './echarts.ts'
import { middleOf } from './series.ts'

/** The strip above the charts in which a time is chosen by drawing across it. Behind it: the requests of the whole run. */
export function overviewIn(box: HTMLElement, page: PageData, theme: Theme): Drawing {
  const drawing = drawIn(box, theme)
  drawing.draw((colours) => optionOf(page, colours))
  return drawing
}

function optionOf(page: PageData, theme: Theme): EChartsCoreOption {
  const shadow = {
    lineStyle: { color: theme.edge, width: 1, opacity: 1 },
    areaStyle: { color: theme.edge, opacity: 0.2 },
  }
  return {
    animation: false,
    grid: { left: LABELS, right: MARGIN, top: 0, height: 0 },
    xAxis: { type: 'time', show: false, min: 0, max: lengthOf(page) * 1e3 },
    yAxis: { type: 'value', show: false },
    dataZoom: [
      {
        type: 'slider',
        left: LABELS,
        right: MARGIN,
        top: 2,
        height: 38,
        brushSelect: true,
        showDetail: false,
        filterMode: 'none',
        moveHandleSize: 0,
        borderColor: theme.line,
        backgroundColor: theme.ground,
        fillerColor: 'transparent',
        dataBackground: shadow,
        selectedDataBackground: {
          lineStyle: { color: theme.series(1), width: 1, opacity: 1 },
          areaStyle: { color: theme.series(1), opacity: 0.2 },
        },
        handleSize: '70%',
        handleStyle: { color: theme.surface, borderColor: theme.edge },
        brushStyle: { color: theme.series(1), opacity: 0.25 },
      },
    ],
    series: [
      {
        type: 'line',
        symbol: 'none',
        lineStyle: { opacity: 0 },
        data: outline(page),
      },
    ],
  }
}

/** Of the series in the chart of the rate, the one that tells most, from the beginning of the run to its end. */
const TELLING = ['requests ended', 'plain HTTP ended', 'iterations started', 'iterations ended']

function outline(page: PageData): readonly (readonly [millis: number, value: number | null])[] {
  const rates = page.drawings[0]?.charts.find(({ id }) => id === 'rate')?.series ?? []
  const [rate] = TELLING.flatMap((name) => rates.find((one) => one.name === name) ?? [])
  const values = rate?.values ?? page.at.map(() => 1)
  return [
    [0, values[0] ?? null],
    ...values.map((value, index) => [middleOf(page, index), value] as const),
    [lengthOf(page) * 1e3, values.at(-1) ?? null],
  ]
}
