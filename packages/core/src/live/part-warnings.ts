import { MOST_VALUES, type Parts } from '../metrics/parts.ts'
import type { TimelineBuilder } from '../metrics/timeline.ts'
import type { Totals } from '../metrics/totals.ts'
import { didYouMean } from '../plan/nearest.ts'

/** What a reader must know of the parts that were asked for and are not there, or not whole. */
export function partWarnings(parts: Parts, timeline: TimelineBuilder, totals: Totals): string[] {
  const overfull = parts.overfull.map(
    ({ tag, left }) =>
      `The tag "${tag}" has more than ${MOST_VALUES} values: the first ${MOST_VALUES} are shown apart, ` +
      `the other ${left} count in the whole alone.`,
  )
  const { leftOut } = timeline
  const uncharted =
    leftOut === 0
      ? []
      : [`There are more parts than charts have room for; ${leftOut} have totals but no course over time.`]
  return [...unseen(parts, totals), ...overfull, ...uncharted]
}

function unseen({ unseen: missing }: Parts, totals: Totals): string[] {
  if (missing.length === 0) return []
  const series = totals.names().flatMap((name) => totals.series(name))
  const known = [...new Set(series.flatMap(({ tags }) => Object.keys(tags)))]
  return missing.map((tag) => {
    const there = known.length === 0 ? '.' : `; there are ${known.join(', ')}.`
    return `Nothing was recorded with the tag "${tag}"${didYouMean(tag, known) || there}`
  })
}
