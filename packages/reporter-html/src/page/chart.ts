import type { ChartSpec, PageData } from '../chart-spec.ts'
import type { Theme } from './theme.ts'
import { init } from './echarts.ts'
import { optionOf } from './option.ts'

/** A chart on the page. */
export interface DrawnChart {
  /** Draws it again, in other colours. */
  paint(theme: Theme): void
  /** Shows or hides one series. */
  show(series: string, visible: boolean): void
  /**
   * Takes away what belongs to the pointer, and lets the drawing grow and shrink with its box, which no
   * script can measure on paper.
   */
  readyForPaper(): void
}

/** All charts whose moments and zoom go together. */
export const GROUP = 'run'

/** Draws a chart into its box and keeps its size. */
export function drawChart(box: HTMLElement, spec: ChartSpec, page: PageData, theme: Theme): DrawnChart {
  const chart = init(box, undefined, { renderer: 'svg' })
  const touch = matchMedia('(pointer: coarse)').matches
  const hidden = new Set<string>()
  let colours = theme
  const paint = () => chart.setOption(optionOf(spec, page, colours, { width: box.clientWidth, touch }))
  chart.group = GROUP
  paint()
  new ResizeObserver(() => {
    if (box.clientWidth === 0 || box.clientWidth === chart.getWidth()) return
    chart.resize()
    paint()
  }).observe(box)
  chart.getZr().on('dblclick', () => chart.dispatchAction({ type: 'dataZoom', start: 0, end: 100 }))
  return {
    paint(next) {
      colours = next
      paint()
    },
    show(series, visible) {
      if (visible) hidden.delete(series)
      else hidden.add(series)
      const selected = Object.fromEntries(spec.series.map(({ name }) => [name, !hidden.has(name)]))
      chart.setOption({ legend: { selected } })
    },
    readyForPaper() {
      chart.dispatchAction({ type: 'hideTip', escapeConnect: true })
      chart.dispatchAction({ type: 'updateAxisPointer', currTrigger: 'leave', escapeConnect: true })
      chart.getZr().flush()
      const svg = box.querySelector('svg')
      svg?.setAttribute('viewBox', `0 0 ${chart.getWidth()} ${chart.getHeight()}`)
    },
  }
}
