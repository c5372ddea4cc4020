import type { MetricSummary } from '../../../model/summary.ts'
import { figure, percent, plain } from '../../figures.ts'
import { pointTable } from '../point-table.ts'
import { scaled, scaleFor } from '../scale.ts'
import { WIDTH } from './sections.ts'

/**
 * Trends with a column for each stat, then what only counts. Each row has one unit.
 * @param title stands in the corner.
 */
export function metricLines(
  title: string,
  trends: readonly MetricSummary[],
  counts: readonly MetricSummary[],
  stats: readonly string[],
): string[] {
  const table =
    trends.length === 0
      ? [title]
      : pointTable([[title, '', ...stats], ...trends.map((metric) => trendRow(metric, stats))], 2, WIDTH)
  const [heading = ''] = table
  const edge =
    trends.length === 0 ? 0 : heading.indexOf(stats[0] ?? '', title.length) + (stats[0]?.length ?? 0)
  return [...table, ...countLines(counts, edge)]
}

/** Stats that count values and have not their unit. */
const NUMBERS = ['count', 'rate']

function trendRow({ name, unit, values }: MetricSummary, stats: readonly string[]): string[] {
  const measured = stats.filter((stat) => !NUMBERS.includes(stat))
  const scale = scaleFor(
    measured.flatMap((stat) => values[stat] ?? []),
    unit,
  )
  const cell = (stat: string) =>
    NUMBERS.includes(stat) ? figure(values[stat], '') : scaled(values[stat], scale)
  return [name, scale.unit, ...stats.map(cell)]
}

/** @param edge where values end at least: below the first column of the table above. */
function countLines(metrics: readonly MetricSummary[], edge: number): string[] {
  const rows = metrics
    .filter(({ name, values }) => !ENDS_AT_ZERO.includes(name) || (values['max'] ?? 0) > 0)
    .map((metric) => ({ name: metric.name, ...countCells(metric) }))
  const longestName = Math.max(0, ...rows.map(({ name }) => name.length))
  const longestValue = Math.max(0, ...rows.map(({ value }) => value.length))
  const end = Math.max(edge, longestName + 2 + longestValue)
  return rows.map(({ name, value, detail }) => {
    const line = name + value.padStart(end - name.length)
    return `${line}  ${detail}`.trimEnd()
  })
}

function countCells({ name, type, unit, values }: MetricSummary): { value: string; detail: string } {
  switch (type) {
    case 'rate': {
      const { rate = 0, passes = 0, fails = 0 } = values
      return { value: percent(rate), detail: `${plain(passes)} of ${plain(passes + fails)}` }
    }
    case 'gauge': {
      const { value, min, max } = values
      if (ENDS_AT_ZERO.includes(name)) return { value: figure(max, unit), detail: 'at most' }
      return { value: figure(value, unit), detail: `min ${figure(min, unit)}, max ${figure(max, unit)}` }
    }
    default: {
      const { count, rate } = values
      return { value: figure(count, unit), detail: count === 0 ? '' : `${figure(rate, unit)}/s` }
    }
  }
}

/** At its end a run has no VUs any more; one that is over within a second was never seen with some. */
const ENDS_AT_ZERO = ['vus', 'vus_max', 'concurrent_streams']
