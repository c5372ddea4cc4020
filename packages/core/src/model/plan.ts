import type { Millis } from './clock.ts'
import type { Arrival } from './scenario.ts'
import type { Tags } from './tags.ts'

/** A stage with its duration read. */
export interface StagePlan {
  readonly duration: Millis
  readonly target: number
}

interface ScenarioPlanBase {
  readonly name: string
  readonly exec: string
  /** From the start of the run. */
  readonly startTime: Millis
  readonly gracefulStop: Millis
  /** From the start of the scenario: what starts within counts nowhere. Absent: nothing is left out. */
  readonly warmup?: Millis | undefined
  readonly env: Readonly<Record<string, string>>
  readonly tags: Tags
}

export type ClosedPlan = ScenarioPlanBase &
  (
    | {
        readonly executor: 'shared-iterations'
        readonly vus: number
        readonly iterations: number
        readonly maxDuration: Millis
      }
    | {
        readonly executor: 'per-vu-iterations'
        readonly vus: number
        readonly iterations: number
        readonly maxDuration: Millis
      }
    | { readonly executor: 'constant-vus'; readonly vus: number; readonly duration: Millis }
    | {
        readonly executor: 'ramping-vus'
        readonly startVUs: number
        readonly stages: readonly StagePlan[]
        readonly gracefulRampDown: Millis
      }
  )

interface ArrivalPlanBase {
  readonly timeUnit: Millis
  readonly preAllocatedVUs: number
  readonly maxVUs: number
  readonly onSaturation: 'drop' | 'queue'
  readonly arrival: Arrival
}

export type OpenPlan = ScenarioPlanBase &
  ArrivalPlanBase &
  (
    | { readonly executor: 'constant-arrival-rate'; readonly rate: number; readonly duration: Millis }
    | {
        readonly executor: 'ramping-arrival-rate'
        readonly startRate: number
        readonly stages: readonly StagePlan[]
      }
  )

/** One scenario, every default filled in. */
export type ScenarioPlan = ClosedPlan | OpenPlan

/** A threshold bound to its metric; the expression is parsed where it is judged. */
export interface ThresholdPlan {
  /** As the script wrote it: `ttft{scenario:spike}`. */
  readonly key: string
  readonly metric: string
  readonly selector: Tags
  readonly expression: string
  readonly abortOnFail: boolean
  readonly delayAbortEval: Millis
  readonly noData: 'fail' | 'pass'
}

/** Bounds of `goodput`, ms by metric name. */
export type SloPlan = Readonly<Partial<Record<SloMetric, Millis>>>
export type SloMetric = 'ttft' | 'ttfat' | 'tpot' | 'e2e_latency' | 'request_duration'

export interface PricingPlan {
  readonly input: number
  readonly output: number
  readonly cached: number
  readonly currency: string
}

/** The whole run, resolved: plain JSON, the same on every worker and machine. */
export interface Plan {
  readonly schemaVersion: 1
  readonly scenarios: readonly ScenarioPlan[]
  readonly thresholds: readonly ThresholdPlan[]
  readonly slo: SloPlan
  readonly pricing?: PricingPlan
  readonly tags: Tags
  readonly summaryTrendStats: readonly string[]
  /** Tags whose values are parts of the results. Absent: none. */
  readonly by?: readonly string[]
  readonly setupTimeout: Millis
  readonly teardownTimeout: Millis
  readonly handleSummaryTimeout: Millis
  readonly minIterationDuration: Millis
  readonly noSetup: boolean
  readonly noTeardown: boolean
  readonly workers: number
  readonly seed: number
  /** Most exchanges in the sample files of all shards together. Absent: as `'all'`, in runs of older versions. */
  readonly samples?: number | 'all'
}

/** Which stripe of the plan: shard `index` of `count`. */
export interface Shard {
  readonly index: number
  readonly count: number
}
