import type { Millis } from '../model/clock.ts'

/*
 * What the generator may do before its results are doubted. docs/health.md lists these with what
 * each is compared with; a test keeps both equal. DEGRADED: read the reason before you use the
 * numbers. INVALID: the numbers are the generator's, not the server's.
 */

/**
 * Event-loop delay (p99 of a second) as a share of the median time to first token. A stamp is late
 * by at most that delay, so a fifth of the typical time is what a percentile may be off by.
 */
export const LOOP_DELAY_OF_TTFT_DEGRADED = 0.2
export const LOOP_DELAY_OF_TTFT_INVALID = 0.5

/**
 * Event-loop delay (p99 of a second) as a multiple of the p95 of the gaps between tokens. Delays as
 * long as the gaps make the tail of `itl` the generator's; at four times as long whole groups of
 * tokens are read at once.
 */
export const LOOP_DELAY_OF_ITL_DEGRADED = 1
export const LOOP_DELAY_OF_ITL_INVALID = 4

/**
 * Delays up to this are what an idle virtual machine on shared hardware shows by itself (2 to 10 ms
 * measured). They are not held against `itl`; where tokens come faster, a note says how to read it.
 */
export const MACHINE_PAUSE: Millis = 10

/**
 * Schedule lag (p99 of a second) as a share of the median time to first token: requests that start
 * late arrive in another pattern than the scenario's, which matters as soon as it shows in what a
 * user who arrived on time waits.
 */
export const LAG_OF_TTFT_DEGRADED = 0.2
export const LAG_OF_TTFT_INVALID = 1

/** The typical time where no request gave one: delay and lag are then compared with this. */
export const REFERENCE_WITHOUT_REQUESTS: Millis = 100

/**
 * Share of a core one worker's thread used over three seconds. From 80 % on requests queue within
 * the generator (k6 advises to keep 20 % idle); at 95 % there is nothing left to be measured with.
 */
export const CPU_DEGRADED = 0.8
export const CPU_INVALID = 0.95

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
