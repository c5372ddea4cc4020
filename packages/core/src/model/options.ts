import type { Duration } from './duration.ts'

/** One leg of a ramp. */
export interface Stage {
  /** How long the leg takes; 0 jumps at once. */
  readonly duration: Duration
  /** VUs (ramping-vus) or iterations per `timeUnit` (ramping-arrival-rate) at its end. */
  readonly target: number
}

interface ScenarioBase {
  /** When the scenario starts, from the start of the run. Default `'0s'`. */
  readonly startTime?: Duration
  /** How long running iterations may take after the scenario's end. Default: the option of that name, `'30s'`. */
  readonly gracefulStop?: Duration
  /** Name of the exported function to run. Default `'default'`. */
  readonly exec?: string
  /** Variables seen as `process.env` overrides by `exec.scenario.env`. Default none. */
  readonly env?: Readonly<Record<string, string>>
  /** Tags of every sample of the scenario. */
  readonly tags?: Readonly<Record<string, string>>
}

/** `vus` take iterations from one common number until all are done. */
export interface SharedIterations extends ScenarioBase {
  readonly executor: 'shared-iterations'
  /** Default 1. */
  readonly vus?: number
  /** In total. Default 1. At least `vus`. */
  readonly iterations?: number
  /** Default `'10m'`. */
  readonly maxDuration?: Duration
}

/** Each VU runs a number of iterations of its own. */
export interface PerVuIterations extends ScenarioBase {
  readonly executor: 'per-vu-iterations'
  /** Default 1. */
  readonly vus?: number
  /** For each VU. Default 1. */
  readonly iterations?: number
  /** Default `'10m'`. */
  readonly maxDuration?: Duration
}

/** A fixed number of VUs, each iterating as fast as it can (closed model). */
export interface ConstantVus extends ScenarioBase {
  readonly executor: 'constant-vus'
  /** Default 1. */
  readonly vus?: number
  readonly duration: Duration
}

/** A number of VUs that follows stages (closed model). */
export interface RampingVus extends ScenarioBase {
  readonly executor: 'ramping-vus'
  /** Default 1. */
  readonly startVUs?: number
  readonly stages: readonly Stage[]
  /** How long a VU may finish its iteration when the ramp takes it away. Default `'30s'`. */
  readonly gracefulRampDown?: Duration
}

/** How far apart arrivals are: evenly, or at random around the same rate. */
export type Arrival = 'even' | 'poisson' | { readonly gamma: number }

interface ArrivalRateBase extends ScenarioBase {
  /** Unit of the rate. Default `'1s'`. */
  readonly timeUnit?: Duration
  /** VUs ready from the start. */
  readonly preAllocatedVUs: number
  /** Upper bound of VUs added while running. Default: `preAllocatedVUs`. */
  readonly maxVUs?: number
  /**
   * What becomes of an iteration that is due while every VU is busy: `'drop'` counts it in
   * `dropped_iterations` (k6, default); `'queue'` starts it late and measures from its due time (wrk2).
   */
  readonly onSaturation?: 'drop' | 'queue'
  /** Default `'even'`. `{ gamma: 1 }` equals `'poisson'`; shapes below 1 are burstier. */
  readonly arrival?: Arrival
}

/** A fixed rate of new iterations, however long they take (open model). */
export interface ConstantArrivalRate extends ArrivalRateBase {
  readonly executor: 'constant-arrival-rate'
  /** Iterations per `timeUnit`. */
  readonly rate: number
  readonly duration: Duration
}

/** A rate of new iterations that follows stages (open model). */
export interface RampingArrivalRate extends ArrivalRateBase {
  readonly executor: 'ramping-arrival-rate'
  /** Iterations per `timeUnit` at the start. Default 0. */
  readonly startRate?: number
  readonly stages: readonly Stage[]
}

export type Scenario =
  | SharedIterations
  | PerVuIterations
  | ConstantVus
  | RampingVus
  | ConstantArrivalRate
  | RampingArrivalRate

/** A threshold: an expression such as `'p(95)<550'`, `'p(99)<1.5s over 30s'`, `'rate<0.01'`. */
export type Threshold =
  | string
  | {
      readonly threshold: string
      /** Ends the run as soon as the threshold fails. Default `false`. */
      readonly abortOnFail?: boolean
      /** How long `abortOnFail` waits, from the start of the run. */
      readonly delayAbortEval?: Duration
      /** What a metric without a single value means. Default `'fail'`. */
      readonly noData?: 'fail' | 'pass'
    }

/** Bounds a request must meet to count as good; see `goodput`. In ms, or a duration. */
export interface Slo {
  readonly ttft?: Duration
  readonly ttfat?: Duration
  readonly tpot?: Duration
  readonly e2e_latency?: Duration
  readonly request_duration?: Duration
}

/** Prices per million tokens, for the metric `cost`. */
export interface Pricing {
  readonly input?: number
  readonly output?: number
  /** Input tokens that came from a cache. Default: `input`. */
  readonly cached?: number
  /** Shown with the amount. Default `'USD'`. */
  readonly currency?: string
}

/** What `export const options` may hold. */
export interface Options {
  readonly scenarios?: Readonly<Record<string, Scenario>>
  /** Shortcut: VUs of the scenario made from `duration`, `iterations` or `stages`. Default 1. */
  readonly vus?: number
  /** Shortcut for one `constant-vus` scenario. */
  readonly duration?: Duration
  /** Shortcut for one `shared-iterations` scenario. */
  readonly iterations?: number
  /** Shortcut for one `ramping-vus` scenario. */
  readonly stages?: readonly Stage[]
  /** By metric, tags in braces: `'ttft{scenario:spike}'`. */
  readonly thresholds?: Readonly<Record<string, Threshold | readonly Threshold[]>>
  readonly slo?: Slo
  readonly pricing?: Pricing
  /** Tags of every sample. */
  readonly tags?: Readonly<Record<string, string>>
  /** Columns of trends in the summary. Default `['avg', 'min', 'med', 'max', 'p(90)', 'p(95)', 'p(99)']`. */
  readonly summaryTrendStats?: readonly string[]
  /** Default `'60s'`. */
  readonly setupTimeout?: Duration
  /** Default `'60s'`. */
  readonly teardownTimeout?: Duration
  /** Default `'120s'`. */
  readonly handleSummaryTimeout?: Duration
  /** Default of every scenario's `gracefulStop`. Default `'30s'`. */
  readonly gracefulStop?: Duration
  /** Shortest time of a whole iteration; shorter ones are padded. Default 0. */
  readonly minIterationDuration?: Duration
  /** Skips `setup()`. Default `false`. */
  readonly noSetup?: boolean
  /** Skips `teardown()`. Default `false`. */
  readonly noTeardown?: boolean
  /** Worker threads. Default: cores − 1, at least 1. */
  readonly workers?: number
  /** Seed of random arrivals and of `randomItem`. Default 1. */
  readonly seed?: number
}
