import type { ChartSpec, PageData } from '../chart-spec.ts'
import { quantity, spoken } from '../format.ts'
import { clockOf, lengthOf } from '../run-clock.ts'
import { element } from './element.ts'
import { swatch } from './swatch.ts'

/**
 * The values of one moment and what was marked in it.
 * @param points what ECharts gives the formatter of an axis tooltip
 */
export function tip(spec: ChartSpec, page: PageData, points: unknown): HTMLElement {
  const shown = pointsOf(points)
  const box = element('div', 'tip')
  if (shown[0] === undefined) return box
  const index = intervalOf(shown[0], page)
  const { said } = clockOf(lengthOf(page))
  const end = page.at[index] ?? 0
  const start = end - (page.width[index] ?? 0)
  box.append(element('div', 'tip-time', `${said(start)} to ${said(end)}`))
  for (const { seriesIndex } of shown) {
    const series = spec.series[seriesIndex]
    const value = series?.values[index]
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

/** The only interval of a run is drawn as two points. */
function intervalOf({ dataIndex }: Point, { at }: PageData): number {
  return Math.min(dataIndex, at.length - 1)
}

function pointsOf(points: unknown): readonly Point[] {
  return Array.isArray(points) ? (points as Point[]) : []
}
