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
 * is not counted may have happened. A sliver at the end is counted together with the interval before it.
 */
export function ratesOf(timeline: Timeline, tags: Tags, metric: string): Values | undefined {
  const counts = statOf(timeline, tags, metric, 'count')
  return counts === undefined ? undefined : ratesOfCounts(timeline, counts)
}

function ratesOfCounts(timeline: Timeline, counts: Values): Values {
  const { at, width } = timeline
  const unmeasured = warmUps(markersIn(timeline))
  const joined = withoutSliver(timeline, counts)
  const sliver = endsInSliver(timeline) ? (width.at(-1) ?? 0) : 0
  return width.map((seconds, index) => {
    const count = joined[index] ?? 0
    const middle = (at[index] ?? 0) - seconds / 2
    if (count === 0 && unmeasured.some(({ from, to }) => from <= middle && middle < to)) return null
    if (sliver > 0 && index === width.length - 1) return null
    const counted = index === width.length - 2 ? seconds + sliver : seconds
    return counted > 0 ? count / counted : null
  })
}

/** Counts with those of a sliver at the end added to the interval before it. */
export function withoutSliver(timeline: Timeline, counts: Values): Values {
  if (!endsInSliver(timeline)) return counts
  const [before, sliver] = [counts.at(-2) ?? 0, counts.at(-1) ?? 0]
  return [...counts.slice(0, -2), before + sliver, null]
}

/**
 * The last interval of a run is often a sliver in which one event would look like a burst: shorter than half
 * of the one before.
 */
function endsInSliver({ width }: Timeline): boolean {
  return (width.at(-1) ?? 0) < (width.at(-2) ?? 0) / 2
}

/** Failures of a part by class; `undefined` where it has none, or failures were not told apart by its tags. */
export function partErrorsOf(timeline: Timeline, tags: Tags): ErrorSeries | undefined {
  return partErrorsIn(timeline).find((part) => sameTags(part.tags, tags))?.errors
}
