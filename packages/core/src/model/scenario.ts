import type { Duration } from './duration.ts'

/** One leg of a ramp. */
export interface Stage {
  /**
   * How long the leg takes: ms, or text such as `'30s'`; 0 jumps at once. Must be given.
   * @example '2m'
   */
  readonly duration: Duration
  /**
   * What there is at its end: VUs (`ramping-vus`) or iterations per `timeUnit` (`ramping-arrival-rate`). Must be given.
   * @example 50
   */
  readonly target: number
}

interface ScenarioBase {
  /**
   * When the scenario starts, from the start of the run: ms, or text. Scenarios run side by side unless this sets them apart.
   * @default '0s'
   * @example '30s'
   */
  readonly startTime?: Duration
  /**
   * How long iterations that run at the scenario's end may still take, before they are cut off: ms, or text.
   * @default the option `gracefulStop`, `'30s'`
   * @example '2m'
   */
  readonly gracefulStop?: Duration
  /**
   * Beginning of the scenario that is not measured, from its own start: ms, or text.
   * @default what is left of the option `warmup` when the scenario starts
   * @example '30s'
   */
  readonly warmup?: Duration
  /**
   * Name of the exported function an iteration runs.
   * @default 'default'
   * @example 'longAnswers'
   */
  readonly exec?: string
  /**
   * Variables that go before those of the environment in `exec.scenario.env`.
   * @default {}
   * @example { MODEL: 'small' }
   */
  readonly env?: Readonly<Record<string, string>>
  /**
   * Tags of every sample of the scenario, to select by in thresholds.
   * @default {}
   * @example { kind: 'short' }
   */
  readonly tags?: Readonly<Record<string, string>>
}

/**
 * `vus` take iterations from one common number until all are done.
 * @example { executor: 'shared-iterations', vus: 10, iterations: 200 }
 */
export interface SharedIterations extends ScenarioBase {
  readonly executor: 'shared-iterations'
  /**
   * Virtual users: each runs one iteration at a time. A whole number.
   * @default 1
   * @example 20
   */
  readonly vus?: number
  /**
   * Iterations in total, over all VUs; at least `vus`.
   * @default 1
   * @example 200
   */
  readonly iterations?: number
  /**
   * The scenario ends then, whatever is left to do: ms, or text.
   * @default '10m'
   * @example '1h'
   */
  readonly maxDuration?: Duration
}

/**
 * Each VU runs a number of iterations of its own.
 * @example { executor: 'per-vu-iterations', vus: 10, iterations: 20 }
 */
export interface PerVuIterations extends ScenarioBase {
  readonly executor: 'per-vu-iterations'
  /**
   * Virtual users: each runs one iteration at a time. A whole number.
   * @default 1
   * @example 20
   */
  readonly vus?: number
  /**
   * Iterations of each VU.
   * @default 1
   * @example 20
   */
  readonly iterations?: number
  /**
   * The scenario ends then, whatever is left to do: ms, or text.
   * @default '10m'
   * @example '1h'
   */
  readonly maxDuration?: Duration
}

/**
 * A fixed number of VUs, each iterating as fast as it can (closed model).
 * @example { executor: 'constant-vus', vus: 20, duration: '5m' }
 */
export interface ConstantVus extends ScenarioBase {
  readonly executor: 'constant-vus'
  /**
   * Virtual users: each runs one iteration at a time. A whole number.
   * @default 1
   * @example 20
   */
  readonly vus?: number
  /**
   * How long the VUs iterate: ms, or text. Must be given.
   * @example '5m'
   */
  readonly duration: Duration
}

/**
 * A number of VUs that follows stages (closed model).
 * @example { executor: 'ramping-vus', stages: [{ duration: '1m', target: 50 }, { duration: '30s', target: 0 }] }
 */
export interface RampingVus extends ScenarioBase {
  readonly executor: 'ramping-vus'
  /**
   * VUs at the start of the first stage.
   * @default 1
   * @example 0
   */
  readonly startVUs?: number
  /**
   * The ramp, leg by leg; each says how many VUs there are at its end. Must be given.
   * @example [{ duration: '1m', target: 50 }, { duration: '30s', target: 0 }]
   */
  readonly stages: readonly Stage[]
  /**
   * How long a VU may finish its iteration when the ramp takes it away: ms, or text.
   * @default '30s'
   * @example '10s'
   */
  readonly gracefulRampDown?: Duration
}

/** How far apart arrivals are: evenly, or at random around the same rate. */
export type Arrival = 'even' | 'poisson' | { readonly gamma: number }

interface ArrivalRateBase extends ScenarioBase {
  /**
   * The time a rate is counted in: ms, or text.
   * @default '1s'
   * @example '1m'
   */
  readonly timeUnit?: Duration
  /**
   * VUs ready from the start. As a rule: rate × the seconds an iteration takes, and some more. Must be given.
   * @example 50
   */
  readonly preAllocatedVUs: number
  /**
   * How many VUs there may be when the ready ones are all busy; more are made while the run goes on.
   * @default preAllocatedVUs
   * @example 200
   */
  readonly maxVUs?: number
  /**
   * What becomes of an iteration that is due while every VU is busy: `'drop'` counts it in
   * `dropped_iterations` (k6); `'queue'` starts it late and measures from its due time (wrk2).
   * @default 'drop'
   * @example 'queue'
   */
  readonly onSaturation?: 'drop' | 'queue'
  /**
   * How far apart iterations start. `'poisson'`: at random, as independent people come. `{ gamma: 1 }` is the same; shapes
   * below 1 are burstier, from 0.01 to 10000.
   * @default 'even'
   * @example 'poisson'
   */
  readonly arrival?: Arrival
}

/**
 * A fixed rate of new iterations, however long they take (open model).
 * @example { executor: 'constant-arrival-rate', rate: 10, duration: '5m', preAllocatedVUs: 50, maxVUs: 200 }
 */
export interface ConstantArrivalRate extends ArrivalRateBase {
  readonly executor: 'constant-arrival-rate'
  /**
   * New iterations per `timeUnit`; fractions are allowed. Must be given.
   * @example 10
   */
  readonly rate: number
  /**
   * How long iterations start: ms, or text. Must be given.
   * @example '5m'
   */
  readonly duration: Duration
}

/**
 * A rate of new iterations that follows stages (open model).
 * @example { executor: 'ramping-arrival-rate', startRate: 2, stages: [{ duration: '1m', target: 20 }], preAllocatedVUs: 50 }
 */
export interface RampingArrivalRate extends ArrivalRateBase {
  readonly executor: 'ramping-arrival-rate'
  /**
   * New iterations per `timeUnit` at the start of the first stage.
   * @default 0
   * @example 2
   */
  readonly startRate?: number
  /**
   * The ramp, leg by leg; each says how many iterations per `timeUnit` there are at its end. Must be given.
   * @example [{ duration: '1m', target: 20 }, { duration: '5m', target: 20 }]
   */
  readonly stages: readonly Stage[]
}

export type Scenario =
  | SharedIterations
  | PerVuIterations
  | ConstantVus
  | RampingVus
  | ConstantArrivalRate
  | RampingArrivalRate
