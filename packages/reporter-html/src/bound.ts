import type { ThresholdSummary } from 'loadbench/report'
import type { ChartBound } from './chart-spec.ts'

const MILLIS_OF: Readonly<Record<string, number>> = { '': 1, us: 1e-3, µs: 1e-3, ms: 1, s: 1e3, m: 60e3 }
const PERCENTILE_BOUND =
  /^\s*(?:p\(\d+(?:\.\d+)?\)|med)\s*[<>]=?\s*(\d+(?:\.\d+)?)\s*(us|µs|ms|s|m)?(?:\s+over\s.*)?\s*$/

/**
 * The bounds, ms, that thresholds set to percentiles of a whole metric. Those with a selector, on
 * other aggregations or not understood have no place in a chart of percentiles and are left out.
 */
export function boundsOf(thresholds: readonly ThresholdSummary[], metric: string): ChartBound[] {
  return thresholds.flatMap((threshold) => {
    const [, amount, unit = ''] = PERCENTILE_BOUND.exec(threshold.expression) ?? []
    if (threshold.metric !== metric || threshold.unit !== 'ms' || amount === undefined) return []
    return [{ value: Number(amount) * (MILLIS_OF[unit] ?? 1), label: threshold.expression }]
  })
}
