import { describe, expect, it } from 'vitest'
import { HistogramPool } from './histogram-pool.ts'

function interval(pool: HistogramPool, needed: number): void {
  const taken = Array.from({ length: needed }, () => pool.take())
  for (const histogram of taken) pool.give(histogram)
  pool.endInterval()
}

describe('HistogramPool', () => {
  it('hands out the same histograms again, empty', () => {
    const pool = new HistogramPool()
    const first = pool.take()
    first.record(5)
    pool.give(first)
    const second = pool.take()
    expect(second).toBe(first)
    expect(second.count).toBe(0)
  })

  it('gives back memory not needed for 60 intervals, and keeps what is', () => {
    const pool = new HistogramPool()
    interval(pool, 40)
    expect(pool.size).toBe(40)
    for (let count = 0; count < 120; count++) interval(pool, 5)
    expect(pool.size).toBe(5)
  })
})
