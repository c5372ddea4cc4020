import type { ErrorSeries, Timeline, TimelineSeries } from 'loadbench/report'
import { sameTags } from './part.ts'
import { markersIn, partErrorsIn } from './recorded.ts'
import { warmUps } from './warm-up.ts'

type Values = readonly (number | null)[]
type Tags = TimelineSeries['tags']

/** One statistic of a metric over time, of the whole run or a part; `undefined` where no interval has a value. */
export function statOf(timeline: Timeline, tags: Tags, metric: string, stat: string): Values | undefined {
  const series = timeline.series.find((one) => one.metric === metric && sameTags(one.tags, tags))
  const values = series?.stats[stat]
  return values?.some((value) => value !== null) ? values : undefined
}

/**
 * A counter per second. An interval in which it did not move is a 0, not a gap, but in a warm-up, where what
 * is not counted may have happened. The last interval of a
 * run is often a sliver in which one event would look like a burst: shorter than half of the one before,
 * it is counted together with it.
 */
export function ratesOf(timeline: Timeline, tags: Tags, metric: string): Values | undefined {
  const counts = statOf(timeline, tags, metric, 'count')
  return counts === undefined ? undefined : ratesOfCounts(timeline, counts)
}

function ratesOfCounts(timeline: Timeline, counts: Values): Values {
  const { at, width } = timeline
  const unmeasured = warmUps(markersIn(timeline))
  const rates: (number | null)[] = width.map((seconds, index) => {
    const count = counts[index] ?? 0
    const middle = (at[index] ?? 0) - seconds / 2
    const unknown = count === 0 && unmeasured.some(({ from, to }) => from <= middle && middle < to)
    return seconds > 0 && !unknown ? count / seconds : null
  })
  const last = width.length - 1
  const [before, sliver] = [width[last - 1] ?? 0, width[last] ?? 0]
  if (sliver < before / 2) {
    rates[last - 1] = ((counts[last - 1] ?? 0) + (counts[last] ?? 0)) / (before + sliver)
    rates[last] = null
  }
  return rates
}

/** Failures of a part by class; `undefined` where it has none, or failures were not told apart by its tags. */
export function partErrorsOf(timeline: Timeline, tags: Tags): ErrorSeries | undefined {
  return partErrorsIn(timeline).find((part) => sameTags(part.tags, tags))?.errors
}
