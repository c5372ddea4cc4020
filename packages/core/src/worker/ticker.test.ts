import { describe, expect, it } from 'vitest'
import { now } from '../model/clock.ts'
import { VirtualClock } from './__fixtures__/virtual-clock.ts'
import { realClock, Ticker, type Due } from './ticker.ts'

const every = (step: number, count: number): Due[] =>
  Array.from({ length: count }, (_, index) => ({ at: index * step }))

describe('a ticker', () => {
  it('acts at exactly the times of the schedule, counted from its origin', async () => {
    const clock = new VirtualClock(500)
    const acted: number[] = []
    let over = false
    const ticker = new Ticker(
      every(20, 4),
      clock,
      () => acted.push(clock.now()) > 0,
      () => (over = true),
    )
    ticker.start(1_000)
    await clock.advance(2_000)
    expect(acted).toEqual([1_000, 1_020, 1_040, 1_060])
    expect(over).toBe(true)
  })

  it('catches up after it was late, without shifting what comes after', async () => {
    const clock = new VirtualClock()
    const late: number[] = []
    new Ticker(
      every(10, 6),
      clock,
      (_, lateBy) => late.push(lateBy) > 0,
      () => undefined,
    ).start(0)
    await clock.advance(10)
    await clock.block(35)
    await clock.advance(100)
    expect(late).toEqual([0, 0, 15, 5, 0, 0])
  })

  it('holds what could not be done, and goes on with it when resumed', async () => {
    const clock = new VirtualClock()
    const done: [at: number, late: number][] = []
    let free = 1
    const ticker = new Ticker(
      every(10, 3),
      clock,
      (due, late) => {
        if (free === 0) return false
        free -= 1
        done.push([due.at, late])
        return true
      },
      () => undefined,
    )
    ticker.start(0)
    await clock.advance(25)
    free = 2
    ticker.resume()
    expect(done).toEqual([
      [0, 0],
      [10, 15],
      [20, 5],
    ])
  })

  it('counts what was still to come when it is drained, and does nothing of it', async () => {
    const clock = new VirtualClock()
    let acted = 0
    const ticker = new Ticker(
      every(10, 10),
      clock,
      () => (acted += 1) > 0,
      () => undefined,
    )
    ticker.start(0)
    await clock.advance(35)
    expect(ticker.drain(80)).toBe(4)
    await clock.advance(200)
    expect(acted).toBe(4)
  })

  it('does nothing more once stopped', async () => {
    const clock = new VirtualClock()
    let acted = 0
    const ticker = new Ticker(
      every(10, 10),
      clock,
      () => (acted += 1) > 0,
      () => undefined,
    )
    ticker.start(0)
    await clock.advance(20)
    ticker.stop()
    ticker.resume()
    await clock.advance(200)
    expect(acted).toBe(3)
  })
})

describe('the real clock', () => {
  it('never wakes early', async () => {
    const clock = realClock(now)
    for (const wait of [0.2, 0.9, 1.7, 4.3]) {
      const at = now() + wait
      await new Promise<void>((resolve) => {
        clock.wake(at, resolve)
      })
      expect(now()).toBeGreaterThanOrEqual(at)
    }
  })
})
