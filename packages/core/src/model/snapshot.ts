import type { Millis } from './clock.ts'
import type { Failure } from './failure.ts'
import type { MessageDelta } from './message-kind.ts'
import type { Unit } from './metric.ts'
import type { ErrorExample } from './error-summary.ts'
import type { SlowRequest } from './summary.ts'
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
      readonly across: 'sum' | 'max' | 'last'
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

/** Failures of one class in one place, with the first that came. */
export interface ErrorDelta {
  readonly class: Failure['class']
  readonly scenario: string
  /** Values of the tags named by `by`, `''` where there was none; absent where none was named, or where there were too many. */
  readonly tags?: Tags
  readonly count: number
  readonly example: Failure
  /** Kinds of messages this shard had not seen of the class, in order of time; only the first five are whole. */
  readonly examples?: readonly ErrorExample[]
  /** What is missing to `count` came with further messages. */
  readonly messages?: readonly MessageDelta[]
}

/** What a script threw and did not catch. */
export interface ScriptErrorDelta {
  /** `iteration`: it ended that iteration. `rejection`: of a promise nobody waited for; the run went on. */
  readonly kind: 'iteration' | 'rejection'
  /** `''` of a rejection. */
  readonly scenario: string
  readonly count: number
  /** What is missing to `count` came with further messages. */
  readonly messages: readonly MessageDelta[]
  /** Of the messages this shard had not seen: message and the lines of the script, cut. */
  readonly stacks?: readonly { readonly text: string; readonly stack: string }[]
}

/** What came instead where a check failed on this shard for the first time. */
export interface CheckExample {
  readonly name: string
  /** As in `CheckSummary`. */
  readonly example: string
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
  /**
   * Of arrival rates, once nothing more is to start: for how long the schedule was followed, from the scenario's
   * start. Earlier versions wrote none.
   */
  readonly followed?: Millis
}

/** Delays by bucket of a distribution (`Delays`), each with its weight, in order. */
export type DelayCounts = readonly (readonly [bucket: number, weight: number])[]

/** A time in which an event loop stood still. */
export interface Stall {
  readonly length: Millis
  /** Whose code was most likely on it. */
  readonly scenario?: string
}

/** One worker's look at itself over the interval. */
export interface HealthReading {
  /** Share of a core the worker's thread used; of its event loop where the system does not tell. */
  readonly cpu: number
  /** Share of the time the thread could have run and waited for a core, where the system tells. */
  readonly cpuWait?: number
  /** Share of the time its event loop was not idle. */
  readonly loopUtilization: number
  readonly loopDelayMax: Millis
  /** How late its event loop was, weighed by the exchanges under way. */
  readonly delays: DelayCounts
  readonly lagMax: Millis
  /** Lateness of the scheduling loop itself, waits for a free VU left out. */
  readonly lags: DelayCounts
  /** The longest one, from `STALL` on. */
  readonly stall?: Stall
  /** The longest pause for garbage collection, and all of them together. */
  readonly gcPauseMax: Millis
  readonly gcTime: Millis
  /** Bytes of the thread's heap. */
  readonly heap: number
  readonly contentFrames: number
  readonly coalescedFrames: number
}

/** The main thread's look at process and machine over the interval. What a system does not tell is absent. */
export interface ProcessReading {
  /** Cores the process used. */
  readonly cpu: number
  /** Bytes of memory it holds. */
  readonly rss: number
  readonly openFiles?: number
  /** Most it may open. */
  readonly openFilesLimit?: number
  /** Local ports in use: its own connections, and the machine's closed ones still in TIME_WAIT. */
  readonly ports?: number
  /** Size of the range they come from. */
  readonly portsLimit?: number
  /** Share of the time of all cores that other programs of the machine used. */
  readonly others?: number
  /** Share of the time of all cores that the hypervisor gave to other machines. */
  readonly stolen?: number
}

/** Warnings of one kind. */
export interface WarningDelta {
  readonly provider: string
  readonly code: string
  readonly count: number
  /** Of the first. */
  readonly message: string
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
  /** Of the main thread's snapshots. */
  readonly process?: ProcessReading
  /** Tag sets folded together because there were too many. */
  readonly foldedTagSets: number
  /** Things a reader must know, counted: `token-mismatch` answers whose two token counts differ by over 10 %; `unsampled` exchanges left out of the sample file; `no-number NAME` values a script gave its metric that are no finite number. */
  readonly notes?: Readonly<Record<string, number>>
  /** What providers warned of in good answers. */
  readonly warnings?: readonly WarningDelta[]
  /** Requests of the interval that are among the ten slowest of the shard so far. */
  readonly slowest?: readonly SlowRequest[]
  readonly failedChecks?: readonly CheckExample[]
  readonly scriptErrors?: readonly ScriptErrorDelta[]
}
