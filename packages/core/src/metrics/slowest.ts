import type { SlowRequest } from '../model/summary.ts'

/** How many of the slowest requests are kept. */
export const SLOWEST_KEPT = 10

/** The slowest of `requests`, the slowest first; of two that took as long the one with the smaller id. */
export function keepSlowest(requests: readonly SlowRequest[]): readonly SlowRequest[] {
  return requests.toSorted((a, b) => b.duration - a.duration || (a.id < b.id ? -1 : 1)).slice(0, SLOWEST_KEPT)
}
