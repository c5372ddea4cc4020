import type { Theme } from './theme.ts'
import { LABELS, MARGIN } from './axis.ts'
import { init, type ECharts, type EChartsCoreOption } from './echarts.ts'

/** Where a drawing is drawn. */
export interface Room {
  readonly width: number
  /** Of the axis below, between the labels of the axis of values and the right edge. */
  readonly plot: number
  /** Leaves all gestures to the page. */
  readonly touch: boolean
}

/** What to draw, in the colours and the room there are; `undefined` where there is nothing. */
export type Sketch = (theme: Theme, room: Room) => EChartsCoreOption

/** A drawing in a box of the page. */
export interface Drawing {
  readonly chart: ECharts
  /** Draws something else; series of before are gone. */
  draw(sketch: Sketch): void
  /** Draws the same again, in other colours. */
  paint(theme: Theme): void
  /** Shows or hides one series. */
  show(series: string, visible: boolean): void
  /**
   * Takes away what belongs to the pointer, and lets the drawing grow and shrink with its box, which no
   * script can measure on paper.
   */
  readyForPaper(): void
}

/** Draws into a box and keeps its size. */
export function drawIn(box: HTMLElement, firstTheme: Theme): Drawing {
  const chart = init(box, undefined, { renderer: 'svg' })
  const touch = matchMedia('(pointer: coarse)').matches
  const selected: Record<string, boolean> = {}
  let theme = firstTheme
  let sketch: Sketch = () => ({})
  const paint = () => {
    const width = box.clientWidth
    const option = sketch(theme, { width, plot: Math.max(1, width - LABELS - MARGIN), touch })
    chart.setOption({ ...option, legend: { show: false, selected } }, { replaceMerge: ['series'] })
  }
  new ResizeObserver(() => {
    if (box.clientWidth === 0 || box.clientWidth === chart.getWidth()) return
    chart.resize()
    paint()
  }).observe(box)
  leaveWheelToPage(box)
  return {
    chart,
    draw(next) {
      for (const series of Object.keys(selected)) delete selected[series]
      sketch = next
      paint()
    },
    paint(next) {
      theme = next
      paint()
    },
    show(series, visible) {
      selected[series] = visible
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

/** A wheel scrolls the page, and zooms with Ctrl only; ECharts would keep every wheel for itself. */
function leaveWheelToPage(box: HTMLElement): void {
  for (const kind of ['wheel', 'mousewheel']) {
    box.addEventListener(
      kind,
      (event) => {
        if (event instanceof WheelEvent && !event.ctrlKey) event.stopPropagation()
      },
      { capture: true, passive: true },
    )
  }
}
