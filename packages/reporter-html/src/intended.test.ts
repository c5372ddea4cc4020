import type { Plan, ScenarioPlan } from 'loadbench/report'
import { describe, expect, it } from 'vitest'
import { run } from './__fixtures__/run.ts'
import { intendedRate } from './intended.ts'

const { manifest, timeline } = run()
const base = {
  exec: 'default',
  startTime: 0,
  gracefulStop: 0,
  env: {},
  tags: {},
  timeUnit: 1_000,
  preAllocatedVUs: 1,
  maxVUs: 1,
  onSaturation: 'drop',
  arrival: 'even',
} as const
const ramp: ScenarioPlan = {
  ...base,
  name: 'ramp',
  executor: 'ramping-arrival-rate',
  startRate: 0,
  stages: [
    { duration: 2_000, target: 4 },
    { duration: 0, target: 10 },
    { duration: 1_000, target: 10 },
  ],
}
const steady: ScenarioPlan = {
  ...base,
  name: 'steady',
  executor: 'constant-arrival-rate',
  startTime: 1_000,
  timeUnit: 60_000,
  rate: 120,
  duration: 1_000,
}
const users: ScenarioPlan = { ...base, name: 'users', executor: 'constant-vus', vus: 5, duration: 4_000 }
const seconds = { ...timeline, at: [1, 2, 3, 4], width: [1, 1, 1, 1] }
const planOf = (...scenarios: readonly ScenarioPlan[]): Plan => ({ ...manifest.plan, scenarios })

describe('the intended rate', () => {
  it('follows the stages, at the middle of each interval', () => {
    expect(intendedRate(planOf(ramp), seconds, [])).toEqual([1, 3, 10, null])
  })

  it('is of all scenarios together, each from its start and by its own unit of time', () => {
    expect(intendedRate(planOf(ramp, steady, users), seconds, [])).toEqual([1, 5, 10, null])
  })

  it('is of one scenario where one is asked for', () => {
    expect(intendedRate(planOf(ramp, steady), seconds, [], 'steady')).toEqual([null, 2, null, null])
  })

  it('ends where the run was stopped, whatever was waited for then', () => {
    const delivery = { intended: 3, intendedRate: 2, achievedRate: 2, late: 0 }
    const stopped = [{ name: 'ramp', delivery }, { name: 'steady' }]
    expect(intendedRate(planOf(ramp, steady), seconds, stopped)).toEqual([1, 5, null, null])
  })

  it('is none where scenarios have VUs and no rate', () => {
    expect(intendedRate(planOf(users), seconds, [])).toBeUndefined()
  })
})
