import type { PageData } from '../chart-spec.ts'
import type { Theme } from './theme.ts'
import { LABELS, MARGIN } from './axis.ts'
import { drawIn, type Drawing } from './drawing.ts'
import type { EChartsCoreOption } from './echarts.ts'
import { lengthOf, middleOf } from './series.ts'

/** The strip above the charts in which a time is chosen by drawing across it. Behind it: the requests of the whole run. */
export function overviewIn(box: HTMLElement, page: PageData, theme: Theme): Drawing {
  const drawing = drawIn(box, theme)
  drawing.draw((colours) => optionOf(page, colours))
  return drawing
}

function optionOf(page: PageData, theme: Theme): EChartsCoreOption {
  const rates = page.drawings[0]?.charts.find(({ id }) => id === 'rate')?.series
  const rate = rates?.find(({ name }) => name === 'requests ended')?.values ?? page.at.map(() => 1)
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
        data: rate.map((value, index) => [middleOf(page, index), value]),
      },
    ],
  }
}
