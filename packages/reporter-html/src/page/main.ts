import type { PageData, PartDrawings } from '../chart-spec.ts'
import { lengthOf } from '../run-clock.ts'
import { watchChoice } from './choice.ts'
import type { Drawing } from './drawing.ts'
import { histogram } from './distribution-chart.ts'
import { connect } from './echarts.ts'
import { figureIn, type Figure } from './figure.ts'
import { overviewIn } from './overview.ts'
import { showPart } from './part-rows.ts'
import { percentileCurve } from './percentile-chart.ts'
import { watchScrolling } from './scrolling.ts'
import { watchScheme } from './scheme.ts'
import { readTheme } from './theme.ts'
import { timeChart } from './time-chart.ts'
import { watchZoom } from './zoom.ts'

/** All drawings whose moments and zoom go together. */
const GROUP = 'run'

const page = JSON.parse(document.querySelector('#report-data')?.textContent ?? '{}') as PageData
const drawings: Drawing[] = []
let theme = readTheme()
let chosen = 0

const labelOf = (part: number) => page.parts[part] ?? ''
const drawingsOf = (part: number): PartDrawings => page.drawings[part] ?? { charts: [], distributions: [] }
const subject = () => ({
  file: chosen === 0 ? page.run : `${page.run}-${labelOf(chosen)}`,
  caption: chosen === 0 ? page.caption : `${page.caption} · ${labelOf(chosen)}`,
})

/** The figures of the page by what they draw. */
const figures = new Map<string, Figure>()
for (const box of document.querySelectorAll<HTMLElement>('figure[data-chart]')) {
  const figure = figureIn(box, () => theme, subject)
  if (figure === undefined) continue
  figures.set(box.dataset['chart'] ?? '', figure)
  drawings.push(figure.drawing)
}

function showCharts(): void {
  const own = drawingsOf(chosen).charts
  const undrawn: string[] = []
  for (const spec of drawingsOf(0).charts) {
    const partly = own.find(({ id }) => id === spec.id)
    const shown = partly ?? (spec.forAll ? spec : undefined)
    figures.get(spec.id)?.show(shown === undefined ? undefined : timeChart(shown, page, partly === undefined))
    if (shown === undefined) undrawn.push(spec.title)
  }
  const missing = document.querySelector<HTMLElement>('.chart-missing')
  if (missing !== null) missing.hidden = own.length > 0
  sayUndrawn('charts', own.length > 0 ? undrawn : [])
}

function showDistributions(): void {
  const radio = document.querySelector<HTMLInputElement>('[name=distribution]:checked')
  const metric = radio?.value
  const specIn = (part: number) => drawingsOf(part).distributions.find((one) => one.metric === metric)
  const [spec, whole] = [specIn(chosen), chosen === 0 ? undefined : specIn(0)]
  const beside = whole === undefined ? undefined : { name: labelOf(0), spec: whole }
  figures.get('histogram')?.show(spec && histogram(spec))
  figures.get('percentile-curve')?.show(spec && percentileCurve({ name: labelOf(chosen), spec }, beside))
  sayUndrawn('distributions', spec === undefined ? [radio?.labels?.[0]?.textContent ?? ''] : [])
}

/** Names what a section does not draw of the chosen part: empty boxes would say the same and hide the others. */
function sayUndrawn(section: string, titles: readonly string[]): void {
  const note = document.querySelector<HTMLElement>(`#${section} .undrawn`)
  if (note === null) return
  note.hidden = titles.length === 0
  note.textContent = `Nothing to draw in this part: ${titles.join(', ')}.`
}

/** Moments are shown in all charts at once, and so is a time, where there is more than one to choose. */
function connectCharts(): void {
  const charts = drawingsOf(0).charts.flatMap(({ id }) => figures.get(id)?.drawing.chart ?? [])
  const zoom = page.at.length > 1 ? startZoom() : undefined
  for (const chart of charts) {
    chart.group = GROUP
    if (zoom !== undefined) chart.getZr().on('dblclick', () => zoom.reset())
  }
  connect(GROUP)
}

function startZoom() {
  const panel = document.querySelector<HTMLElement>('.zoom')
  const box = panel?.querySelector<HTMLElement>('.overview')
  if (!panel || !box) return undefined
  panel.hidden = false
  const strip = overviewIn(box, page, theme)
  drawings.push(strip)
  strip.chart.group = GROUP
  return watchZoom(panel, strip, lengthOf(page))
}

for (const hidden of document.querySelectorAll<HTMLElement>('.metrics')) hidden.hidden = false
for (const radio of document.querySelectorAll('[name=distribution]')) {
  radio.addEventListener('change', showDistributions)
}
showCharts()
showDistributions()
connectCharts()
watchScrolling()
watchChoice((part) => {
  chosen = part
  showPart(part, labelOf(part))
  showCharts()
  showDistributions()
})
watchScheme(() => {
  theme = readTheme()
  for (const drawing of drawings) drawing.paint(theme)
}, drawings)
