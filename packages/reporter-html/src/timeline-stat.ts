import type { Timeline, TimelineSeries } from 'loadbench/report'

type Values = readonly (number | null)[]

/** One statistic of a whole metric over time; `undefined` where no interval has a value. */
export function statOf(timeline: Timeline, metric: string, stat: string): Values | undefined {
  const values = wholeMetric(timeline, metric)?.stats[stat]
  return values?.some((value) => value !== null) ? values : undefined
}

/**
 * A counter per second. An interval in which it did not move is a 0, not a gap. The last interval of a
 * run is often a sliver in which one event would look like a burst: shorter than half of the one before,
 * it is counted together with it.
 */
export function ratesOf(timeline: Timeline, metric: string): Values | undefined {
  const counts = statOf(timeline, metric, 'count')
  return counts === undefined ? undefined : ratesOfCounts(timeline, counts)
}

function ratesOfCounts({ width }: Timeline, counts: Values): Values {
  const rates: (number | null)[] = width.map((seconds, index) =>
    seconds > 0 ? (counts[index] ?? 0) / seconds : null,
  )
  const last = width.length - 1
  const [before, sliver] = [width[last - 1] ?? 0, width[last] ?? 0]
  if (sliver < before / 2) {
    rates[last - 1] = ((counts[last - 1] ?? 0) + (counts[last] ?? 0)) / (before + sliver)
    rates[last] = null
  }
  return rates
}

function wholeMetric(timeline: Timeline, metric: string): TimelineSeries | undefined {
  return timeline.series.find((series) => series.metric === metric && Object.keys(series.tags).length === 0)
}
