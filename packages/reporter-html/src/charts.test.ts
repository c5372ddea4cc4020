import { describe, expect, it } from 'vitest'
import { run, timelineOf } from './__fixtures__/run.ts'
import { CHARTS, pageData } from './charts.ts'
import { SERIES_COLOURS } from './style/tokens.ts'

const chartOf = (id: string, input = run()) => pageData(input).charts.find((chart) => chart.id === id)
const named = (id: string, input = run()) => chartOf(id, input)?.series.map(({ name }) => name)

describe('the charts of a run', () => {
  it('have an id each', () => {
    expect(new Set(CHARTS.map(({ id }) => id)).size).toBe(CHARTS.length)
  })

  it.each([
    ['ttft', ['p50', 'p95', 'p99']],
    ['itl', ['p50', 'p95', 'p99']],
    ['rate', ['requests', 'iterations', 'dropped']],
    ['tokens', ['out', 'in']],
    ['load', ['VUs', 'open streams']],
    ['errors', ['rate_limited', 'stream_truncated', 'timeout']],
    ['generator-delay', ['event loop delay', 'schedule lag']],
    ['generator-cpu', ['CPU']],
  ])('%s shows %j', (id, names) => {
    expect(named(id)?.toSorted()).toEqual(names.toSorted())
  })

  it('have a value or a gap for every interval', () => {
    const { at, width, charts } = pageData(run())
    expect(width).toHaveLength(at.length)
    for (const { series } of charts) for (const { values } of series) expect(values).toHaveLength(at.length)
  })

  it('keep gaps, and no digits nobody can see', () => {
    const values = chartOf('ttft')?.series[0]?.values ?? []
    expect(values).toContain(null)
    for (const value of values)
      expect(String(value ?? 0).replace(/^0?\.0*|\D/g, '').length).toBeLessThanOrEqual(4)
  })

  it('draw the bounds of thresholds on percentiles', () => {
    expect(chartOf('ttft')?.bounds.map(({ value }) => value)).toEqual([550, 2_000])
  })

  it('drop a series without values and the chart when none is left', () => {
    const timeline = timelineOf(60)
    const without = (...metrics: readonly string[]) =>
      run({
        timeline: { ...timeline, series: timeline.series.filter(({ metric }) => !metrics.includes(metric)) },
      })
    expect(named('rate', without('dropped_iterations'))).toEqual(['requests', 'iterations'])
    expect(named('tokens', without('input_tokens', 'output_tokens'))).toBeUndefined()
  })

  it('tell lines apart by dashes only while there is room for dashes', () => {
    expect(chartOf('ttft')?.series.map(({ dash }) => dash)).toEqual(['solid', 'dashed', 'dotted'])
    const long = chartOf('ttft', run({ timeline: timelineOf(600) }))
    expect(long?.series.map(({ dash }) => dash)).toEqual(['solid', 'solid', 'solid'])
  })
})

describe('the errors', () => {
  const timeline = { ...timelineOf(2), errors: {} }
  const withErrors = (errors: Readonly<Record<string, readonly number[]>>) =>
    run({ timeline: { ...timeline, errors } })

  it('are stacked with the most frequent class first', () => {
    expect(named('errors', withErrors({ timeout: [1, 0], auth: [4, 4], empty: [0, 2] }))).toEqual([
      'auth',
      'empty',
      'timeout',
    ])
  })

  it('are no chart when there were none', () => {
    expect(named('errors', withErrors({ timeout: [0, 0] }))).toBeUndefined()
  })

  it('beyond the colours are one layer that loses none of them', () => {
    const classes = Array.from({ length: 12 }, (_, index) => [`class_${index}`, [index + 1, 1]] as const)
    const series = chartOf('errors', withErrors(Object.fromEntries(classes)))?.series ?? []
    expect(series).toHaveLength(SERIES_COLOURS)
    expect(series.at(-1)?.name).toBe('other classes')
    const total = series.flatMap(({ values }) => values).reduce<number>((sum, value) => sum + (value ?? 0), 0)
    expect(total).toBe(78 + 12)
  })
})
