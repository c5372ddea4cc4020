import type { Millis } from './clock.ts'
import type { Failure } from './failure.ts'
import type { MetricDefinition, MetricType, Unit } from './metric.ts'
import type { Plan } from './plan.ts'
import type { Tags } from './tags.ts'

export type RunOutcome = 'passed' | 'thresholds-failed' | 'aborted' | 'interrupted' | 'failed' | 'killed'

/** Trend: `avg min med max count p(90) p(95) p(99) p(99.9)` and what `summaryTrendStats` names; counter: `count rate`; rate: `rate passes fails`; gauge: `value min max`. */
export type MetricValues = Readonly<Record<string, number>>

export interface MetricSummary {
  readonly name: string
  /** Empty: the whole metric. Otherwise the part of it a scenario, or a threshold's selector, names. */
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
  readonly passed: boolean
  /** Whether it ended the run. */
  readonly aborted: boolean
}

export interface CheckSummary {
  readonly name: string
  readonly passes: number
  readonly fails: number
}

export interface ErrorSummary {
  readonly class: Failure['class']
  readonly count: number
  readonly example: Failure
}

export interface ScenarioSummary {
  readonly name: string
  readonly executor: string
  /** One line for a person: rate, VUs, duration. */
  readonly description: string
  readonly started: number
  readonly completed: number
  readonly dropped: number
  readonly interrupted: number
}

export type HealthVerdict = 'trustworthy' | 'degraded' | 'invalid'

export interface HealthSummary {
  readonly verdict: HealthVerdict
  /** Whole sentences: what was measured, against which bound, and what to do. */
  readonly reasons: readonly string[]
  /** By name, e.g. `event_loop_delay_p99`, `schedule_lag_p99`, `cpu_max`. */
  readonly figures: Readonly<Record<string, number>>
}

/** Everything a report needs. Versioned: a field never changes its meaning within a version. */
export interface Summary {
  readonly schemaVersion: 1
  readonly run: {
    readonly id: string
    readonly script: string
    /** ISO 8601. */
    readonly startedAt: string
    readonly durationMs: Millis
    readonly outcome: RunOutcome
    readonly exitCode: number
    /** Why the run ended early, where it did. */
    readonly reason?: string
  }
  readonly health: HealthSummary
  readonly metrics: readonly MetricSummary[]
  readonly thresholds: readonly ThresholdSummary[]
  readonly checks: readonly CheckSummary[]
  readonly errors: readonly ErrorSummary[]
  readonly scenarios: readonly ScenarioSummary[]
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

/** The run over time, all series on one axis. */
export interface Timeline {
  /** End of each interval, seconds from the start of the run. */
  readonly at: readonly number[]
  /** Width of each interval, s. */
  readonly width: readonly number[]
  readonly series: readonly TimelineSeries[]
  /** Failures per interval, by class. */
  readonly errors: Readonly<Record<string, readonly number[]>>
}

/** `run.json`. */
export interface Manifest {
  readonly schemaVersion: 1
  readonly id: string
  readonly script: string
  readonly state: 'running' | 'finished' | 'aborted'
  readonly startedAt: string
  readonly endedAt?: string
  readonly plan: Plan
  /** Those the script made. */
  readonly metrics?: readonly MetricDefinition[]
  readonly targets: Readonly<Record<string, string>>
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
}

/** Turns a finished run into a document. */
export interface Reporter {
  readonly apiVersion: 1
  readonly name: string
  /** File to write inside the run folder, e.g. `report.html`. */
  readonly fileName: string
  render(input: ReportInput): string | Promise<string>
}
