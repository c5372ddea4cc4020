import type { Millis } from '../model/clock.ts'
import { WorstSeconds, type AtSecond } from './worst-seconds.ts'

/**
 * Time over which CPU is averaged: three readings of about a second. Shorter peaks show as delay,
 * where they matter.
 */
const SPAN: Millis = 2_900

interface Reading {
  readonly cpu: number
  readonly length: Millis
}

/** How busy a thread was for longer than a moment. */
export class SustainedCpu {
  readonly #recent: Reading[] = []
  readonly #spans = new WorstSeconds()

  /** Weighed by length: the last interval of a run may be a few milliseconds. */
  add(cpu: number, length: Millis, second: number): void {
    const recent = this.#recent
    recent.push({ cpu, length })
    while (timeOf(recent.slice(1)) >= SPAN) recent.shift()
    const time = timeOf(recent)
    if (time < SPAN) return
    this.#spans.add(recent.reduce((sum, one) => sum + one.cpu * one.length, 0) / time, second)
  }

  /** The largest mean of three seconds beyond those that are allowed; none in a shorter run. */
  get worst(): AtSecond | undefined {
    return this.#spans.beyondAllowed
  }
}

function timeOf(readings: readonly Reading[]): Millis {
  return readings.reduce((sum, { length }) => sum + length, 0)
}
