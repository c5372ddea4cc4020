import type { MetricType, Unit } from '../model/metric.ts'
import type { Manifest, MetricValues, Summary } from '../model/summary.ts'
import type { Tags } from '../model/tags.ts'

/** One series in one second: of all workers together. */
export interface IntervalPoint {
  readonly metric: string
  readonly tags: Tags
  readonly type: MetricType
  readonly unit: Unit
  readonly values: MetricValues
}

/** What came in one second of a run. */
export interface Interval {
  /** Number of the second, from 0. */
  readonly second: number
  /** Its end, ISO 8601. */
  readonly time: string
  readonly points: readonly IntervalPoint[]
}

/**
 * Consumes a run while it goes. Its methods must not block; what they cannot write at once they
 * buffer. An output that throws is named and left out, and stops nothing.
 */
export interface Output {
  readonly apiVersion: 1
  readonly name: string
  start(manifest: Manifest): void | Promise<void>
  interval(interval: Interval): void
  /** The run is over: writes what is left and closes. */
  end(summary: Summary): void | Promise<void>
}
