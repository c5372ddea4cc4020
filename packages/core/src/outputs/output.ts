import type { MetricType, Unit } from '../model/metric.ts'
import type { Manifest, MetricValues, Summary } from '../model/summary.ts'
import type { Tags } from '../model/tags.ts'

/** One series in one second: of all workers together. */
export interface IntervalPoint {
  readonly metric: string
  readonly tags: Tags
  readonly type: MetricType
  readonly unit: Unit
  /** Trends: what `summaryTrendStats` names, and `count`. Counters: `count rate`; rates: `rate passes fails`; gauges: `value min max`. */
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
 * Consumes a run: while it goes (`interval`), once it is over (`end`), or both. An output that throws
 * is named and left out, and ends nothing, though the run has then failed; only in `start` does it stop the
 * run, before any load.
 */
export interface Output {
  /**
   * Before the load: finds out now what would go wrong later.
   * @param manifest the run that begins; what serves at its targets only the summary tells.
   */
  start?(manifest: Manifest): void | Promise<void>
  /**
   * Once a second, and again for what a worker that hung tells of it later; without it no second is worked out. Must not block: what cannot be written at once
   * is buffered. The next second does not wait for a promise, but `end` does.
   */
  interval?(interval: Interval): void | Promise<void>
  /** The run is over: writes what is left and closes. Has a minute. */
  end(summary: Summary): void | Promise<void>
}

/** What an output may know of the command that runs it. */
export interface OutputContext {
  /** Of loadbench. */
  readonly version: string
  /** The folder in which the command runs: where paths of a user begin. */
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** `--strict-health`: a generator that cannot be trusted fails the run. */
  readonly strictHealth: boolean
  /** Prints a line above the progress, also with `--quiet`. */
  print(text: string): void
}

/** The default export of a module that `--out` names. */
export interface OutputPlugin {
  readonly apiVersion: 1
  /** How messages call the output. */
  readonly name: string
  /**
   * Makes the output for one run, before anything is sent; what it throws is shown and ends the command.
   * @param argument what stands behind `=` in `--out MODULE=ARGUMENT`; `undefined` where nothing does.
   */
  create(argument: string | undefined, context: OutputContext): Output | Promise<Output>
}
