import type { Millis } from './clock.ts'
import type { Failure } from './failure.ts'
import type { Unit } from './metric.ts'
import type { Tags } from './tags.ts'

/** What one series gained in one interval. Deltas: adding those of all intervals gives the whole. */
export type SeriesDelta = {
  readonly metric: string
  readonly tags: Tags
  readonly unit: Unit
} & (
  | { readonly type: 'counter'; readonly sum: number }
  | { readonly type: 'rate'; readonly passes: number; readonly fails: number }
  | {
      readonly type: 'gauge'
      readonly last: number
      readonly min: number
      readonly max: number
      readonly across: 'sum' | 'last'
    }
  | {
      readonly type: 'trend'
      readonly count: number
      readonly sum: number
      readonly min: number
      readonly max: number
      /** Values outside the histogram's range, recorded at its edge. */
      readonly clamped: number
      /** HDR histogram V2, values in thousandths of the unit. */
      readonly histogram: Uint8Array
    }
)

/** Failures of one class in one scenario, with the first that came. */
export interface ErrorDelta {
  readonly class: Failure['class']
  readonly scenario: string
  readonly count: number
  readonly example: Failure
}

/** Where a scenario stands on one shard. Totals, not deltas. */
export interface ScenarioProgress {
  readonly name: string
  readonly started: number
  readonly completed: number
  readonly dropped: number
  readonly interrupted: number
  readonly activeVUs: number
  readonly vus: number
  readonly done: boolean
}

/** One worker's look at itself over the interval. */
export interface HealthReading {
  /** Share of a core the worker's thread used; of its event loop where the system does not tell. */
  readonly cpu: number
  readonly loopDelayP99: Millis
  readonly loopDelayMax: Millis
  /** Lateness of the scheduling loop itself, waits for a free VU left out. */
  readonly lagP99: Millis
  readonly lagMax: Millis
  readonly gcPause: Millis
  /** Bytes of the thread's heap. */
  readonly heap: number
  readonly contentFrames: number
  readonly coalescedFrames: number
}

/** The mergeable aggregate of one interval on one shard. */
export interface Snapshot {
  readonly shard: number
  /** The second of the run it belongs to, from 0; the last may be shorter. */
  readonly second: number
  /** Interval on the run's clock, ms from its start. */
  readonly from: Millis
  readonly to: Millis
  readonly series: readonly SeriesDelta[]
  readonly errors: readonly ErrorDelta[]
  readonly scenarios: readonly ScenarioProgress[]
  readonly health?: HealthReading
  /** Tag sets folded together because there were too many. */
  readonly foldedTagSets: number
  /** Things a reader must know, counted: `token-mismatch` answers whose two token counts differ by over 10 %. */
  readonly notes?: Readonly<Record<string, number>>
}
