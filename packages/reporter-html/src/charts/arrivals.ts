import type { MetricSummary, Timeline } from 'loadbench/report'
import { QUIET } from '../chart-spec.ts'
import { lines, type Chart } from '../chart.ts'
import { intendedRate } from '../intended.ts'
import { ratesOf } from '../timeline-stat.ts'

/** Those started, as the plan asks for; runs of older versions counted those that ended only. */
function iterations(timeline: Timeline, tags: MetricSummary['tags']) {
  const started = ratesOf(timeline, tags, 'iterations_started')
  return started === undefined
    ? (['iterations ended', ratesOf(timeline, tags, 'iterations')] as const)
    : (['iterations started', started] as const)
}

/** The plan asks for iterations; how many is known of scenarios and of the whole run, not of other parts. */
export const arrivals: Chart = {
  id: 'rate',
  title: 'Rate per second',
  unit: '/s',
  kind: 'lines',
  absent: 'Rate: no iteration started and no request ended.',
  series({ timeline, manifest, summary: { scenarios } }, tags) {
    const known = Object.keys(tags).every((name) => name === 'scenario')
    const intended = known ? intendedRate(manifest.plan, timeline, scenarios, tags['scenario']) : undefined
    const achieved = lines(
      ['requests ended', ratesOf(timeline, tags, 'requests')],
      iterations(timeline, tags),
      ['dropped', ratesOf(timeline, tags, 'dropped_iterations')],
      ['plain HTTP ended', ratesOf(timeline, tags, 'http_reqs')],
    )
    // First, so that it lies below what was achieved of it.
    return intended === undefined || achieved.length === 0
      ? achieved
      : [{ name: 'intended starts', colour: QUIET, dash: 'solid', values: intended }, ...achieved]
  },
}
