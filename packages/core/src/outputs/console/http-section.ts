import type { MetricSummary } from '../../model/summary.ts'
import { matches } from '../../model/tags.ts'

/* As in k6 the terminal shows few of the metrics of plain HTTP; report and JSON have all. */

const COUNTS = ['http_reqs', 'http_req_failed', 'http_req_interrupted']
const EXPECTED = { expected_response: 'true' }

/** How long requests took: all of them, and those that were answered as expected. */
export function httpTrends(metrics: readonly MetricSummary[]): readonly MetricSummary[] {
  const durations = metrics.filter(({ name }) => name === 'http_req_duration')
  const all = durations.filter(({ tags }) => Object.keys(tags).length === 0)
  const expected = durations.filter(({ tags }) => Object.keys(tags).length === 1 && matches(tags, EXPECTED))
  return [...all, ...expected.map((one) => ({ ...one, name: '  { expected_response:true }' }))]
}

/** How many requests there were, and what became of them. */
export function httpCounts(metrics: readonly MetricSummary[]): readonly MetricSummary[] {
  return COUNTS.flatMap(
    (name) => metrics.find((one) => one.name === name && Object.keys(one.tags).length === 0) ?? [],
  ).filter(({ name, values }) => name !== 'http_req_interrupted' || values['count'] !== 0)
}
