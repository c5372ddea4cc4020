import type { Millis } from '../model/clock.ts'
import { formatDuration } from '../model/duration.ts'
import type { OpenPlan } from '../model/plan.ts'

/** `1 VU`, `200 VUs`. */
export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`
}

const UNIT_NAMES: Readonly<Record<number, string>> = { 1_000: '/s', 60_000: '/min', 3_600_000: '/h' }

/** `40 iterations/s`, `2 iterations per 10s`. */
export function rateWords(rate: number, timeUnit: Millis): string {
  const unit = UNIT_NAMES[timeUnit] ?? ` per ${formatDuration(timeUnit)}`
  return `${count(Number(rate.toPrecision(6)), 'iteration')}${unit}`
}

/** What a reader must know of arrivals that are not evenly spaced; else nothing. */
export function arrivalWords({ arrival }: OpenPlan): string {
  if (arrival === 'even') return ''
  return arrival === 'poisson' ? ' at random (poisson)' : ` at random (gamma ${arrival.gamma})`
}

/** `50 VUs`, `50 to 200 VUs`, and what happens when they are all busy unless the iteration is dropped. */
export function vuRange({ preAllocatedVUs, maxVUs, onSaturation }: OpenPlan): string {
  const range =
    preAllocatedVUs < maxVUs ? `${preAllocatedVUs} to ${count(maxVUs, 'VU')}` : count(maxVUs, 'VU')
  return onSaturation === 'queue' ? `${range}, queued while all are busy` : range
}
