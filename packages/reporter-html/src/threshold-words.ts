import type { MetricSummary, Summary, ThresholdSummary } from 'loadbench/report'
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

/**
 * How far the value is from its bound: `58% below`, `2.3 × the bound`, of a share `2.3 points above`;
 * `''` where that says nothing.
 */
export function margin(threshold: ThresholdSummary, summary: Summary): string {
  const distance = room(threshold)
  if (distance === undefined) return ''
  if (distance === 0) return 'at the bound'
  const { observed: value = 0, expression, bound } = threshold
  const read = readBound(expression)
  if (read?.aggregation === 'rate' && typeOf(threshold, summary) === 'rate')
    return `${points(value - (bound ?? read.value))} ${distance > 0 ? 'above' : 'below'}`
  if (distance >= 1) return `${spoken(quantity(distance + 1, ''))}\u202f× the bound`
  return distance > 0 ? `${percent(distance)} above` : `${percent(-distance)} below`
}

/** A difference of two shares in percentage points. */
function points(difference: number): string {
  const shown = Number((Math.abs(difference) * 100).toFixed(2))
  if (shown === 0) return '<0.01 points'
  return `${shown} ${shown === 1 ? 'point' : 'points'}`
}

function percent(distance: number): string {
  return distance < 0.01 ? '<1%' : `${Math.min(100, Math.round(distance * 100))}%`
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
