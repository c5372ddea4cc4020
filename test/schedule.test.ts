import { beforeAll, describe, expect, it, vi } from 'vitest'
import { makeProject } from './harness/project.ts'
import { QUICK, script } from './harness/scripts.ts'
import { valueOf } from './harness/summary.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

const CALL = 'export default async function () { await ask() }'

async function run(scenario: object, flags: readonly string[] = [], code = CALL) {
  const project = makeProject({ 'test.ts': script({ scenarios: { arrivals: scenario } }, code) })
  const ran = await project.loadbench(['run', 'test.ts', '--simulate', QUICK, '--no-report', ...flags])
  const [outcome = { started: 0, completed: 0, dropped: 0, interrupted: 0 }] = ran.summary().scenarios
  return { ...ran, ...outcome }
}

const FIFTY = {
  executor: 'constant-arrival-rate',
  rate: 50,
  duration: '10s',
  preAllocatedVUs: 100,
  maxVUs: 400,
}

describe('a constant rate of 50 iterations a second for 10 s', () => {
  const workers = [1, 2, 4]
  let runs: Awaited<ReturnType<typeof run>>[] = []

  // Side by side: most of their time they wait.
  beforeAll(async () => {
    runs = await Promise.all(workers.map((count) => run(FIFTY, ['--workers', String(count)])))
  })

  it.each(workers.map((count, index) => ({ count, index })))(
    'is exactly 500 iterations over $count workers',
    ({ index }) => {
      const ran = runs[index]
      if (ran === undefined) throw new Error('there is no such run')
      expect(ran).toMatchObject({ code: 0, started: 500, completed: 500, dropped: 0, interrupted: 0 })
      const summary = ran.summary()
      expect(valueOf(summary, 'iterations', 'count')).toBe(500)
      expect(valueOf(summary, 'requests', 'count')).toBe(500)
      // It took the 10 s of the schedule, not less; how much more is the machine's affair.
      expect(summary.run.durationMs).toBeGreaterThan(9_900)
    },
  )
})

describe('a rate that the VUs cannot keep up with', () => {
  const slow = 'export default () => sleep(0.5)'
  const tight = { executor: 'constant-arrival-rate', rate: 50, duration: '2s', preAllocatedVUs: 2 }

  it.each([1, 2])(
    'starts some of the 100 iterations and counts the others as dropped, over %i workers',
    async (workers) => {
      const ran = await run(tight, ['--workers', String(workers)], slow)
      expect(ran.started + ran.dropped).toBe(100)
      expect(ran.started).toBeGreaterThanOrEqual(2)
      expect(ran.started).toBeLessThanOrEqual(10)
      expect(ran.completed).toBe(ran.started)
      expect(valueOf(ran.summary(), 'dropped_iterations', 'count')).toBe(ran.dropped)
    },
  )

  it('adds VUs up to maxVUs before it drops', async () => {
    const ran = await run({ ...tight, preAllocatedVUs: 1, maxVUs: 100 }, ['--workers', '2'], slow)
    expect(ran).toMatchObject({ started: 100, completed: 100, dropped: 0 })
  })

  it("lets them wait with onSaturation 'queue', and measures from when they were due", async () => {
    const queue = { ...tight, rate: 20, duration: '1s', onSaturation: 'queue' }
    const ran = await run(
      queue,
      ['--workers', '1'],
      'export default async function () { await ask(); await sleep(0.15) }',
    )
    expect(ran.started + ran.dropped).toBe(20)
    // Two VUs do at most 14 in a second; those that had to wait are late, those that never came are dropped.
    expect(ran.dropped).toBeGreaterThan(0)
    expect(valueOf(ran.summary(), 'schedule_lag', 'max')).toBeGreaterThan(100)
    expect(valueOf(ran.summary(), 'ttft_scheduled', 'max')).toBeGreaterThan(
      valueOf(ran.summary(), 'schedule_lag', 'max'),
    )
  })
})

describe('iterations that are counted', () => {
  it.each([1, 3])('are exactly as many with shared-iterations, over %i workers', async (workers) => {
    const shared = { executor: 'shared-iterations', vus: 7, iterations: 40 }
    const ran = await run(shared, ['--workers', String(workers)])
    expect(ran).toMatchObject({ code: 0, started: 40, completed: 40, dropped: 0 })
  })

  it('are exactly as many for each VU with per-vu-iterations', async () => {
    const ran = await run({ executor: 'per-vu-iterations', vus: 5, iterations: 4 }, ['--workers', '2'])
    expect(ran).toMatchObject({ code: 0, started: 20, completed: 20 })
  })
})
