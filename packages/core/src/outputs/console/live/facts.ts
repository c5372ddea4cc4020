import type { Millis } from '../../../model/clock.ts'
import type { Unit } from '../../../model/metric.ts'
import type { HealthVerdict, ThresholdSummary } from '../../../model/summary.ts'

/** Where one scenario stands. */
export interface ScenarioFacts {
  readonly name: string
  /** `finishing`: starts nothing new, what runs may still end. */
  readonly state: 'waiting' | 'running' | 'finishing' | 'done'
  /** Of its time, or of its iterations where it has a number of them: 0 to 1. */
  readonly share: number
  /**
   * Until it starts (`waiting`), until it is expected to end (`running`), or until what runs is
   * interrupted (`finishing`). Absent where nothing tells yet how long its iterations take.
   */
  readonly left?: Millis
  readonly activeVus: number
  readonly maximumVus: number
  /** Iterations started per second, since the facts before these. */
  readonly rate: number
  /** What the schedule asks for, per second; absent where the VUs set the pace. */
  readonly intendedRate?: number
  /** Iterations that came to their end. */
  readonly completed: number
  /** How many there are to be; absent where time alone ends the scenario. */
  readonly iterations?: number
}

/** How a metric of time is distributed, and how it went lately. */
export interface TrendFacts {
  readonly name: string
  readonly unit: Unit
  /** Of the run so far. */
  readonly p50: number
  readonly p95: number
  readonly p99: number
  /** p95 of each of the last seconds, the latest last; `undefined` without a value. */
  readonly recent: readonly (number | undefined)[]
}

/** Everything together, per second, since the facts before these. */
export interface PaceFacts {
  readonly vus: number
  readonly rate: number
  readonly intendedRate?: number
  readonly requests: number
  /** Generated. */
  readonly tokens: number
}

/** Failures of one class. */
export interface ClassFacts {
  readonly class: string
  readonly count: number
  /** The most frequent first. */
  readonly messages?: readonly { readonly message: string; readonly count: number }[]
}

/** Where a run stands. */
export interface LiveFacts {
  /** Since the load began. */
  readonly elapsed: Millis
  /** When the last scenario ends; absent where that depends on how long iterations take. */
  readonly planned?: Millis
  readonly pace: PaceFacts
  /** Tokens per second, the latest last. */
  readonly recentTokens: readonly number[]
  /** In the order of the plan. */
  readonly scenarios: readonly ScenarioFacts[]
  /** Those with data, in the order a reader asks for them. */
  readonly trends: readonly TrendFacts[]
  /** Failures by class, the most frequent first. */
  readonly errors: readonly ClassFacts[]
  /** Why nothing is measured so far, though the load runs: `every iteration failed`. */
  readonly hollow?: string
  readonly dropped: number
  /** As they stand now, in the order of the plan. */
  readonly thresholds: readonly ThresholdSummary[]
  readonly health: { readonly verdict: HealthVerdict; readonly unjudged?: string; readonly reason?: string }
  /** While nothing is measured yet. */
  readonly warmUp?: { readonly left: Millis; readonly requests: number }
  /** After the first signal to stop. */
  readonly stopping?: {
    /** `SIGINT` */
    readonly signal: string
    /** Until what still runs is interrupted. */
    readonly left: Millis
  }
}
