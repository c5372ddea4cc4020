import type { ChartSpec, PageData } from '../chart-spec.ts'
import { clock, quantity, spoken } from '../format.ts'
import { element } from './element.ts'
import { swatch } from './swatch.ts'

/**
 * The values of one moment and what was marked in it.
 * @param points what ECharts gives the formatter of an axis tooltip
 */
export function tip(spec: ChartSpec, page: PageData, points: unknown): HTMLElement {
  const shown = pointsOf(points)
  const box = element('div', 'tip')
  const index = shown[0]?.dataIndex
  if (index === undefined) return box
  const end = page.at[index] ?? 0
  const start = end - (page.width[index] ?? 0)
  box.append(element('div', 'tip-time', `${clock(start)} to ${clock(end)}`))
  for (const { seriesIndex, dataIndex } of shown) {
    const series = spec.series[seriesIndex]
    const value = series?.values[dataIndex]
    if (series === undefined || (spec.kind === 'stack' && value === 0)) continue
    const row = element('div', `tip-row series-${series.colour}`)
    row.append(
      swatch(spec.kind === 'stack' ? 'block' : series.dash),
      element('span', '', series.name),
      element('span', '', spoken(quantity(value, spec.unit))),
    )
    box.append(row)
  }
  for (const [number, { at, label }] of page.markers.entries()) {
    if (at >= start && at < end) box.append(element('div', 'tip-mark', `${number + 1} ${label}`))
  }
  return box
}

interface Point {
  readonly seriesIndex: number
  readonly dataIndex: number
}

function pointsOf(points: unknown): readonly Point[] {
  return Array.isArray(points) ? (points as Point[]) : []
}
