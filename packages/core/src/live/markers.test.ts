import { describe, expect, it } from 'vitest'
import type { ScenarioPlan } from '../model/plan.ts'
import { errorMarkers, stageMarkers } from './markers.ts'

const base = { exec: 'default', startTime: 10_000, gracefulStop: 0, env: {}, tags: {} }
const ramp: ScenarioPlan = {
  ...base,
  name: 'ramp',
  executor: 'ramping-vus',
  startVUs: 1,
  gracefulRampDown: 0,
  stages: [
    { duration: 5_000, target: 20 },
    { duration: 2_500, target: 1 },
  ],
}
const arrivals: ScenarioPlan = {
  ...base,
  name: 'arrivals',
  startTime: 0,
  executor: 'ramping-arrival-rate',
  timeUnit: 60_000,
  preAllocatedVUs: 1,
  maxVUs: 1,
  onSaturation: 'drop',
  arrival: 'even',
  startRate: 0,
  stages: [{ duration: 60_000, target: 30 }],
}
const constant: ScenarioPlan = {
  ...base,
  name: 'constant',
  executor: 'constant-vus',
  vus: 1,
  duration: 1_000,
}

describe('markers of a run', () => {
  it('stand where stages of ramps begin, on the clock of the run', () => {
    expect(stageMarkers({ scenarios: [ramp, arrivals, constant] }, 60_000)).toEqual([
      { at: 10, kind: 'stage', label: 'stage 0: to 20 VUs', scenario: 'ramp' },
      { at: 15, kind: 'stage', label: 'stage 1: to 1 VU', scenario: 'ramp' },
      { at: 0, kind: 'stage', label: 'stage 0: to 30 iterations/min', scenario: 'arrivals' },
    ])
  })

  it('end where a run did that was cut short', () => {
    expect(stageMarkers({ scenarios: [ramp] }, 12_000)).toHaveLength(1)
  })

  it('stand where each class of errors came first', () => {
    const first = { message: 'm', at: 3.5, id: 'a' }
    expect(
      errorMarkers([
        {
          class: 'timeout',
          examples: [
            { ...first, scenario: 'ramp' },
            { ...first, at: 9, scenario: '' },
          ],
        },
        { class: 'auth', examples: [{ ...first, scenario: '' }] },
        { class: 'empty', examples: [] },
      ]),
    ).toEqual([
      { at: 3.5, kind: 'first-error', label: 'timeout', scenario: 'ramp' },
      { at: 3.5, kind: 'first-error', label: 'auth' },
    ])
  })
})
