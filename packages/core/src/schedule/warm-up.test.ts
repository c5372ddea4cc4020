import { describe, expect, it } from 'vitest'
import type { ScenarioPlan } from '../model/plan.ts'
import { stageAt, timeOutside, warmUps, warmUpStretches } from './index.ts'

const COMMON = { exec: 'default', gracefulStop: 0, env: {}, tags: {} }
const from = (startTime: number, duration: number, warmup?: number): ScenarioPlan => ({
  ...COMMON,
  name: 's',
  executor: 'constant-vus',
  vus: 1,
  startTime,
  duration,
  warmup,
})

describe('the stretches of a run that are not measured', () => {
  it.each([
    ['none without a warm-up', [from(0, 60)], []],
    ['the beginning of a scenario', [from(0, 60, 20)], [[0, 20]]],
    ['of scenarios side by side, until the first measures', [from(0, 60, 20), from(0, 60, 30)], [[0, 20]]],
    ['none beside a scenario without a warm-up', [from(0, 60, 20), from(0, 60)], []],
    [
      'each beginning of those one after the other',
      [from(0, 60, 20), from(60, 60, 10)],
      [
        [0, 20],
        [60, 70],
      ],
    ],
    ['not the time before anything starts', [from(10, 60, 20)], [[10, 30]]],
    ['what is left when another has ended', [from(0, 30), from(20, 60, 25)], [[30, 45]]],
    ['as one where one warm-up follows another', [from(0, 40, 20), from(10, 40, 10)], [[0, 20]]],
  ] as const)('%s', (_, plans, expected) => {
    expect(warmUpStretches(plans).map((one) => [one.from, one.to])).toEqual(expected)
  })

  it.each([
    [10, 0],
    [20, 0],
    [50, 30],
    [65, 40],
    [100, 70],
  ])('leave of the first %i ms %i', (elapsed, measured) => {
    expect(
      timeOutside(
        [
          { from: 0, to: 20 },
          { from: 60, to: 70 },
        ],
        elapsed,
      ),
    ).toBe(measured)
  })
})

describe('the stretches in which something warms up', () => {
  it.each([
    ['none without a warm-up', [from(0, 60)], []],
    ['whatever is measured meanwhile', [from(0, 60), from(10, 60, 20)], [[10, 30]]],
    ['together where several do', [from(0, 60, 20), from(10, 60, 30)], [[0, 40]]],
    [
      'each by itself where they are apart',
      [from(0, 60, 20), from(60, 60, 10)],
      [
        [0, 20],
        [60, 70],
      ],
    ],
  ] as const)('%s', (_, plans, expected) => {
    expect(warmUps(plans).map((one) => [one.from, one.to])).toEqual(expected)
  })
})

describe('the stage of a ramp', () => {
  const ramp = (...durations: number[]): ScenarioPlan => ({
    ...COMMON,
    name: 's',
    executor: 'ramping-vus',
    startTime: 0,
    startVUs: 1,
    gracefulRampDown: 0,
    stages: durations.map((duration) => ({ duration, target: 1 })),
  })

  it.each([
    [0, 0],
    [9.9, 0],
    [10, 2],
    [29, 2],
    [30, 3],
    [500, 3],
  ])('at %d ms is number %i', (at, stage) => {
    expect(stageAt(ramp(10, 0, 20, 5))?.(at)).toBe(stage)
  })

  it.each([
    ['an executor without stages', from(0, 10)],
    ['a single stage', ramp(10)],
    ['a curve of 51 stages', ramp(...Array.from({ length: 51 }, () => 1))],
  ])('is not told of %s', (_, plan) => {
    expect(stageAt(plan)).toBeUndefined()
  })
})
