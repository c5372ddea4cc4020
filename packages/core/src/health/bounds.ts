import type { Millis } from '../model/clock.ts'

/*
 * What the generator may do before its results are doubted. docs/health.md lists these with the
 * measurement each comes from; a test keeps both equal. DEGRADED: read the reason before you use the
 * numbers. INVALID: the numbers are the generator's, not the server's.
 */

/**
 * A measured time is off where the event loop is late at either of its ends, so twice as often as the loop
 * is late at any moment; up to four times where many arrive at once or the bound is near what looks tell
 * apart. DEGRADED: late by more than a twentieth of what is measured in so many moments that one value of a
 * hundred may be off by as much. Of delays below `LOOK_SURE` less: 1 ms is seen where it seems 1.5, so two thirds.
 */
export const DELAY_DEGRADED = 0.05
export const DELAYED_SHARE_DEGRADED = 0.0025
/** INVALID: late by more than half of what is measured in a tenth of all moments. */
export const DELAY_INVALID = 0.5
export const DELAYED_SHARE_INVALID = 0.1

/**
 * How late a look at the event loop may seem where nothing was: timers count whole milliseconds. Added to
 * a delay up to `LOOK_SURE`; longer ones are taken as they are, and those that a bucket cannot tell from the
 * bound are over it.
 */
export const LOOK_ERROR: Millis = 0.5
export const LOOK_SURE: Millis = 1.5

/** Delay and lag of shorter runs are a note: a program's first second compiles code. */
export const JUDGED_FROM: Millis = 1_500

/**
 * Schedule lag as a share of the typical time, in more than a hundredth (DEGRADED) or a tenth (INVALID)
 * of all starts: requests that start late arrive in another pattern than the scenario's, which matters
 * as soon as it shows in what a user who arrived on time waits.
 */
export const LAG_DEGRADED = 0.2
export const LAGGED_SHARE_DEGRADED = 0.01
export const LAG_INVALID = 1
export const LAGGED_SHARE_INVALID = 0.1

/** The typical time where nothing was measured: delay and lag are then compared with this. */
export const REFERENCE_WITHOUT_REQUESTS: Millis = 100

/** An event loop that stands still for as long is told of, whatever share of the run that is. */
export const STALL_NOTE: Millis = 1_000

/**
 * Share of a core one worker's thread used over three seconds. From 80 % on requests queue within
 * the generator (k6 advises to keep 20 % idle); at 95 % there is nothing left to be measured with.
 */
export const CPU_DEGRADED = 0.8
export const CPU_INVALID = 0.95

/**
 * Failed connections a second, with nothing answered, from which on a worker's pace is not judged: VUs
 * that loop try again at once, and that takes a whole core.
 */
export const STORM = 500

/** Share of the open files, or of the local ports, there may be: beyond it new connections fail soon. */
export const LIMIT_DEGRADED = 0.9

/** Share of the scheduled starts that were neither started nor dropped for want of a VU. */
export const STARTS_MISSING_DEGRADED = 0.01
export const STARTS_MISSING_INVALID = 0.1

/**
 * Share of the scheduled iterations dropped because every VU was busy. No fault of the generator's
 * clock, so never INVALID; but the server had an easier time than the scenario says, and the
 * latencies look better for it.
 */
export const DROPPED_DEGRADED = 0.01

/** Share of a metric's values outside what a histogram can hold, or no number. Fewer are a note. */
export const CLAMPED_DEGRADED = 0.001

/** Share of content frames that shared their socket read with another: above it, a note. */
export const COALESCED_NOTE = 0.2
