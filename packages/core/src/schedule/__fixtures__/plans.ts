import type { ClosedPlan, OpenPlan } from '../../model/plan.ts'

/** Makers of scenario plans: what a test does not name is as the defaults would have it. */
const base = { name: 'default', exec: 'default', startTime: 0, gracefulStop: 30_000, env: {}, tags: {} }
const arrivalBase = {
  ...base,
  timeUnit: 1_000,
  preAllocatedVUs: 10,
  maxVUs: 10,
  onSaturation: 'drop',
  arrival: 'even',
} as const

type Plan<E extends (ClosedPlan | OpenPlan)['executor']> = Extract<ClosedPlan | OpenPlan, { executor: E }>
type Settings<E extends (ClosedPlan | OpenPlan)['executor']> = Partial<Omit<Plan<E>, 'executor'>>

export const sharedIterations = (settings: Settings<'shared-iterations'> = {}): Plan<'shared-iterations'> => ({
  ...base,
  executor: 'shared-iterations',
  vus: 1,
  iterations: 1,
  maxDuration: 600_000,
  ...settings,
})

export const perVuIterations = (settings: Settings<'per-vu-iterations'> = {}): Plan<'per-vu-iterations'> => ({
  ...base,
  executor: 'per-vu-iterations',
  vus: 1,
  iterations: 1,
  maxDuration: 600_000,
  ...settings,
})

export const constantVus = (settings: Settings<'constant-vus'> = {}): Plan<'constant-vus'> => ({
  ...base,
  executor: 'constant-vus',
  vus: 1,
  duration: 10_000,
  ...settings,
})

/** `stages` as pairs of seconds and target. */
export const rampingVus = (
  startVUs: number,
  stages: readonly (readonly [seconds: number, target: number])[],
  settings: Settings<'ramping-vus'> = {},
): Plan<'ramping-vus'> => ({
  ...base,
  executor: 'ramping-vus',
  startVUs,
  stages: stages.map(([seconds, target]) => ({ duration: seconds * 1_000, target })),
  gracefulRampDown: 30_000,
  ...settings,
})

export const constantArrivalRate = (
  settings: Settings<'constant-arrival-rate'> = {},
): Plan<'constant-arrival-rate'> => ({
  ...arrivalBase,
  executor: 'constant-arrival-rate',
  rate: 1,
  duration: 10_000,
  ...settings,
})

/** `stages` as pairs of seconds and target. */
export const rampingArrivalRate = (
  startRate: number,
  stages: readonly (readonly [seconds: number, target: number])[],
  settings: Settings<'ramping-arrival-rate'> = {},
): Plan<'ramping-arrival-rate'> => ({
  ...arrivalBase,
  executor: 'ramping-arrival-rate',
  startRate,
  stages: stages.map(([seconds, target]) => ({ duration: seconds * 1_000, target })),
  ...settings,
})

export const WHOLE = { index: 0, count: 1 } as const
