import { Worker } from 'node:worker_threads'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { now } from '../model/clock.ts'
import type { DelayCounts } from '../model/snapshot.ts'
import { Delays } from './delays.ts'
import { delaysIn } from './loop-delay.ts'
import { HealthMonitor } from './monitor.ts'
import { TaskTime, watchThreadCpu } from './thread-cpu.ts'

function block(millis: number): void {
  const end = now() + millis
  while (now() < end);
}

let pauses: number[]
let delays: number[]
let streams: number
let monitor: HealthMonitor

function quantile(counts: DelayCounts, share: number): number {
  const all = new Delays()
  all.merge(counts)
  return all.quantile(share) ?? Number.NaN
}

beforeEach(async () => {
  pauses = []
  delays = []
  streams = 1
  monitor = new HealthMonitor({
    streams: () => streams,
    onGcPause: (pause) => pauses.push(pause),
    onLoopDelay: (late) => delays.push(late),
  })
  await monitor.start()
})
afterEach(() => monitor.stop())

describe('a reading', () => {
  it('shows how long the event loop was blocked', async () => {
    await delay(30)
    block(150)
    await delay(30)
    const { loopDelayMax } = await monitor.read()
    expect(loopDelayMax).toBeGreaterThan(130)
  })

  it('counts a long delay for every moment in it, not for one look', async () => {
    block(1_000)
    await delay(100)
    const { delays: seen } = await monitor.read()
    // Nine tenths of the time bytes would have been read late, half of that by more than 500 ms.
    expect(quantile(seen, 0.75)).toBeGreaterThan(400)
    expect(quantile(seen, 0.25)).toBeLessThan(600)
  })

  it('weighs each delay by the exchanges under way, a moment without any like one', async () => {
    streams = 0
    await delay(200)
    streams = 100
    block(200)
    await delay(20)
    streams = 0
    const { delays: seen } = await monitor.read()
    expect(quantile(seen, 0.5)).toBeGreaterThan(50)
  })

  it('names the scenario whose code kept the loop', async () => {
    monitor.noteCode('innocent')
    await delay(20)
    block(400)
    monitor.noteCode('guilty')
    monitor.noteCode('bystander')
    await delay(20)
    const { stall } = await monitor.read()
    expect(stall?.scenario).toBe('guilty')
    expect(stall?.length).toBeGreaterThan(350)
    expect((await monitor.read()).stall).toBeUndefined()
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
    expect([second.lags, second.lagMax]).toEqual([[], 0])
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

  it('gives the lag of the schedule', async () => {
    for (let late = 1; late <= 100; late++) monitor.noteLag(late)
    const { lags, lagMax } = await monitor.read()
    expect(quantile(lags, 0.5) / 50).toBeCloseTo(1.05, 1)
    expect(lagMax).toBe(100)
  })

  it('takes starts that were early or exact as on time', async () => {
    for (const late of [0, -3]) monitor.noteLag(late)
    const { lags, lagMax } = await monitor.read()
    expect([quantile(lags, 1), lagMax]).toEqual([0, 0])
  })

  it('says 0 for what did not happen', async () => {
    const reading = await monitor.read()
    expect([reading.lagMax, reading.gcPauseMax, reading.gcTime, reading.lags]).toEqual([0, 0, 0, []])
    expect(reading.heap).toBeGreaterThan(1e6)
  })

  it('gives the longest pause for garbage collection and the sum, each told as it comes', async () => {
    let garbage: unknown
    for (let round = 0; pauses.length === 0 && round < 200; round++) {
      garbage = Array.from({ length: 50_000 }, (_, index) => ({ index }))
      // oxlint-disable-next-line no-await-in-loop
      await delay(1)
    }
    expect(garbage).toBeDefined()
    const { gcPauseMax, gcTime } = await monitor.read()
    expect(gcPauseMax).toBeGreaterThan(0)
    expect(gcTime).toBeGreaterThanOrEqual(gcPauseMax)
    expect(pauses).toContain(gcPauseMax)
  })
})

describe('the delays that one look stands for', () => {
  it('are those of everything that would have been read meanwhile, up to ten seconds in full', () => {
    expect(delaysIn(3)).toEqual([3])
    expect(delaysIn(12)).toEqual([12, 7, 2])
    expect(delaysIn(8_000)).toHaveLength(1_600)
    expect(delaysIn(10_000)).toHaveLength(2_000)
    expect(delaysIn(8 * 3_600_000)).toHaveLength(2_000)
  })
})

describe('the share of a core', () => {
  it('is that of the asking thread: little while idle, more while busy', async () => {
    const cpu = await watchThreadCpu()
    await delay(300)
    const { cpu: idle } = await cpu.read()
    block(400)
    const { cpu: busy } = await cpu.read()
    expect(idle).toBeGreaterThanOrEqual(0)
    expect(busy).toBeGreaterThan(idle)
    expect(busy).toBeLessThan(1.2)
  })

  it('has in it what kept the thread while the account was read', async () => {
    let ran = 0
    const readThenBlock = () => {
      const account = { ran }
      if (ran === 0) {
        block(300)
        ran = 0.3
      }
      return Promise.resolve(account)
    }
    const time = new TaskTime(readThenBlock, { ran })
    expect((await time.read()).cpu).toBeGreaterThan(0.5)
  })

  it('is what it was while the account cannot be read, and then that of all the time since', async () => {
    let account: { ran: number } | undefined = { ran: 0 }
    const time = new TaskTime(() => Promise.resolve(account), { ran: 0 })
    const passing = async (ran: number | undefined) => {
      await delay(60)
      account = ran === undefined ? undefined : { ran }
      return (await time.read()).cpu
    }
    const before = await passing(0.02)
    expect(await passing(undefined)).toBe(before)
    expect(await passing(undefined)).toBe(before)
    // Over the last interval alone it would be over a core.
    expect(await passing(0.1)).toBeLessThan(0.08 / 0.17)
  })

  it('leaves out what another thread of the process uses', async () => {
    const cpu = await watchThreadCpu()
    const other = new Worker('for (;;);', { eval: true, execArgv: [] })
    await delay(500)
    const { cpu: share } = await cpu.read()
    await other.terminate()
    expect(share).toBeLessThan(0.5)
  })
})
