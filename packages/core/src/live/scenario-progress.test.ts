import { describe, expect, it } from 'vitest'
import type { ScenarioPlan } from '../model/plan.ts'
import { scenarioFacts, type Stop } from './scenario-progress.ts'
import type { Standing } from './scenario-table.ts'

const COMMON = { name: 's', exec: 'default', startTime: 10_000, gracefulStop: 30_000, env: {}, tags: {} }
const CLOSED: ScenarioPlan = { ...COMMON, executor: 'constant-vus', vus: 5, duration: 60_000 }
const COUNTED: ScenarioPlan = {
  ...COMMON,
  executor: 'shared-iterations',
  vus: 5,
  iterations: 100,
  maxDuration: 600_000,
}
const OPEN: ScenarioPlan = {
  ...COMMON,
  executor: 'constant-arrival-rate',
  rate: 120,
  timeUnit: 60_000,
  duration: 60_000,
  preAllocatedVUs: 1,
  maxVUs: 8,
  onSaturation: 'drop',
  arrival: 'even',
}

function standing(over: Partial<Standing> = {}): Standing {
  return {
    name: 's',
    started: 50,
    completed: 40,
    dropped: 0,
    interrupted: 0,
    activeVUs: 5,
    done: false,
    ...over,
  }
}

interface At {
  readonly elapsed: number
  readonly over?: Partial<Standing>
  readonly stop?: Stop
}

function factsAt(plan: ScenarioPlan, { elapsed, over, stop }: At) {
  return scenarioFacts(plan, standing(over), 1, elapsed, stop)
}

describe('where a scenario stands', () => {
  it.each<[string, ScenarioPlan, At, object]>([
    ['waits for its start', CLOSED, { elapsed: 4_000 }, { state: 'waiting', share: 0, left: 6_000 }],
    [
      'runs until its time is up',
      CLOSED,
      { elapsed: 25_000 },
      { state: 'running', share: 0.25, left: 45_000 },
    ],
    [
      'finishes within its gracefulStop',
      CLOSED,
      { elapsed: 72_000 },
      { state: 'finishing', share: 1, left: 28_000 },
    ],
    [
      'is done when nothing runs any more',
      CLOSED,
      { elapsed: 71_000, over: { done: true } },
      { state: 'done' },
    ],
    [
      'ends when its iterations are through, by the pace so far',
      COUNTED,
      { elapsed: 30_000 },
      { state: 'running', share: 0.4, left: 30_000, iterations: 100, completed: 40 },
    ],
    [
      'keeps the rate of its schedule',
      OPEN,
      { elapsed: 20_000 },
      { intendedRate: 2, maximumVus: 8, activeVus: 5 },
    ],
    [
      'finishes what runs when the run is told to stop',
      OPEN,
      { elapsed: 25_000, stop: { signal: 'SIGINT', at: 20_000 } },
      { state: 'finishing', left: 25_000, intendedRate: 0 },
    ],
    [
      'is done at once when the run is told to stop and nothing runs',
      OPEN,
      { elapsed: 5_000, over: { activeVUs: 0 }, stop: { signal: 'SIGINT', at: 4_000 } },
      { state: 'done' },
    ],
  ])('%s', (_, plan, at, expected) => {
    expect(factsAt(plan, at)).toMatchObject(expected)
  })

  it('does not tell when iterations end before the first of them has', () => {
    expect(factsAt(COUNTED, { elapsed: 30_000, over: { completed: 0 } })).not.toHaveProperty('left')
  })
})
