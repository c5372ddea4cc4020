import type { DistributionSpec } from '../chart-spec.ts'
import type { EChartsCoreOption } from './echarts.ts'
import type { Room } from './drawing.ts'
import type { Shown } from './figure.ts'
import type { Theme } from './theme.ts'
import { count, quantity, round, share as shareOf, spoken } from '../format.ts'
import { frame, placedAxis, tooltip, valueAxis } from './axis.ts'
import { element } from './element.ts'
import { logTicks, placeOf } from './log-scale.ts'
import { rowsOf } from './label-rows.ts'
import { markLines, uprightBoundStyle } from './marks.ts'

/** Room beside the outermost values, as a factor. */
const MARGIN = 1.15
/** A bound this much above the highest value would press the values into a corner; it is not drawn then. */
const FARTHEST = 4

/** Height of a row of labels, px. */
const ROW = 14

type Bucket = DistributionSpec['buckets'][number]

/** How many values lie where, on a logarithmic axis. */
export function histogram(spec: DistributionSpec): Shown {
  const buckets = closed(spec.buckets)
  const fullest = buckets.toSorted((a, b) => b[2] - a[2])[0]
  const words = fullest === undefined ? '' : `most of them from ${rangeOf(fullest, spec)}`
  return {
    title: `${spec.title}: how many values`,
    words: `${spec.title}, histogram of ${spoken(count(spec.count))} values: ${words}`,
    keys: [],
    sketch: (theme, room) => optionOf(spec, buckets, theme, room),
    rows: () => [[`from (${spec.unit})`, `to (${spec.unit})`, 'count'], ...spec.buckets],
    notes: [],
    ofWhole: false,
  }
}

/** Without gaps between them, and with none that begins at 0, which has no place on the axis. */
function closed(buckets: readonly Bucket[]): readonly Bucket[] {
  return buckets.flatMap(([from, to, amount], index): Bucket[] => {
    const before = buckets[index - 1]?.[1] ?? from
    const start = from > 0 ? from : to / 10 ** (1 / 12)
    return before < from
      ? [
          [before, from, 0],
          [start, to, amount],
        ]
      : [[start, to, amount]]
  })
}

function rangeOf([from, to]: Bucket, { unit }: DistributionSpec): string {
  return `${spoken(quantity(from, unit))} to ${spoken(quantity(to, unit))}`
}

function optionOf(
  spec: DistributionSpec,
  buckets: readonly Bucket[],
  theme: Theme,
  room: Room,
): EChartsCoreOption {
  const [from, to] = [(buckets[0]?.[0] ?? 1) / MARGIN, buckets.at(-1)?.[1] ?? 10]
  const bounds = spec.bounds.filter(({ value }) => value > from && value < to * FARTHEST)
  const end = Math.max(to, ...bounds.map(({ value }) => value)) * MARGIN
  const ticks = logTicks(from, end, room.width < 400 ? 5 : 9)
  const [left, right] = [placeOf(from), placeOf(end)]
  const rows = rowsOf(
    bounds.map(({ value, label }) => ({
      centre: ((placeOf(value) - left) / (right - left)) * room.plot,
      text: label,
    })),
  )
  return {
    ...frame(theme, ROW * Math.max(0, ...rows)),
    tooltip: tooltip(theme, (points) => bucketTip(spec, buckets, points)),
    xAxis: placedAxis(theme, [left, right], ticks, (place) =>
      spoken(round(Number((10 ** place).toPrecision(2)), spec.unit)),
    ),
    yAxis: valueAxis(theme, '', 0),
    series: [
      {
        type: 'line',
        name: spec.title,
        step: 'end',
        symbol: 'none',
        data: [...buckets.map(([edge, , amount]) => [placeOf(edge), amount]), [placeOf(to), 0]],
        lineStyle: { width: 1.25 },
        areaStyle: { opacity: 0.22 },
        itemStyle: { color: theme.series(1) },
        emphasis: { disabled: true },
      },
      markLines(
        bounds.map(({ value, label }, index) => ({
          xAxis: placeOf(value),
          name: label,
          ...uprightBoundStyle(theme, 3 + ROW * (rows[index] ?? 0)),
        })),
      ),
    ],
  }
}

function bucketTip(spec: DistributionSpec, buckets: readonly Bucket[], points: unknown): HTMLElement {
  const [point] = Array.isArray(points) ? (points as { dataIndex: number }[]) : []
  const bucket = buckets[point?.dataIndex ?? -1]
  const box = element('div', 'tip')
  if (bucket === undefined) return box
  const amount = bucket[2]
  box.append(
    element('div', 'tip-time', rangeOf(bucket, spec)),
    element(
      'div',
      '',
      `${spoken(count(amount))} of ${spoken(count(spec.count))}, ${spoken(shareOf(amount / spec.count))}`,
    ),
  )
  return box
}
