import { invalid } from './invalid.ts'

/** A status, or all from `min` to `max`. */
export type StatusRange = number | { readonly min: number; readonly max: number }

/** The statuses of which an answer is as it should be; see `http_req_failed`. */
export class ExpectedStatuses {
  readonly #ranges: readonly StatusRange[]

  constructor(ranges: readonly StatusRange[]) {
    this.#ranges = ranges
  }

  includes(status: number): boolean {
    return this.#ranges.some((range) =>
      typeof range === 'number' ? range === status : range.min <= status && status <= range.max,
    )
  }
}

/** What is expected where the script says nothing else (k6): anything from 200 to 399. */
export const USUAL_STATUSES = new ExpectedStatuses([{ min: 200, max: 399 }])

/**
 * Statuses for `setResponseCallback` and `responseCallback`: `expectedStatuses(201, { min: 400, max: 404 })`.
 * @throws LB_CALL_INVALID for anything that is neither a number nor a range, and for none at all.
 */
export function expectedStatuses(...ranges: readonly StatusRange[]): ExpectedStatuses {
  const unfit = ranges.find((range) => !isRange(range))
  if (unfit !== undefined || ranges.length === 0) {
    throw invalid(
      `expectedStatuses was given ${unfit === undefined ? 'no status' : JSON.stringify(unfit)}`,
      'Give statuses and ranges, such as expectedStatuses(200, { min: 300, max: 399 }).',
    )
  }
  return new ExpectedStatuses(ranges)
}

function isRange(range: unknown): boolean {
  if (typeof range === 'number') return Number.isInteger(range)
  if (typeof range !== 'object' || range === null || !('min' in range && 'max' in range)) return false
  return Number.isInteger(range.min) && Number.isInteger(range.max)
}
