import { describe, expect, it } from 'vitest'
import type { MetricDefinition } from '../model/metric.ts'
import type { ClosedPlan, OpenPlan, Plan, ScenarioPlan, Shard } from '../model/plan.ts'
import { currentScope } from '../script/scope.ts'
import { settled, VirtualClock } from './__fixtures__/virtual-clock.ts'
import { ClosedScenario } from './closed-scenario.ts'
import { InstanceCounts } from './instance-counts.ts'
import { OpenScenario } from './open-scenario.ts'
import type { ScenarioRun } from './scenario-run.ts'
import type { ShardContext } from './shard-context.ts'

const WHOLE: Shard = { index: 0, count: 1 }
const base = { name: 's', exec: 'default', startTime: 0, gracefulStop: 1_000, env: {}, tags: {} }
const arrivalBase = { ...base, timeUnit: 1_000, onSaturation: 'drop', arrival: 'even' } as const

/** A scenario under a virtual clock whose iterations take as long as they are told to. */
class Bench {
  readonly clock = new VirtualClock()
  readonly starts: number[] = []
  readonly sums = new Map<string, number>()
  running = 0
  mostAtOnce = 0
  readonly context: ShardContext

  /** @param leaves runs in each iteration, and is not waited for. */
  constructor(takes: (iteration: number) => number, leaves: () => void = () => undefined) {
    const work = async () => {
      leaves()
      const iteration = this.starts.push(this.clock.now()) - 1
      this.running += 1
      this.mostAtOnce = Math.max(this.mostAtOnce, this.running)
      await new Promise<void>((resolve) => {
        this.clock.wake(this.clock.now() + takes(iteration), resolve)
      })
      this.running -= 1
    }
    this.context = {
      options: { seed: 1 } as Plan,
      sink: {
        add: ({ name }: MetricDefinition, value) => this.sums.set(name, (this.sums.get(name) ?? 0) + value),
        exchange: () => undefined,
        failure: () => undefined,
        checkFailed: () => undefined,
        noNumber: () => undefined,
        stream: () => undefined,
      },
      counts: new InstanceCounts(),
      control: { abort: () => undefined, fail: () => undefined },
      minIterationDuration: 0,
      functionOf: () => work,
      tagsOf: (plan: ScenarioPlan) => ({ scenario: plan.name }),
      setupData: () => undefined,
      ranCode: () => undefined,
      iterationFailed: (_, error) => {
        throw error
      },
    }
  }

  open(plan: OpenPlan, shard = WHOLE): Watched {
    return watch(new OpenScenario(this.context, plan, shard, 1, this.clock, () => undefined), this.clock)
  }

  closed(plan: ClosedPlan, shard = WHOLE): Watched {
    return watch(new ClosedScenario(this.context, plan, shard, 1, this.clock), this.clock)
  }

  get dropped(): number {
    return this.sums.get('dropped_iterations') ?? 0
  }
}

interface Watched {
  readonly run: ScenarioRun
  endedAt: number | undefined
}

function watch(run: ScenarioRun, clock: VirtualClock): Watched {
  const watched: Watched = { run, endedAt: undefined }
  void run.run(clock.now()).then(() => {
    watched.endedAt = clock.now()
  })
  return watched
}

describe('constant-arrival-rate', () => {
  const plan: OpenPlan = {
    ...arrivalBase,
    executor: 'constant-arrival-rate',
    rate: 50,
    duration: 10_000,
    preAllocatedVUs: 10,
    maxVUs: 10,
  }

  it.each([1, 2, 4])('starts exactly 500 iterations over %i workers at 50/s for 10 s', async (count) => {
    const benches = Array.from({ length: count }, (_, index) => {
      const bench = new Bench(() => 30)
      bench.open(plan, { index, count })
      return bench
    })
    for (const { clock } of benches) await clock.advance(12_000)
    const starts = benches.flatMap((bench) => bench.starts).toSorted((a, b) => a - b)
    expect(starts).toEqual(Array.from({ length: 500 }, (_, index) => index * 20))
  })

  it('drops what finds no free VU, and started + dropped is what was scheduled', async () => {
    const bench = new Bench(() => 950)
    const { run } = bench.open({ ...plan, rate: 10, duration: 1_000, preAllocatedVUs: 5, maxVUs: 5 })
    await bench.clock.advance(5_000)
    expect(bench.starts).toEqual([0, 100, 200, 300, 400])
    expect(bench.dropped).toBe(5)
    expect(run.progress()).toMatchObject({ started: 5, dropped: 5, completed: 5, interrupted: 0, done: true })
  })

  it('makes VUs up to maxVUs the moment they are needed', async () => {
    const bench = new Bench(() => 950)
    bench.open({ ...plan, rate: 10, duration: 1_000, preAllocatedVUs: 0, maxVUs: 8 })
    await bench.clock.advance(5_000)
    expect(bench.mostAtOnce).toBe(8)
    expect(bench.dropped).toBe(2)
  })

  it('with onSaturation queue starts late instead, and counts what never started as dropped', async () => {
    const bench = new Bench(() => 300)
    bench.open({ ...plan, rate: 10, duration: 1_000, preAllocatedVUs: 1, maxVUs: 1, onSaturation: 'queue' })
    await bench.clock.advance(5_000)
    expect(bench.starts).toEqual([0, 300, 600, 900])
    expect(bench.dropped).toBe(6)
    // 0, then 300 - 100, 600 - 200, 900 - 300 late.
    expect(bench.sums.get('schedule_lag')).toBe(0 + 200 + 400 + 600)
  })

  it('lets running iterations finish within gracefulStop, and cuts off what is longer', async () => {
    const bench = new Bench((iteration) => (iteration === 0 ? 1_500 : 5_000))
    const watched = bench.open({ ...plan, rate: 2, duration: 1_000, gracefulStop: 1_000 })
    await bench.clock.advance(10_000)
    expect(watched.run.progress()).toMatchObject({ completed: 1, interrupted: 1 })
    expect(watched.endedAt).toBe(2_000)
    expect(bench.sums.get('interrupted_iterations')).toBe(1)
  })

  it('stop() starts nothing new and waits; interrupt() waits for nothing', async () => {
    const bench = new Bench(() => 700)
    const watched = bench.open({ ...plan, rate: 10 })
    await bench.clock.advance(250)
    watched.run.stop()
    await bench.clock.advance(800)
    expect(watched.run.progress()).toMatchObject({ started: 3, completed: 2 })
    watched.run.interrupt()
    await settled()
    expect(watched.run.progress()).toMatchObject({ completed: 2, interrupted: 1, done: true })
    expect(watched.endedAt).toBe(800)
  })

  it('tells for how long it followed its schedule, whatever still ran then', async () => {
    const bench = new Bench(() => 700)
    const stopped = bench.open({ ...plan, rate: 10 })
    const whole = bench.open({ ...plan, rate: 10, duration: 1_000 })
    await bench.clock.advance(250)
    expect(stopped.run.progress()).not.toHaveProperty('followed')
    stopped.run.stop()
    await bench.clock.advance(5_000)
    expect(stopped.run.progress()).toMatchObject({ started: 3, followed: 250 })
    expect(whole.run.progress()).toMatchObject({ started: 10, followed: 1_000 })
  })

  it('stopped before it began has followed nothing', () => {
    const bench = new Bench(() => 700)
    const run = new OpenScenario(bench.context, plan, WHOLE, 1, bench.clock, () => undefined)
    run.stop()
    expect(run.progress()).toMatchObject({ started: 0, dropped: 0, followed: 0 })
  })

  it('with onSaturation queue drops at stop() what was due and waited', async () => {
    const bench = new Bench(() => 10_000)
    const queue = { rate: 10, preAllocatedVUs: 1, maxVUs: 1, onSaturation: 'queue' } as const
    const watched = bench.open({ ...plan, ...queue })
    await bench.clock.advance(450)
    watched.run.stop()
    // Due at 0, 100, 200, 300 and 400; the first has the only VU.
    expect(watched.run.progress()).toMatchObject({ started: 1, dropped: 4 })
  })
})

describe('constant-vus', () => {
  it('keeps its VUs iterating, and starts nothing after its duration', async () => {
    const bench = new Bench(() => 100)
    const watched = bench.closed({ ...base, executor: 'constant-vus', vus: 3, duration: 1_000 })
    await bench.clock.advance(3_000)
    expect(bench.mostAtOnce).toBe(3)
    expect(bench.starts.filter((at) => at === 900)).toHaveLength(3)
    expect(bench.starts.every((at) => at < 1_000)).toBe(true)
    expect(watched.run.progress()).toMatchObject({ started: 30, completed: 30, interrupted: 0 })
  })

  it.each(['at once', 'a turn later'])(
    'counts an iteration once whose call nobody waited for, and that was cut: %s',
    async (when) => {
      const bench = new Bench(
        () => 100,
        () => {
          const running = currentScope()?.vu.running
          const over = () => running?.delete(call)
          const call = { interrupt: () => (when === 'at once' ? over() : void setImmediate(over)) }
          running?.add(call)
        },
      )
      const watched = bench.closed({ ...base, executor: 'constant-vus', vus: 1, duration: 1_000 })
      await bench.clock.advance(3_000)
      await settled()
      expect(watched.run.progress()).toMatchObject({ started: 1, completed: 0, interrupted: 1 })
      expect(bench.sums.get('interrupted_iterations')).toBe(1)
      expect(bench.sums.get('iterations')).toBeUndefined()
      expect(bench.context.counts.vusActive).toBe(0)
    },
  )
})

describe('shared-iterations', () => {
  it('runs the total once, whoever is free, and ends with it', async () => {
    const bench = new Bench((iteration) => (iteration === 0 ? 1_000 : 100))
    const watched = bench.closed({
      ...base,
      executor: 'shared-iterations',
      vus: 2,
      iterations: 9,
      maxDuration: 60_000,
    })
    await bench.clock.advance(5_000)
    expect(bench.starts).toHaveLength(9)
    expect(watched.endedAt).toBe(1_000)
  })

  it('counts what maxDuration left over as dropped', async () => {
    const bench = new Bench(() => 400)
    bench.closed({ ...base, executor: 'shared-iterations', vus: 1, iterations: 10, maxDuration: 1_000 })
    await bench.clock.advance(5_000)
    expect(bench.starts).toHaveLength(3)
    expect(bench.dropped).toBe(7)
  })
})

describe('per-vu-iterations', () => {
  it('gives each VU its own number', async () => {
    const bench = new Bench((iteration) => (iteration % 2 === 0 ? 10 : 300))
    const plan: ClosedPlan = {
      ...base,
      executor: 'per-vu-iterations',
      vus: 2,
      iterations: 5,
      maxDuration: 60_000,
    }
    const watched = bench.closed(plan)
    await bench.clock.advance(10_000)
    expect(watched.run.progress()).toMatchObject({ started: 10, completed: 10 })
  })
})

describe('ramping-vus', () => {
  const plan: ClosedPlan = {
    ...base,
    executor: 'ramping-vus',
    startVUs: 0,
    stages: [
      { duration: 1_000, target: 4 },
      { duration: 1_000, target: 4 },
      { duration: 1_000, target: 0 },
    ],
    gracefulRampDown: 200,
  }

  it('follows the ramp up and down', async () => {
    const bench = new Bench(() => 50)
    bench.closed(plan)
    await bench.clock.advance(1_500)
    expect(bench.running).toBe(4)
    await bench.clock.advance(2_600)
    expect(bench.running).toBeLessThan(4)
    await bench.clock.advance(6_000)
    expect(bench.running).toBe(0)
  })

  it('gives a VU that is taken away gracefulRampDown to finish, then cuts it off', async () => {
    const bench = new Bench(() => 10_000)
    const { run } = bench.closed(plan)
    await bench.clock.advance(2_000)
    const before = run.progress()
    await bench.clock.advance(4_500)
    expect(before).toMatchObject({ started: 4, interrupted: 0 })
    expect(run.progress()).toMatchObject({ interrupted: 4, done: true })
  })
})
