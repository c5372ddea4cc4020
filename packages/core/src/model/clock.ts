import { performance } from 'node:perf_hooks'

/** Milliseconds with a fraction. Every duration and stamp inside loadbench has this unit. */
export type Millis = number

/**
 * Difference between this thread's `performance.now()` and the machine's monotonic clock, which all
 * threads and processes of one machine share. Taken once, so that a stamp costs one addition.
 */
const toSharedClock = Number(process.hrtime.bigint()) / 1e6 - performance.now()

/**
 * The one clock of a run: monotonic milliseconds (fraction finer than a microsecond), comparable
 * between threads and processes of this machine, unaffected by steps of the wall clock.
 */
export function now(): Millis {
  return performance.now() + toSharedClock
}
