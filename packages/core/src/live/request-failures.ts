import type { Totals } from '../metrics/totals.ts'

/** Requests of scenarios that ended, and those of them that failed. */
interface RequestFailures {
  readonly failed: number
  readonly ended: number
}

/** Of models, and plain ones. */
export const FAILURE_RATES: readonly string[] = ['request_failed', 'http_req_failed']

/** @returns counts of the run so far, without those cut off by its end. */
export function requestFailures(totals: Totals): RequestFailures {
  const load = FAILURE_RATES.flatMap((rate) => totals.series(rate)).filter(({ tags }) => 'scenario' in tags)
  const count = (aggregation: string) =>
    load.reduce((sum, { aggregate }) => sum + (aggregate.value(aggregation, totals.elapsed) ?? 0), 0)
  const failed = count('passes')
  return { failed, ended: failed + count('fails') }
}

/** Requests were made, and not one ended well. */
export function everyRequestFailed(totals: Totals): boolean {
  const { failed, ended } = requestFailures(totals)
  return failed > 0 && failed === ended
}
