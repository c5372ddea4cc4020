import type { Millis } from './clock.ts'
import type { ErrorSummary, ScriptErrorSummary } from './error-summary.ts'
import type { MetricDefinition, MetricType, Unit } from './metric.ts'
import type { Plan } from './plan.ts'
import type { ServerInfo } from './probe.ts'
import type { ScenarioSummary } from './scenario-summary.ts'
import type { Tags } from './tags.ts'

export type RunOutcome = 'passed' | 'thresholds-failed' | 'aborted' | 'interrupted' | 'failed' | 'killed'

/** Trend: `avg min med max count p(90) p(95) p(99) p(99.9)` and what `summaryTrendStats` names; counter: `count rate`; rate: `rate passes fails`; gauge: `value min max`. */
export type MetricValues = Readonly<Record<string, number>>

/** How a run ended. */
export interface RunEnding {
  readonly outcome: RunOutcome
  readonly exitCode: number
  /** Why it ended early or failed; of one that passed, why that says nothing. */
  readonly reason?: string
}

export interface MetricSummary {
  readonly name: string
  /** Empty: the whole metric. Otherwise one of the summary's parts, or a threshold's selector. */
  readonly tags: Tags
  readonly type: MetricType
  readonly unit: Unit
  /** Values recorded. */
  readonly count: number
  readonly values: MetricValues
}

export interface ThresholdSummary {
  /** With its selector: `ttft{scenario:spike}`. */
  readonly metric: string
  readonly expression: string
  /** Absent: the metric has no data. */
  readonly observed?: number
  readonly unit: Unit
  /** Of the expression, in the unit of `observed`. */
  readonly bound?: number
  readonly passed: boolean
  /** Whether it ended the run. */
  readonly aborted: boolean
}

export interface CheckSummary {
  readonly name: string
  readonly passes: number
  readonly fails: number
  /** What came instead where it failed first: the value that was checked, as JSON, cut, without secrets. */
  readonly example?: string
}

/** One of the requests that took longest. */
export interface SlowRequest {
  /** As in the sample file. */
  readonly id: string
  /** Its start, s from the start of the run. */
  readonly at: number
  readonly duration: Millis
  readonly ttft?: Millis
  readonly outputTokens?: number
  /** `''` where it was sent outside of a scenario. */
  readonly scenario: string
  readonly tags: Tags
  readonly outcome: 'ok' | 'failed'
  /** Class and message of its failure. */
  readonly error?: string
}

/** A part of the results a reader may look at alone: a scenario, or a value of a tag named by `--by`. */
export interface Part {
  /** `scenario spike`, `turn 2` */
  readonly label: string
  readonly tags: Tags
}

export type HealthVerdict = 'trustworthy' | 'degraded' | 'invalid'

export interface HealthSummary {
  readonly verdict: HealthVerdict
  /** Why the verdict of a run that gave no cause for another one says little, as in `nothing to judge: no request ended well`. */
  readonly unjudged?: string
  /** Whole sentences: what was measured, against which bound, and what to do. */
  readonly reasons: readonly string[]
  /** The gist of each, at most 100 characters, in the same order; earlier versions wrote none. */
  readonly headlines?: readonly string[]
  /** By name, e.g. `late_share`, `schedule_lag_p99`, `cpu_max`. */
  readonly figures: Readonly<Record<string, number>>
}

/** What serves at a target, as its provider found it before the load. Holds no secrets. */
export interface FoundServer extends ServerInfo {
  readonly provider: string
  /** Address without user name and password. */
  readonly target: string
}

/** Everything a report needs. Versioned: a field never changes its meaning within a version. */
export interface Summary {
  readonly schemaVersion: 1
  readonly run: RunEnding & {
    readonly id: string
    readonly script: string
    /** ISO 8601. */
    readonly startedAt: string
    readonly durationMs: Millis
  }
  readonly health: HealthSummary
  readonly metrics: readonly MetricSummary[]
  readonly thresholds: readonly ThresholdSummary[]
  readonly checks: readonly CheckSummary[]
  readonly errors: readonly ErrorSummary[]
  /** Absent in runs of older versions. */
  readonly scriptErrors?: readonly ScriptErrorSummary[]
  readonly scenarios: readonly ScenarioSummary[]
  /** Each scenario, also a single one, then the values of each tag of `by`. `metrics` and the timeline hold every metric for the whole and for each part. */
  readonly parts: readonly Part[]
  /** The ten that took longest, the longest first; interrupted ones are left out. */
  readonly slowest: readonly SlowRequest[]
  /** Those that answered before the load, of the providers bound at the top of the script. */
  readonly servers?: readonly FoundServer[]
  /** Requests the sample files leave out because there were many. Absent: none. */
  readonly unsampled?: number
  /** What a reader must know beside the numbers: token sources, folded tag sets, dead workers. */
  readonly warnings: readonly string[]
}

/** One metric over time. `stats` by name: trends `count avg p50 p95 p99 max`; counters `count rate`; rates `rate`; gauges `value`. `null`: no data in that interval. */
export interface TimelineSeries {
  readonly metric: string
  readonly tags: Tags
  readonly type: MetricType
  readonly unit: Unit
  readonly stats: Readonly<Record<string, readonly (number | null)[]>>
}

/** Failures per interval, by class. */
export type ErrorSeries = Readonly<Record<string, readonly number[]>>

/** The run over time, all series on one axis. */
export interface Timeline {
  /** End of each interval, seconds from the start of the run. */
  readonly at: readonly number[]
  /** Width of each interval, s. */
  readonly width: readonly number[]
  readonly series: readonly TimelineSeries[]
  /** Failures per interval, by class. */
  readonly errors: ErrorSeries
  /** The same of parts with failures, as far as the tags of the part were told of failures. */
  readonly partErrors: readonly { readonly tags: Tags; readonly errors: ErrorSeries }[]
  /** In order of time. */
  readonly markers: readonly Marker[]
}

/** A moment of a run worth a line in its charts. */
export interface Marker {
  /** s from the start of the run. */
  readonly at: number
  /** A stage of a ramp begins; a class of errors comes for the first time; a threshold stops holding; a scenario warms up. */
  readonly kind: 'stage' | 'first-error' | 'threshold' | 'warm-up'
  /** Of a warm-up its end, s from the start of the run. */
  readonly until?: number
  readonly label: string
  readonly scenario?: string
}

/** How the values of one trend are distributed, from its histogram. */
export interface Distribution {
  readonly metric: string
  readonly tags: Tags
  readonly unit: Unit
  readonly count: number
  /** `from` ≤ value < `to`, in the unit; about twelve a decade, from the first to the last that is not empty. */
  readonly buckets: readonly (readonly [from: number, to: number, count: number])[]
  /** Share of all values (0 to 1) that do not exceed `value`; HdrHistogram's ticks, closer the nearer to 1. */
  readonly percentiles: readonly (readonly [share: number, value: number])[]
}

/** `run.json`. */
export interface Manifest {
  readonly schemaVersion: 1
  readonly id: string
  readonly script: string
  readonly state: 'running' | 'finished' | 'aborted'
  readonly startedAt: string
  readonly endedAt?: string
  /** Written as soon as something ends the run early, and at its end: a run that is killed while it stops still tells why. */
  readonly ending?: RunEnding
  readonly plan: Plan
  /** Those the script made. */
  readonly metrics?: readonly MetricDefinition[]
  readonly targets: Readonly<Record<string, string>>
  readonly servers?: readonly FoundServer[]
  readonly versions: Readonly<Record<string, string>>
  readonly host: {
    readonly os: string
    readonly cpu: string
    readonly cores: number
    readonly memoryBytes: number
  }
  readonly argv: readonly string[]
}

/** What a reporter is given. */
export interface ReportInput {
  readonly summary: Summary
  readonly timeline: Timeline
  readonly manifest: Manifest
  /** Of the latencies, for the whole and for each part. */
  readonly distributions: readonly Distribution[]
}

/** Turns a finished run into a document. */
export interface Reporter {
  readonly apiVersion: 1
  readonly name: string
  /** File to write inside the run folder, e.g. `report.html`. */
  readonly fileName: string
  render(input: ReportInput): string | Promise<string>
}
