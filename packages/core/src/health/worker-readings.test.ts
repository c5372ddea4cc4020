import { describe, expect, it } from 'vitest'
import type { ConnectionFault } from '../model/failure.ts'
import type { HealthReading, Snapshot } from '../model/snapshot.ts'
import type { ConnectionStorm } from './connection-storm.ts'
import { WorkerReadings, type WorkerHealth } from './worker-readings.ts'

const quiet: HealthReading = {
  cpu: 0.1,
  cpuWait: 0.01,
  loopUtilization: 0.2,
  loopDelayMax: 2,
  delays: [[0, 100]],
  lagMax: 2,
  lags: [],
  gcPauseMax: 0,
  gcTime: 0,
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

/** 80 ms and more. */
const LATE = 90

describe('a second in which no connection comes about', () => {
  const busy = { cpu: 1, delays: [[LATE, 100]] as const, contentFrames: 0 }
  const failed = (count: number, fault: ConnectionFault): Snapshot['errors'] => [
    { class: 'connection', scenario: 's', count, example: { class: 'connection', fault, message: 'no' } },
  ]
  const refused = (count: number) => failed(count, 'refused')
  const answered = {
    metric: 'request_failed',
    tags: {},
    unit: '',
    type: 'rate',
    passes: 900,
    fails: 1,
  } as const

  it.each<[string, Partial<Snapshot>, Partial<HealthReading>, ConnectionStorm | undefined]>([
    ['is not judged', { errors: refused(900) }, {}, { seconds: 5, most: 900, second: 5 }],
    ['is, where few were tried', { errors: refused(499) }, {}, undefined],
    ['is, where the generator has run out of ports', { errors: failed(900, 'other') }, {}, undefined],
    ['is, where something was answered', { errors: refused(900), series: [answered] }, {}, undefined],
    ['is, where tokens came', { errors: refused(900) }, { contentFrames: 1 }, undefined],
  ])('%s', (_, parts, reading, storm) => {
    const log = new WorkerReadings()
    for (let second = 0; second < 10; second += 1) {
      const stormy = second >= 5
      const given = snapshot(0, second, stormy ? { ...busy, ...reading } : {})
      log.add(stormy ? { ...given, ...parts } : given)
    }
    const [health] = log.health()
    expect(health?.storm).toEqual(storm)
    expect(health?.watched).toBe(10_000)
    expect(health?.cpu?.value).toBeCloseTo(storm === undefined ? 1 : 0.1)
    expect(health?.delays.shareOver(50)).toBeCloseTo(storm === undefined ? 0.5 : 0)
  })
})

describe('delays', () => {
  it.each([
    { seconds: 100, bad: 0, streams: 1, share: 0 },
    { seconds: 100, bad: 1, streams: 1, share: 0.01 },
    { seconds: 3_600, bad: 1, streams: 1, share: 1 / 3_600 },
    { seconds: 15, bad: 2, streams: 20, share: 40 / 53 },
  ])(
    'of $seconds seconds, $bad of them bad with $streams times the streams',
    ({ seconds, bad, streams, share }) => {
      const readings = Array.from({ length: seconds }, (_, second) =>
        second < bad ? { delays: [[LATE, 100 * streams]] as const } : {},
      )
      expect(healthOf(readings)?.delays.shareOver(50)).toBeCloseTo(share, 6)
    },
  )

  it('name the second of the longest', () => {
    const health = healthOf([{}, { loopDelayMax: 80, lagMax: 9 }, {}, { lagMax: 70 }])
    expect(health).toMatchObject({ loopDelayMax: { value: 80, second: 1 }, lagMax: { value: 70, second: 3 } })
  })

  it('tell what the thread did while it was late', () => {
    const health = healthOf([
      { loopDelayMax: 100, cpu: 0.2, cpuWait: 0.6, gcTime: 100 },
      { loopDelayMax: 0, cpu: 1, cpuWait: 0 },
    ])
    expect(health?.whileLate.cpu).toBeCloseTo(0.2, 9)
    expect(health?.whileLate.cpuWait).toBeCloseTo(0.6, 9)
    expect(health?.whileLate.gc).toBeCloseTo(0.1, 9)
  })

  it('keep the longest stall', () => {
    const stalls = [300, 700, 400].map((length) => ({ stall: { length, scenario: `s${length}` }, cpu: 0.9 }))
    expect(healthOf(stalls)?.stall).toEqual({ length: 700, scenario: 's700', second: 1 })
  })

  it('blame no code for a stall in which the thread hardly ran', () => {
    expect(healthOf([{ stall: { length: 800, scenario: 'spike' }, cpu: 0.1 }])?.stall).toEqual({
      length: 800,
      second: 0,
    })
  })
})

describe('cpu', () => {
  it('is the largest mean of three seconds', () => {
    const cpu = healthOf([0.1, 1, 0.1, 0.4, 0.7, 1, 0.4, 0.1].map((share) => ({ cpu: share })))?.cpu
    expect(cpu?.value).toBeCloseTo(0.7, 9)
    expect(cpu?.second).toBe(5)
  })

  it('leaves out the worst hundredth of a long run', () => {
    const busy = (seconds: number) =>
      healthOf(Array.from({ length: 600 }, (_, second) => ({ cpu: second < seconds ? 1 : 0.1 })))?.cpu?.value
    expect(busy(6)).toBeLessThan(0.8)
    expect(busy(12)).toBeCloseTo(1, 9)
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
    log.add(snapshot(0, 0, { heap: 5e6, gcPauseMax: 3, loopUtilization: 0.9 }))
    log.add(snapshot(0, 1, { lagMax: 8 }))
    log.add(snapshot(1, 0, { contentFrames: 5 }))
    const { health: _health, ...without } = snapshot(2, 0, {})
    log.add(without)
    expect(log.health()).toMatchObject([
      {
        shard: 0,
        heapMax: 5e6,
        gcPauseMax: 3,
        loopUtilizationMax: 0.9,
        lagMax: { value: 8, second: 1 },
        watched: 2_000,
        contentFrames: 20,
        coalescedFrames: 2,
      },
      { shard: 1, contentFrames: 5 },
    ])
    expect(log.health()).toHaveLength(2)
  })
})
