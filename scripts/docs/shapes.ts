import type { ScenarioPlan } from '../../packages/core/src/model/plan.ts'

const every = {
  name: 'drawn',
  exec: 'default',
  startTime: 0,
  gracefulStop: 2_000,
  env: {},
  tags: {},
} as const
const arriving = {
  ...every,
  timeUnit: 1_000,
  preAllocatedVUs: 6,
  maxVUs: 6,
  onSaturation: 'drop',
  arrival: 'even',
} as const

/** What docs/executors.md draws: small enough that each iteration can be seen. */
export const SHAPES: readonly ScenarioPlan[] = [
  { ...every, executor: 'shared-iterations', vus: 4, iterations: 18, maxDuration: 12_000 },
  { ...every, executor: 'per-vu-iterations', vus: 4, iterations: 4, maxDuration: 12_000 },
  { ...every, executor: 'constant-vus', vus: 4, duration: 10_000 },
  {
    ...every,
    executor: 'ramping-vus',
    startVUs: 1,
    stages: [
      { duration: 4_000, target: 5 },
      { duration: 3_000, target: 5 },
      { duration: 3_000, target: 1 },
    ],
    gracefulRampDown: 2_000,
  },
  { ...arriving, executor: 'constant-arrival-rate', rate: 2.5, duration: 10_000 },
  {
    ...arriving,
    executor: 'ramping-arrival-rate',
    startRate: 1,
    stages: [
      { duration: 3_000, target: 1 },
      { duration: 1_000, target: 6 },
      { duration: 2_000, target: 6 },
      { duration: 1_000, target: 1 },
      { duration: 3_000, target: 1 },
    ],
  },
]
