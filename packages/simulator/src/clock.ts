import { performance } from 'node:perf_hooks'

/** Milliseconds with a fraction. */
export type Millis = number

/** Difference between this thread's `performance.now()` and the machine's monotonic clock. */
const toSharedClock = Number(process.hrtime.bigint()) / 1e6 - performance.now()

/**
 * The machine's monotonic clock in ms, the same in every thread and process of one machine, so that
 * the ground truth can be laid beside what a client stamped.
 */
export function now(): Millis {
  return performance.now() + toSharedClock
}
