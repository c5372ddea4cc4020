import { describe, expect, it } from 'vitest'
import { recorded, REQUESTS, TTFT, VUS } from './__fixtures__/recorded.ts'
import { MetricWindow } from './metric-window.ts'

describe('MetricWindow', () => {
  it('holds the last seconds of all shards', () => {
    const window = new MetricWindow('ttft', {}, 3_000)
    for (let second = 0; second < 10; second++)
      for (const shard of [0, 1])
        window.observe(recorded(shard, second, [{ metric: TTFT, value: second + shard / 2, tags: {} }]))
    expect(window.value('count')).toBe(6)
    expect([window.value('min'), window.value('max')]).toEqual([7, 9.5])
  })

  it('is full when the run has lasted as long as it is', () => {
    const window = new MetricWindow('ttft', {}, 2_500)
    const full = [0, 1, 2, 3].map((second) => {
      window.observe(recorded(0, second, []))
      return window.full
    })
    expect(full).toEqual([false, false, true, true])
  })

  it('begins where it is observed first, after a warm-up', () => {
    const window = new MetricWindow('requests', {}, 2_000)
    const full = [30, 31].map((second) => {
      window.observe(recorded(0, second, [{ metric: REQUESTS, value: 10, tags: {} }]))
      return window.full
    })
    expect(full).toEqual([false, true])
    expect(window.value('rate')).toBe(10)
  })

  it('takes rates per second over its own time', () => {
    const window = new MetricWindow('requests', {}, 2_000)
    for (let second = 0; second < 5; second++)
      window.observe(recorded(0, second, [{ metric: REQUESTS, value: second * 10, tags: {} }]))
    expect(window.value('rate')).toBe(35)
  })

  it('sees only what matches', () => {
    const window = new MetricWindow('ttft', { scenario: 'a' }, 5_000)
    window.observe(
      recorded(0, 0, [
        { metric: TTFT, value: 1, tags: { scenario: 'a' } },
        { metric: TTFT, value: 2, tags: { scenario: 'b' } },
        { metric: TTFT, value: 3, tags: { scenario: 'a', outcome: 'broken' } },
        { metric: REQUESTS, value: 4, tags: { scenario: 'a' } },
      ]),
    )
    expect([window.value('count'), window.value('max')]).toEqual([1, 1])
  })

  it('has no value where nothing came in its time', () => {
    const window = new MetricWindow('ttft', {}, 1_000)
    window.observe(recorded(0, 0, [{ metric: TTFT, value: 1, tags: {} }]))
    window.observe(recorded(0, 1, []))
    expect(window.value('p(95)')).toBeUndefined()
  })

  it('sums gauges over shards', () => {
    const window = new MetricWindow('vus', {}, 10_000)
    for (const shard of [0, 1])
      for (const second of [0, 1])
        window.observe(recorded(shard, second, [{ metric: VUS, value: 5 + second, tags: {} }]))
    expect([window.value('value'), window.value('min'), window.value('max')]).toEqual([12, 10, 12])
  })

  it('of an hour moves in steps of half a minute', () => {
    const window = new MetricWindow('requests', {}, 3_600_000)
    for (let second = 0; second < 7_200; second++)
      window.observe(recorded(0, second, [{ metric: REQUESTS, value: 1, tags: {} }]))
    expect(window.value('count')).toBe(3_600)
    window.observe(recorded(0, 7_200, [{ metric: REQUESTS, value: 1, tags: {} }]))
    expect(window.value('count')).toBe(3_571)
  })
})
