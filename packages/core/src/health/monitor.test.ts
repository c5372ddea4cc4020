import { Worker } from 'node:worker_threads'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { now } from '../model/clock.ts'
import { HealthMonitor } from './monitor.ts'
import { watchThreadCpu } from './thread-cpu.ts'

function block(millis: number): void {
  const end = now() + millis
  while (now() < end);
}

let pauses: number[]
let delays: number[]
let monitor: HealthMonitor

beforeEach(async () => {
  pauses = []
  delays = []
  monitor = new HealthMonitor(
    (pause) => pauses.push(pause),
    (late) => delays.push(late),
  )
  await monitor.start()
})
afterEach(() => monitor.stop())

describe('a reading', () => {
  it('shows how long the event loop was blocked', async () => {
    await delay(30)
    block(150)
    await delay(30)
    const { loopDelayP99, loopDelayMax } = await monitor.read()
    expect(loopDelayMax).toBeGreaterThan(130)
    expect(loopDelayP99).toBeGreaterThan(0)
    expect(loopDelayP99).toBeLessThanOrEqual(loopDelayMax)
  })

  it('starts anew with each interval, and misses nothing in between', async () => {
    monitor.noteLag(500)
    await delay(30)
    const first = await monitor.read()
    block(500)
    await delay(30)
    const second = await monitor.read()
    await delay(30)
    const third = await monitor.read()
    expect(second.loopDelayMax).toBeGreaterThan(480)
    expect(third.loopDelayMax).toBeLessThan(480)
    expect(first.lagMax).toBeCloseTo(500, -1)
    expect([second.lagP99, second.lagMax]).toEqual([0, 0])
  })

  it('tells each delay to who listens', async () => {
    await delay(30)
    block(100)
    await delay(30)
    const told = [...delays]
    const { loopDelayMax } = await monitor.read()
    expect(told.length).toBeGreaterThan(1)
    expect(Math.max(...told)).toBeCloseTo(loopDelayMax, -1)
  })

  it('gives the lag of the schedule to a microsecond', async () => {
    for (let late = 1; late <= 100; late++) monitor.noteLag(late / 100)
    const { lagP99, lagMax } = await monitor.read()
    expect(lagP99).toBeCloseTo(0.99, 2)
    expect(lagMax).toBeCloseTo(1, 2)
  })

  it('takes starts that were early or exact as on time', async () => {
    for (const late of [0, -3]) monitor.noteLag(late)
    expect((await monitor.read()).lagMax).toBeLessThanOrEqual(0.001)
  })

  it('says 0 for what did not happen', async () => {
    const reading = await monitor.read()
    expect([reading.lagP99, reading.lagMax, reading.gcPause]).toEqual([0, 0, 0])
    expect(reading.heap).toBeGreaterThan(1e6)
  })

  it('adds up the pauses for garbage collection, each told as it comes', async () => {
    let garbage: unknown
    for (let round = 0; pauses.length === 0 && round < 200; round++) {
      garbage = Array.from({ length: 50_000 }, (_, index) => ({ index }))
      // oxlint-disable-next-line no-await-in-loop
      await delay(1)
    }
    expect(garbage).toBeDefined()
    const { gcPause } = await monitor.read()
    expect(gcPause).toBeGreaterThan(0)
    expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBeGreaterThanOrEqual(gcPause)
  })
})

describe('the share of a core', () => {
  it('is that of the asking thread: little while idle, more while busy', async () => {
    const cpu = await watchThreadCpu()
    await delay(300)
    const idle = await cpu.read()
    block(400)
    const busy = await cpu.read()
    expect(idle).toBeGreaterThanOrEqual(0)
    expect(busy).toBeGreaterThan(idle)
    expect(busy).toBeLessThan(1.2)
  })

  it('leaves out what another thread of the process uses', async () => {
    const cpu = await watchThreadCpu()
    const other = new Worker('for (;;);', { eval: true, execArgv: [] })
    await delay(500)
    const share = await cpu.read()
    await other.terminate()
    expect(share).toBeLessThan(0.5)
  })
})
