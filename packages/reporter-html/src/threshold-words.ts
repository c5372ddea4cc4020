import { marginText, type MetricSummary, type Summary, type ThresholdSummary } from 'loadbench/report'
import type { Tone } from './template.ts'
import { readBound } from './bound.ts'
import { count, perSecond, quantity, share, spoken } from './format.ts'

/** What a threshold saw, as the value reads everywhere else in the report. */
export function observed(threshold: ThresholdSummary, summary: Summary): string {
  const { observed: value, unit, expression } = threshold
  if (value === undefined) return 'no data'
  const aggregation = readBound(expression)?.aggregation
  const type = typeOf(threshold, summary)
  if (type === 'rate') return spoken(aggregation === 'rate' ? share(value) : count(value))
  if (type === 'counter' && aggregation === 'rate') return spoken(perSecond(value, unit))
  return spoken(aggregation === 'count' ? count(value) : quantity(value, unit))
}

/** Distance from the bound, in bounds; `undefined` where that says nothing. */
export function room({ observed: value, expression, bound }: ThresholdSummary): number | undefined {
  const read = readBound(expression)
  const limit = bound ?? read?.value ?? 0
  if (value === undefined || limit <= 0 || !/^[<>]/.test(read?.operator ?? '')) return undefined
  return value / limit - 1
}

/** How far the value is from its bound, as in the terminal; earlier versions did not write the bound down. */
export function margin(threshold: ThresholdSummary): string {
  const bound = threshold.bound ?? readBound(threshold.expression)?.value
  return marginText({ ...threshold, ...(bound === undefined ? {} : { bound }) })
}

interface Verdict {
  readonly tone: Tone
  readonly verdict: string
}

/** The verdict on a threshold as a word and a mark. One of a run that was killed is none: it was not judged to the end. */
export function verdictOf({ passed }: ThresholdSummary, { run }: Summary): Verdict {
  if (!passed) return { tone: 'fail', verdict: 'Failed' }
  return run.outcome === 'killed' ? { tone: 'none', verdict: 'Held' } : { tone: 'pass', verdict: 'Passed' }
}

function typeOf({ metric }: ThresholdSummary, { metrics }: Summary): MetricSummary['type'] | undefined {
  const name = metric.replace(/\{.*$/s, '')
  return metrics.find((one) => one.name === name)?.type
}
