import { QUIET, type DistributionSpec } from '../chart-spec.ts'
import type { EChartsCoreOption } from './echarts.ts'
import type { Key } from './keys.ts'
import type { Shown } from './figure.ts'
import type { Theme } from './theme.ts'
import { quantity, share as shareOf, spoken } from '../format.ts'
import { frame, placedAxis, tooltip, valueAxis } from './axis.ts'
import { ceiling } from './ceiling.ts'
import { element } from './element.ts'
import { placeOfShare, shareTicks } from './log-scale.ts'
import { boundStyle, markLines } from './marks.ts'

type Percentile = DistributionSpec['percentiles'][number]

/** A curve of percentiles and its name. */
export interface Curve {
  readonly name: string
  readonly spec: DistributionSpec
}

/** The value at each percentile as HdrHistogram plots it, of the chosen part and beside it the whole run. */
export function percentileCurve({ name, spec }: Curve, whole?: Curve): Shown {
  const keys: readonly Key[] =
    whole === undefined
      ? []
      : [
          { name, colour: 1, shape: 'solid' },
          { name: whole.name, colour: QUIET, shape: 'dashed' },
        ]
  return {
    title: `${spec.title}: value at each percentile`,
    words: `${spec.title}, value at each percentile: ${said(spec)}`,
    keys,
    sketch: (theme) => optionOf({ name, spec }, whole, theme),
    rows: () => [
      ['percentile', `value (${spec.unit})`],
      ...spec.percentiles.map(([at, value]) => [at * 100, value]),
    ],
    notes: [],
    ofWhole: false,
  }
}

function said({ percentiles, unit }: DistributionSpec): string {
  const at = (share: number) => percentiles.find(([one]) => one >= share)?.[1]
  return [0.5, 0.95, 0.99]
    .map((share) => `${spoken(shareOf(share))} within ${spoken(quantity(at(share), unit))}`)
    .join(', ')
}

/** Those that have a place: the last, all values, has none and is drawn where one value in all is. */
function placed({ percentiles, count }: DistributionSpec): readonly Percentile[] {
  const last = 1 - 1 / Math.max(2, count)
  const before = percentiles.filter(([share]) => share < last)
  const highest = percentiles.at(-1)
  return highest === undefined ? before : [...before, [last, highest[1]]]
}

function optionOf(chosen: Curve, whole: Curve | undefined, theme: Theme): EChartsCoreOption {
  const { unit, bounds } = chosen.spec
  const [points, others] = [placed(chosen.spec), whole === undefined ? [] : placed(whole.spec)]
  const end = points.at(-1)?.[0] ?? 0.9
  const highest = Math.max(...[...points, ...others].map(([, value]) => value))
  const top = ceiling(highest, bounds)
  return {
    ...frame(theme),
    tooltip: tooltip(theme, (shown) => pointTip(points, unit, shown)),
    xAxis: placedAxis(theme, [0, placeOfShare(end)], shareTicks(end), shareText),
    yAxis: { ...valueAxis(theme, unit, top?.max ?? highest), ...top },
    series: [
      curve(chosen.name, points, theme, 1, 'solid'),
      ...(whole === undefined ? [] : [curve(whole.name, others, theme, QUIET, 'dashed')]),
      markLines(bounds.map(({ value, label }) => ({ yAxis: value, name: label, ...boundStyle(theme) }))),
    ],
  }
}

function curve(
  name: string,
  points: readonly Percentile[],
  theme: Theme,
  colour: number,
  type: 'solid' | 'dashed',
): object {
  return {
    type: 'line',
    name,
    symbol: 'none',
    data: points.map(([share, value]) => [placeOfShare(share), value]),
    lineStyle: { width: 1.75, type },
    itemStyle: { color: theme.series(colour) },
    emphasis: { disabled: true },
  }
}

/** A tick: 0%, 50%, 99.9%. */
function shareText(place: number): string {
  return `${Number((100 * (1 - 10 ** -place)).toFixed(4))}%`
}

function pointTip(
  points: readonly Percentile[],
  unit: DistributionSpec['unit'],
  shown: unknown,
): HTMLElement {
  const [first] = Array.isArray(shown) ? (shown as { dataIndex: number }[]) : []
  const point = points[first?.dataIndex ?? -1]
  const box = element('div', 'tip')
  if (point === undefined) return box
  const [share, value] = point
  box.append(
    element('div', 'tip-time', `${Number((share * 100).toPrecision(6))}% of the values`),
    element('div', '', `at most ${spoken(quantity(value, unit))}`),
  )
  return box
}
