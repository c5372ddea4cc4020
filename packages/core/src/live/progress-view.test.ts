import { describe, expect, it } from 'vitest'
import { recorded, REQUESTS, TTFT, type Value } from '../metrics/__fixtures__/recorded.ts'
import { Totals } from '../metrics/totals.ts'
import { builtIn } from '../model/metric.ts'
import type { ScenarioPlan } from '../model/plan.ts'
import { ProgressView } from './progress-view.ts'
import type { Standing } from './scenario-table.ts'

const COMMON = { exec: 'default', startTime: 0, gracefulStop: 30_000, env: {}, tags: {} }
const CHAT: ScenarioPlan = { ...COMMON, name: 'chat', executor: 'constant-vus', vus: 2, duration: 60_000 }
const BATCH: ScenarioPlan = {
  ...COMMON,
  name: 'batch',
  executor: 'shared-iterations',
  vus: 1,
  iterations: 9,
  maxDuration: 90_000,
}
const SPIKE: ScenarioPlan = {
  ...COMMON,
  name: 'spike',
  executor: 'constant-arrival-rate',
  rate: 5,
  timeUnit: 1_000,
  duration: 40_000,
  preAllocatedVUs: 1,
  maxVUs: 1,
  onSaturation: 'drop',
  arrival: 'even',
}

const TOKENS = builtIn('output_tokens')
const E2E = builtIn('e2e_latency')
const DURATION = builtIn('request_duration')

const STARTED = builtIn('iterations_started')

const one = (metric: Value['metric'], value: number): Value => ({ metric, value, tags: {} })

function standing(name: string, started: number): Standing {
  return { name, started, completed: 0, dropped: 0, interrupted: 0, activeVUs: 1, done: false }
}

/** Follows a run of these seconds. */
function follow(
  scenarios: readonly ScenarioPlan[],
  seconds: readonly { readonly values?: readonly Value[]; readonly started?: readonly number[] }[],
) {
  const view = new ProgressView({ scenarios })
  const totals = new Totals()
  let standings: Standing[] = []
  for (const [second, { values = [], started = [] }] of seconds.entries()) {
    const interval = new Totals()
    const before = seconds[second - 1]?.started ?? []
    const starts = started.map((count, index) => ({
      metric: STARTED,
      value: count - (before[index] ?? 0),
      tags: { scenario: scenarios[index]?.name ?? '' },
    }))
    const snapshot = recorded(0, second, [...values, ...starts])
    interval.merge(snapshot)
    totals.merge(snapshot)
    standings = scenarios.map(({ name }, index) => standing(name, started[index] ?? 0))
    view.add(interval, totals, standings)
  }
  return view.facts(totals, standings, undefined)
}

describe('what those who watch a run are told', () => {
  it('rates of the last second, per scenario and together', () => {
    const facts = follow(
      [CHAT, SPIKE],
      [
        { started: [2, 5], values: [one(REQUESTS, 1)] },
        { started: [6, 9], values: [one(REQUESTS, 1), one(TOKENS, 120)] },
      ],
    )
    expect(facts.scenarios.map(({ rate }) => rate)).toEqual([4, 4])
    expect(facts.pace).toEqual({ vus: 2, rate: 8, requests: 1, tokens: 120 })
    expect(facts.recentTokens).toEqual([0, 120])
  })

  it('what the schedules ask for together, where no VU sets a pace of its own', () => {
    expect(follow([SPIKE], [{ started: [5] }]).pace.intendedRate).toBe(5)
    expect(follow([SPIKE, CHAT], [{ started: [5, 2] }]).pace).not.toHaveProperty('intendedRate')
  })

  it('percentiles of the whole run, and the p95 of each second with its gaps', () => {
    const seconds = [{ values: [one(TTFT, 100)] }, {}, { values: [one(TTFT, 300)] }]
    const [ttft] = follow([CHAT], seconds).trends
    expect(ttft).toMatchObject({
      name: 'ttft',
      unit: 'ms',
      p50: expect.closeTo(100, 0) as number,
      p95: 300,
      p99: 300,
    })
    expect(ttft?.recent).toEqual([100, undefined, 300])
  })

  it('the duration of requests only where no stream gives its latency', () => {
    const names = (values: readonly Value[]) => follow([CHAT], [{ values }]).trends.map(({ name }) => name)
    expect(names([one(DURATION, 1)])).toEqual(['request_duration'])
    expect(names([one(DURATION, 1), one(E2E, 1)])).toEqual(['e2e_latency'])
  })

  it('the end of the last scenario, unless iterations end one', () => {
    expect(follow([CHAT, SPIKE], [{}]).planned).toBe(60_000)
    expect(follow([CHAT, BATCH], [{}])).not.toHaveProperty('planned')
  })
})
