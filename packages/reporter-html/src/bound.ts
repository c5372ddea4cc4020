import type { ThresholdSummary } from 'loadbench/report'

/** What a threshold asks for. */
export interface Bound {
  /** `p(95)`, `rate`. */
  readonly aggregation: string
  readonly operator: string
  /** In the unit of the metric; a bound in per cent is a share. */
  readonly value: number
}

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1e3,
  m: 60e3,
  '%': 0.01,
}
const EXPRESSION =
  /^\s*([a-z]+(?:\s*\([^)]*\))?)\s*([<>]=?|===?|!=)\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)\s*(us|µs|ms|s|m|%)?(?:\s+over\s.*)?\s*$/i

/** Reads an expression; `undefined` for one that is not understood. */
export function readBound(expression: string): Bound | undefined {
  const [, aggregation, operator, amount, unit = ''] = EXPRESSION.exec(expression) ?? []
  if (aggregation === undefined || operator === undefined || amount === undefined) return undefined
  return {
    aggregation: aggregation.replaceAll(' ', ''),
    operator,
    value: Number(amount) * (UNITS[unit] ?? 1),
  }
}

/** A line across a chart, and what it stands for. */
export interface BoundLine {
  readonly value: number
  readonly label: string
}

/**
 * The bounds, ms, that thresholds set to percentiles of one metric, by its whole name:
 * `ttft{scenario:spike}`. Those on other aggregations, or not understood, have no place in a chart of
 * percentiles and are left out.
 */
export function boundLines(thresholds: readonly ThresholdSummary[], metric: string): BoundLine[] {
  return thresholds.flatMap((threshold) => {
    const bound = readBound(threshold.expression)
    if (threshold.metric !== metric || threshold.unit !== 'ms' || bound === undefined) return []
    if (!/^(?:p\(|med$)/.test(bound.aggregation) || !/^[<>]/.test(bound.operator)) return []
    return [{ value: threshold.bound ?? bound.value, label: threshold.expression }]
  })
}
