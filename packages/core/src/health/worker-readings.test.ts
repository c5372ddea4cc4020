import { describe, expect, it } from 'vitest'
import type { HealthReading, Snapshot } from '../model/snapshot.ts'
import { WorkerReadings, type WorkerHealth } from './worker-readings.ts'

const quiet: HealthReading = {
  cpu: 0.1,
  loopDelayP99: 1,
  loopDelayMax: 2,
  lagP99: 1,
  lagMax: 2,
  gcPause: 0,
  heap: 1e6,
  contentFrames: 10,
  coalescedFrames: 1,
}

function snapshot(shard: number, second: number, health: Partial<HealthReading>, length = 1_000): Snapshot {
  const from = second * 1_000
  const empty = { series: [], errors: [], scenarios: [], foldedTagSets: 0 }
  return { shard, second, from, to: from + length, ...empty, health: { ...quiet, ...health } }
}

function healthOf(readings: readonly Partial<HealthReading>[]): WorkerHealth | undefined {
  const log = new WorkerReadings()
  for (const [second, reading] of readings.entries()) log.add(snapshot(0, second, reading))
  return log.health()[0]
}

describe('delay and lag', () => {
  it('leave one bad second out, since every program starts and every machine pauses', () => {
    const health = healthOf([{ loopDelayP99: 80, lagP99: 70 }, {}, { loopDelayP99: 5, lagP99: 4 }, {}])
    expect(health).toMatchObject({ loopDelay: { value: 5, second: 2 }, lag: { value: 4, second: 2 } })
  })

  it('show a spike of two seconds', () => {
    const spike = Array.from({ length: 15 }, (_, second) => ({
      loopDelayP99: second === 5 || second === 6 ? 80 : 1,
    }))
    expect(healthOf(spike)?.loopDelay).toEqual({ value: 80, second: 6 })
  })

  it.each([
    { seconds: 100, bad: 5, found: 1 },
    { seconds: 100, bad: 6, found: 80 },
    { seconds: 36_000, bad: 60, found: 1 },
    { seconds: 36_000, bad: 61, found: 80 },
  ])('of $seconds seconds with $bad bad ones are $found', ({ seconds, bad, found }) => {
    const readings = Array.from({ length: seconds }, (_, second) => ({ loopDelayP99: second < bad ? 80 : 1 }))
    expect(healthOf(readings)?.loopDelay?.value).toBe(found)
  })

  it('are not judged in a run of one second', () => {
    const health = healthOf([{ loopDelayP99: 80, lagP99: 70 }])
    expect([health?.loopDelay, health?.lag]).toEqual([undefined, undefined])
    expect(health?.loopDelayMax).toBe(2)
  })
})

describe('cpu', () => {
  it('is the largest mean of three seconds', () => {
    const cpu = healthOf([0.1, 1, 0.1, 0.4, 0.7, 1, 0.4, 0.1].map((share) => ({ cpu: share })))?.cpu
    expect(cpu?.value).toBeCloseTo(0.7, 9)
    expect(cpu?.second).toBe(5)
  })

  it('is not judged in runs shorter than that', () => {
    expect(healthOf([{ cpu: 1 }, { cpu: 1 }])?.cpu).toBeUndefined()
  })

  it('is not judged by two seconds and the rest of a third', () => {
    const log = new WorkerReadings()
    for (const second of [0, 1]) log.add(snapshot(0, second, { cpu: 1 }))
    log.add(snapshot(0, 2, { cpu: 1 }, 10))
    expect(log.health()[0]?.cpu).toBeUndefined()
  })

  it('weighs readings by their length', () => {
    const log = new WorkerReadings()
    for (const second of [0, 1, 2]) log.add(snapshot(0, second, { cpu: 0.5 }))
    log.add(snapshot(0, 3, { cpu: 10 }, 1))
    expect(log.health()[0]?.cpu?.value).toBeLessThan(0.52)
  })
})

describe('the other figures', () => {
  it('are the largest, and sums of frames, worker by worker', () => {
    const log = new WorkerReadings()
    log.add(snapshot(0, 0, { heap: 5e6, gcPause: 3, loopDelayMax: 9 }))
    log.add(snapshot(0, 1, { lagMax: 8 }))
    log.add(snapshot(1, 0, { contentFrames: 5 }))
    const { health: _health, ...without } = snapshot(2, 0, {})
    log.add(without)
    expect(log.health()).toMatchObject([
      {
        shard: 0,
        heapMax: 5e6,
        gcPauseMax: 3,
        loopDelayMax: 9,
        lagMax: 8,
        contentFrames: 20,
        coalescedFrames: 2,
      },
      { shard: 1, contentFrames: 5 },
    ])
    expect(log.health()).toHaveLength(2)
  })
})
