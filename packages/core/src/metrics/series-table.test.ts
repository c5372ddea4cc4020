import { describe, expect, it } from 'vitest'
import { FAILED, MEMORY, REQUESTS, TTFT, VUS } from './__fixtures__/recorded.ts'
import { HistogramSum } from './histogram-sum.ts'
import { SeriesTable } from './series-table.ts'

describe('a drained interval', () => {
  it('holds one delta of each type for what was recorded', () => {
    const table = new SeriesTable()
    for (const value of [100, 300, 200]) table.add(TTFT, value, {})
    for (const value of [1, 2.5]) table.add(REQUESTS, value, {})
    for (const value of [1, 0, 0]) table.add(FAILED, value, {})
    for (const value of [3, 9, 5]) table.add(VUS, value, {})
    const { series } = table.drain()
    const tags = {}
    expect(series).toEqual([
      {
        metric: 'ttft',
        tags,
        unit: 'ms',
        type: 'trend',
        count: 3,
        sum: 600,
        min: 100,
        max: 300,
        clamped: 0,
        histogram: expect.any(Uint8Array),
      },
      { metric: 'requests', tags, unit: '', type: 'counter', sum: 3.5 },
      { metric: 'request_failed', tags, unit: '', type: 'rate', passes: 1, fails: 2 },
      { metric: 'vus', tags, unit: '', type: 'gauge', last: 5, min: 3, max: 9, across: 'sum' },
    ])
  })

  it('is empty where nothing was recorded since the last one', () => {
    const table = new SeriesTable()
    for (const metric of [TTFT, REQUESTS, FAILED, VUS, MEMORY]) table.add(metric, 1, {})
    expect(table.drain().series).toHaveLength(5)
    expect(table.drain().series).toEqual([])
  })

  it('starts from nothing again', () => {
    const table = new SeriesTable()
    table.add(TTFT, 900, {})
    table.drain()
    table.add(TTFT, 10, {})
    const [delta] = table.drain().series
    expect(delta).toMatchObject({ count: 1, sum: 10, min: 10, max: 10 })
    const histogram = new HistogramSum()
    if (delta?.type === 'trend') histogram.add(delta.histogram)
    expect([histogram.count, histogram.percentile(100)]).toEqual([1, 10.007])
  })

  it('keeps every metric and tag set apart, plain tags and interned ones alike', () => {
    const table = new SeriesTable()
    const spike = table.tagSets.root.with('scenario', 'spike')
    table.add(REQUESTS, 1, spike)
    table.add(REQUESTS, 1, { scenario: 'spike' })
    table.add(REQUESTS, 1, spike.with('model', 'm'))
    const sums = table.drain().series.map(({ tags, ...rest }) => [tags, 'sum' in rest ? rest.sum : undefined])
    expect(sums).toEqual([
      [{ scenario: 'spike' }, 2],
      [{ scenario: 'spike', model: 'm' }, 1],
    ])
  })

  it('says how many tag sets were folded', () => {
    const table = new SeriesTable(1)
    for (const user of ['1', '2', '3']) table.add(REQUESTS, 1, { user })
    const { series, folded } = table.drain()
    expect(folded).toBe(2)
    expect(series.map((delta) => delta.tags)).toEqual([{ user: '1' }, {}])
    expect(table.drain().folded).toBe(0)
  })
})

describe('values that are no finite number', () => {
  it('are left out of every type, and counted where there is a place for it', () => {
    const table = new SeriesTable()
    for (const metric of [TTFT, REQUESTS, FAILED, VUS]) {
      table.add(metric, NaN, {})
      table.add(metric, Infinity, {})
    }
    expect(table.drain().series).toMatchObject([
      { metric: 'ttft', count: 0, sum: 0, min: 0, max: 0, clamped: 2 },
    ])
  })
})

describe('a counter of nothing', () => {
  it('has data once 0 was added', () => {
    const table = new SeriesTable()
    table.add(REQUESTS, 0, {})
    expect(table.drain().series).toMatchObject([{ metric: 'requests', sum: 0 }])
  })
})

describe('series without values', () => {
  it('are forgotten after a minute, and found anew', () => {
    const table = new SeriesTable()
    table.add(REQUESTS, 1, { user: '1' })
    for (let interval = 0; interval < 60; interval++) table.drain()
    expect(table.size).toBe(1)
    for (let interval = 0; interval < 60; interval++) table.drain()
    expect(table.size).toBe(0)
    table.add(REQUESTS, 2, { user: '1' })
    expect(table.drain().series).toMatchObject([{ tags: { user: '1' }, sum: 2 }])
  })
})
