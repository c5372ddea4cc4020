import type { PageData } from '../chart-spec.ts'
import { drawChart, GROUP, type DrawnChart } from './chart.ts'
import { connect } from './echarts.ts'
import { watchKeys } from './keys.ts'
import { watchScheme } from './scheme.ts'
import { readTheme } from './theme.ts'

const data = JSON.parse(document.querySelector('#report-data')?.textContent ?? '{"charts":[]}') as PageData
const theme = readTheme()
const drawn: DrawnChart[] = []

for (const spec of data.charts) {
  const box = document.querySelector<HTMLElement>(`[data-chart="${spec.id}"]`)
  if (box === null) continue
  const chart = drawChart(box, spec, data, theme)
  watchKeys(box, chart)
  drawn.push(chart)
}
connect(GROUP)
watchScheme(drawn)
