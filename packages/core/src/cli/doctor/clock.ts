import { performance } from 'node:perf_hooks'
import { now, type Millis } from '../../model/clock.ts'
import { bad, doubtful, good, type Finding } from './finding.ts'

/** What a second of watching the clocks gave. */
export interface ClockReading {
  /** Smallest step of the clock that measures. */
  readonly resolution: Millis
  /** How far the clock on the wall went astray from it meanwhile. */
  readonly drift: Millis
  /** How much later than due timers ran. */
  readonly lateness: { readonly median: Millis; readonly p99: Millis; readonly max: Millis }
}

const EVERY: Millis = 5
/** The wall clock is read in whole milliseconds, once at each end. */
const DRIFT_SEEN: Millis = 5
/** Timers that are due before run in code that is still being compiled. */
const WARM_UP: Millis = 100
/**
 * Timers count whole milliseconds, and an idle virtual machine takes one of its ticks (4 ms, at times two of them)
 * to wake; the time to first token of a fast server is some tens of milliseconds.
 */
const LATE: Millis = 10
const MUCH_TOO_LATE: Millis = 25

/** Watches clocks and timers for a while, on an absolute schedule like that of a run. */
export async function readClock(span: Millis = 1_000): Promise<ClockReading> {
  await pause(WARM_UP)
  const startedAt = now()
  const wallAtStart = Date.now()
  const late: Millis[] = []
  for (let due = startedAt + EVERY; due <= startedAt + span; due += EVERY) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other is what a schedule is
    await pause(due - now())
    late.push(Math.max(0, now() - due))
  }
  const drift = Date.now() - wallAtStart - (now() - startedAt)
  const sorted = late.toSorted((a, b) => a - b)
  const at = (share: number): Millis =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
  return { resolution: resolution(), drift, lateness: { median: at(0.5), p99: at(0.99), max: at(1) } }
}

function pause(span: Millis): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, Math.max(0, span))
  })
}

function resolution(): Millis {
  let smallest = Infinity
  let before = performance.now()
  for (let step = 0; step < 1_000; step += 1) {
    const current = performance.now()
    if (current > before) smallest = Math.min(smallest, current - before)
    before = current
  }
  return smallest
}

export function clock({ resolution: step, drift }: ClockReading): Finding {
  const name = 'clock'
  const found = `steps of ${microseconds(step)}; the wall clock ran ${millis(Math.abs(drift))} ${drift < 0 ? 'behind' : 'ahead'} in a second`
  if (Math.abs(drift) > DRIFT_SEEN) {
    return doubtful(
      name,
      found,
      'Something sets the clock of this machine; durations are not touched, times of day are. See to its NTP.',
    )
  }
  return step > 0.1
    ? doubtful(name, found, 'Gaps between tokens may be shorter than that. Use another clock source.')
    : good(name, found)
}

export function timers({ lateness: { median, p99, max } }: ClockReading): Finding {
  const name = 'timers'
  const found = `late by ${millis(median)} (median), ${millis(p99)} (p99), ${millis(max)} (most)`
  const cause = 'Something else takes the cores, or the machine is paused by its host'
  if (p99 > MUCH_TOO_LATE) return bad(name, found, `${cause}: stop it, or use a machine of your own.`)
  if (p99 <= LATE) return good(name, found)
  return doubtful(
    name,
    found,
    `${cause}, now and then: the upper percentiles of short times may be off by as much. A run says by itself whether they are.`,
  )
}

function millis(value: Millis): string {
  return `${value < 10 ? value.toFixed(1) : Math.round(value)}ms`
}

function microseconds(value: Millis): string {
  return Number.isFinite(value) ? `${Number((value * 1_000).toPrecision(2))}µs` : 'unknown size'
}
