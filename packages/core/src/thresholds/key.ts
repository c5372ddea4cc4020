import { AGGREGATIONS, METRIC_NAME, type MetricDefinition } from '../model/metric.ts'
import type { Tags } from '../model/tags.ts'
import type { ParsedThreshold } from './parse.ts'

/** Which metric, and which part of it, a threshold is about. */
export interface ThresholdKey {
  readonly metric: string
  /** Tags and the values they must have; empty: the whole metric. */
  readonly selector: Tags
}

const WHOLE = /^\s*([^{}\s]+)\s*(?:\{(.*)\})?\s*$/s
/** `name:value` and what separates it from the next; either side may stand in quotes. */
const PAIR = /\s*(?:"([^"]*)"|'([^']*)'|([^:,"']+?))\s*:\s*(?:"([^"]*)"|'([^']*)'|([^,"'{}]+?))\s*(,|$)/y

/**
 * Reads a key of `options.thresholds`:
 *
 *   key  = metric [ "{" pair { "," pair } "}" ]
 *   pair = text ":" text            text with a comma, colon, quote or brace in it stands in quotes
 *
 * A colon needs no quotes in a value (`model:llama:8b`). Never throws.
 */
export function parseThresholdKey(key: string): ThresholdKey | { readonly problem: string } {
  const [, metric, pairs] = WHOLE.exec(key) ?? []
  if (metric === undefined) return { problem: `must be a metric, or metric{tag:value}, got "${key}"` }
  if (!METRIC_NAME.test(metric)) return { problem: `"${metric}" cannot be the name of a metric` }
  if (pairs === undefined) return { metric, selector: {} }
  if (pairs.trim() === '') return { problem: `the braces of "${key}" are empty` }
  const selector = new Map<string, string>()
  for (let at = 0; at < pairs.length;) {
    PAIR.lastIndex = at
    const match = PAIR.exec(pairs)
    if (match === null) return { problem: `expected tag:value at "${pairs.slice(at).trim()}"` }
    const [, name1, name2, name3 = '', value1, value2, value3 = '', separator] = match
    const name = name1 ?? name2 ?? name3
    if (selector.has(name)) return { problem: `the tag ${name} stands twice in "${key}"` }
    selector.set(name, value1 ?? value2 ?? value3)
    at = PAIR.lastIndex
    if (separator === ',' && pairs.slice(at).trim() === '')
      return { problem: `expected tag:value after the last comma of "${key}"` }
  }
  return { metric, selector: Object.fromEntries(selector) }
}

/** Aggregations whose values have the unit of the metric; the others are numbers, shares or rates. */
export const IN_METRIC_UNIT: readonly string[] = ['avg', 'min', 'med', 'max', 'value']

/**
 * Whether a threshold can be asked of a metric.
 * @returns what is wrong, and what would be right; `undefined` if nothing is.
 */
export function problemWith(parsed: ParsedThreshold, metric: MetricDefinition): string | undefined {
  const { aggregation, boundUnit } = parsed
  const isPercentile = aggregation.startsWith('p(')
  const allowed = AGGREGATIONS[metric.type]
  if (!allowed.includes(isPercentile ? 'p(N)' : aggregation)) {
    const types = Object.entries(AGGREGATIONS).filter(([, names]) =>
      names.includes(isPercentile ? 'p(N)' : aggregation),
    )
    const where = types.map(([type]) => `${type}s`).join(' and ')
    return `${aggregation} is for ${where}; ${metric.name} is a ${metric.type}: ${allowed.join(', ')}`
  }
  if (boundUnit === 'percent' && !(metric.type === 'rate' && aggregation === 'rate'))
    return `a bound in % is for the rate of a rate; ${aggregation} of ${metric.name} is a plain number`
  if (
    boundUnit === 'time' &&
    !(metric.unit === 'ms' && (isPercentile || IN_METRIC_UNIT.includes(aggregation)))
  )
    return `a bound with a unit of time is for times; ${aggregation} of ${metric.name} is not one`
  return undefined
}
