import { describe, expect, it } from 'vitest'
import { Totals } from '../metrics/totals.ts'
import type { OpenPlan } from '../model/plan.ts'
import type { ScenarioProgress, Snapshot } from '../model/snapshot.ts'
import { ScenarioTable } from './scenario-table.ts'

/** 10 a second for 20 s, from the 5th on. */
const RUSH: OpenPlan = {
  name: 'rush',
  executor: 'constant-arrival-rate',
  exec: 'default',
  startTime: 5_000,
  gracefulStop: 30_000,
  env: {},
  tags: {},
  rate: 10,
  timeUnit: 1_000,
  duration: 20_000,
  preAllocatedVUs: 100,
  maxVUs: 100,
  onSaturation: 'drop',
  arrival: 'even',
}

function at(to: number, shard: number, progress: Partial<ScenarioProgress>): Snapshot {
  const none = { started: 0, completed: 0, dropped: 0, interrupted: 0, activeVUs: 0, vus: 100, done: false }
  const scenarios = [{ name: 'rush', ...none, ...progress }]
  return { shard, second: 0, from: 0, to, series: [], errors: [], scenarios, foldedTagSets: 0 }
}

function deliveryAfter(...snapshots: readonly Snapshot[]) {
  const table = new ScenarioTable({ scenarios: [RUSH] })
  const totals = new Totals()
  for (const snapshot of snapshots) {
    table.observe(snapshot)
    totals.merge(snapshot)
  }
  return table.summaries(totals)[0]?.delivery
}

describe('how much of an arrival rate came about', () => {
  it.each([
    ['stopped after 4 s, with a wait of 11 s', 20_000, { started: 40, followed: 4_000 }, 40, 10],
    // The schedule would be over by now, but nobody asked for the rest of it.
    ['stopped after 4 s, with a wait beyond its end', 40_000, { started: 40, followed: 4_000 }, 40, 10],
    ['stopped with some dropped', 20_000, { started: 30, dropped: 10, followed: 4_000 }, 40, 7.5],
    ['come to its end, with a wait of 9 s', 34_000, { started: 200, followed: 20_000 }, 200, 10],
    ['come to its end and lacking some', 34_000, { started: 150, followed: 20_000 }, 200, 7.5],
    ['under way', 9_000, { started: 40 }, 40, 10],
    ['told by an earlier version, and over', 34_000, { started: 200 }, 200, 10],
  ])('%s', (_, elapsed, progress, intended, achievedRate) => {
    const delivery = deliveryAfter(at(elapsed, 0, progress))
    expect(delivery).toMatchObject({ intended, achievedRate, intendedRate: expect.any(Number) })
  })

  it('takes the stripe that went on longest, for a worker that died tells nothing', () => {
    const delivery = deliveryAfter(
      at(3_000, 0, { started: 10 }),
      at(20_000, 1, { started: 20, followed: 4_000 }),
      at(20_000, 2, { started: 18, followed: 3_990 }),
    )
    expect(delivery).toMatchObject({ intended: 48, achievedRate: 12, intendedRate: 12 })
  })

  it('says nothing of a scenario that the run did not get to', () => {
    expect(deliveryAfter(at(60_000, 0, { followed: 0 }))).toBeUndefined()
    expect(deliveryAfter(at(4_000, 0, {}))).toBeUndefined()
  })
})
