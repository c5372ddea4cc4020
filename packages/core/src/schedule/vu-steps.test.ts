import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ClosedPlan } from '../model/plan.ts'
import { WHOLE, constantVus, perVuIterations, rampingVus, sharedIterations } from './__fixtures__/plans.ts'
import { regularEnd } from './planned.ts'
import { share } from './shard.ts'
import type { VuStep } from './shape.ts'
import { budget, vuSteps } from './vu-steps.ts'

const table = (plan: ClosedPlan, shard = WHOLE as { index: number; count: number }) =>
  vuSteps(plan, shard).map(({ at, vus }) => [at, vus])

/** What the steps say at a time. */
const vusAt = (steps: readonly VuStep[], at: number): number =>
  steps.findLast((step) => step.at <= at)?.vus ?? -1

describe('executors with a fixed number of VUs', () => {
  it.each([
    ['shared-iterations', sharedIterations({ vus: 7, iterations: 9 })],
    ['per-vu-iterations', perVuIterations({ vus: 7 })],
    ['constant-vus', constantVus({ vus: 7 })],
  ])('%s has one step at 0', (_, plan) => {
    expect(table(plan)).toEqual([[0, 7]])
    expect(table(plan, { index: 2, count: 4 })).toEqual([[0, 2]])
    expect(table(plan, { index: 3, count: 4 })).toEqual([[0, 1]])
  })
})

describe('ramping-vus', () => {
  it.each([
    [
      'up: a VU comes when the ramp reaches it',
      0,
      [[4, 4]],
      [
        [0, 0],
        [1_000, 1],
        [2_000, 2],
        [3_000, 3],
        [4_000, 4],
      ],
    ],
    [
      'down: a VU goes when the ramp has fallen by a whole one',
      3,
      [[3, 0]],
      [
        [0, 3],
        [1_000, 2],
        [2_000, 1],
        [3_000, 0],
      ],
    ],
    [
      'up and down: no wobble at the top',
      1,
      [
        [2, 3],
        [2, 1],
      ],
      [
        [0, 1],
        [1_000, 2],
        [2_000, 3],
        [3_000, 2],
        [4_000, 1],
      ],
    ],
    ['level', 5, [[10, 5]], [[0, 5]]],
    [
      'a jump at the start',
      1,
      [
        [0, 10],
        [5, 10],
      ],
      [[0, 10]],
    ],
    [
      'a jump in the middle',
      2,
      [
        [5, 2],
        [0, 6],
        [5, 6],
      ],
      [
        [0, 2],
        [5_000, 6],
      ],
    ],
    [
      'a jump away and back at the same time',
      2,
      [
        [5, 2],
        [0, 6],
        [0, 2],
        [5, 2],
      ],
      [[0, 2]],
    ],
    [
      'a jump down at the end',
      2,
      [
        [5, 2],
        [0, 0],
      ],
      [
        [0, 2],
        [5_000, 0],
      ],
    ],
  ] as const)('%s', (_, startVUs, stages, steps) => {
    expect(table(rampingVus(startVUs, stages))).toEqual(steps)
  })

  it('gives a stripe only the steps at which its own number changes', () => {
    const plan = rampingVus(0, [[6, 6]])
    expect(table(plan, { index: 0, count: 3 })).toEqual([
      [0, 0],
      [1_000, 1],
      [4_000, 2],
    ])
    expect(table(plan, { index: 2, count: 3 })).toEqual([
      [0, 0],
      [3_000, 1],
      [6_000, 2],
    ])
  })

  it('plans 20 000 VUs on 16 workers without trouble', () => {
    const steps = vuSteps(rampingVus(0, [[600, 20_000]]), { index: 5, count: 16 })
    expect(steps).toHaveLength(1_251)
    expect(steps.at(-1)).toEqual({ at: 599_700, vus: 1_250 })
  })
})

const stage = fc.tuple(
  fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 60 })),
  fc.integer({ min: 0, max: 60 }),
)
const ramp = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.array(stage, { minLength: 1, maxLength: 6 }))
  .map(([startVUs, stages]) => rampingVus(startVUs, stages))

describe('the steps of any ramp', () => {
  it('of all stripes add up to those of the whole at every time', () => {
    fc.assert(
      fc.property(ramp, fc.integer({ min: 1, max: 16 }), (plan, count) => {
        const whole = vuSteps(plan, WHOLE)
        const stripes = Array.from({ length: count }, (_, index) => vuSteps(plan, { index, count }))
        for (const { at, vus } of whole) {
          expect(stripes.reduce((sum, steps) => sum + vusAt(steps, at), 0)).toBe(vus)
        }
        const changes = new Set(whole.map(({ at }) => at))
        for (const steps of stripes) for (const { at } of steps) expect(changes.has(at)).toBe(true)
      }),
    )
  })

  it('follow the ramp: rounded down on the way up, rounded up on the way down', () => {
    fc.assert(
      fc.property(ramp, fc.double({ min: 0, max: 1, noNaN: true }), (plan, part) => {
        const steps = vuSteps(plan, WHOLE)
        let from = 0
        let start = plan.startVUs
        for (const { duration, target } of plan.stages) {
          const at = from + part * duration
          const line = start + (target - start) * part
          // On a step itself the last digit decides; between the steps it cannot.
          if (part > 0 && part < 1 && Math.abs(line - Math.round(line)) > 1e-6 && duration > 0) {
            expect(vusAt(steps, at)).toBe(target > start ? Math.floor(line) : Math.ceil(line))
          }
          from += duration
          start = target
        }
        expect(vusAt(steps, regularEnd(plan))).toBe(plan.stages.at(-1)?.target)
      }),
    )
  })

  it('are in order of time, and each changes something', () => {
    fc.assert(
      fc.property(ramp, fc.integer({ min: 1, max: 16 }), fc.nat(15), (plan, count, index) => {
        const steps = vuSteps(plan, { index: index % count, count })
        expect(steps[0]?.at).toBe(0)
        for (const [place, step] of steps.entries()) {
          const before = steps[place - 1]
          if (before) expect(before.at < step.at && before.vus !== step.vus).toBe(true)
        }
      }),
    )
  })
})

describe('budgets', () => {
  it('of shared iterations are striped', () => {
    const plan = sharedIterations({ vus: 4, iterations: 10 })
    const budgets = [0, 1, 2, 3].map((index) => budget(plan, { index, count: 4 }))
    expect(budgets).toEqual([3, 3, 2, 2].map((iterations) => ({ kind: 'shared', iterations })))
  })

  it('per VU are the same on every stripe', () => {
    const plan = perVuIterations({ vus: 4, iterations: 10 })
    expect(budget(plan, { index: 3, count: 4 })).toEqual({ kind: 'per-vu', iterations: 10 })
  })

  it('bound by time alone are unlimited', () => {
    expect(budget(constantVus(), WHOLE)).toEqual({ kind: 'unlimited' })
    expect(budget(rampingVus(1, [[1, 2]]), WHOLE)).toEqual({ kind: 'unlimited' })
  })

  it('leave no VU without an iteration where there are as many as VUs', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.nat(200),
        fc.integer({ min: 1, max: 16 }),
        (vus, more, workers) => {
          const count = Math.min(workers, vus)
          const plan = sharedIterations({ vus, iterations: vus + more })
          for (let index = 0; index < count; index++) {
            const own = budget(plan, { index, count })
            expect(own.kind === 'shared' && own.iterations).toBeGreaterThanOrEqual(
              share(vus, { index, count }),
            )
          }
        },
      ),
    )
  })
})
