import { performance } from 'node:perf_hooks'

/** Milliseconds with a fraction. Every duration and stamp inside loadbench has this unit. */
export type Millis = number

/**
 * Difference between this thread's `performance.now()` and the machine's monotonic clock, which all
 * threads and processes of one machine share. Taken once, so that a stamp costs one addition.
 */
const toSharedClock = Number(process.hrtime.bigint()) / 1e6 - performance.now()

/** Difference between the wall clock, as it stood when this was loaded, and the shared clock. */
const toWallClock = Date.now() - performance.now() - toSharedClock

/**
 * The one clock of a run: monotonic milliseconds (fraction finer than a microsecond), comparable
 * between threads and processes of this machine, unaffected by steps of the wall clock.
 */
export function now(): Millis {
  return performance.now() + toSharedClock
}

/**
 * A moment of the shared clock as date and time. Of one thread these are as far apart as the moments were,
 * also where somebody sets the wall clock in between.
 */
export function dateOf(at: Millis): Date {
  return new Date(at + toWallClock)
}
