import type { ReportInput } from 'loadbench/report'
import { describe, expect, it } from 'vitest'
import { run, timelineOf } from './__fixtures__/run.ts'
import { CHARTS, pageData } from './charts.ts'
import { SERIES_COLOURS } from './style/tokens.ts'

const chartOf = (id: string, input = run(), part = 0) =>
  pageData(input).drawings[part]?.charts.find((chart) => chart.id === id)
const named = (id: string, input = run(), part = 0) =>
  chartOf(id, input, part)?.series.map(({ name }) => name)

describe('the charts of a run', () => {
  it('have an id each', () => {
    expect(new Set(CHARTS.map(({ id }) => id)).size).toBe(CHARTS.length)
  })

  it.each([
    ['ttft', ['p50', 'p95', 'p99']],
    ['itl', ['p50', 'p95', 'p99']],
    ['rate', ['intended starts', 'requests ended', 'iterations started', 'dropped']],
    ['tokens', ['out', 'in']],
    ['load', ['VUs', 'open streams']],
    ['errors', ['rate_limited', 'stream_truncated', 'timeout']],
    ['generator-delay', ['event loop delay', 'schedule lag']],
    ['generator-cpu', ['busiest worker']],
  ])('%s shows %j', (id, names) => {
    expect(named(id)?.toSorted()).toEqual(names.toSorted())
  })

  it('have a value or a gap for every interval', () => {
    const { at, width, drawings } = pageData(run())
    expect(width).toHaveLength(at.length)
    const series = drawings.flatMap(({ charts }) => charts).flatMap((chart) => chart.series)
    for (const { values } of series) expect(values).toHaveLength(at.length)
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
    expect(named('rate', without('dropped_iterations'))).toEqual([
      'intended starts',
      'requests ended',
      'iterations started',
    ])
    expect(named('rate', without('iterations_started'))).toContain('iterations ended')
    expect(named('tokens', without('input_tokens', 'output_tokens'))).toBeUndefined()
  })

  it('tell lines apart by dashes only while there is room for dashes', () => {
    expect(chartOf('ttft')?.series.map(({ dash }) => dash)).toEqual(['solid', 'dashed', 'dotted'])
    const long = chartOf('ttft', run({ timeline: timelineOf(600) }))
    expect(long?.series.map(({ dash }) => dash)).toEqual(['solid', 'solid', 'solid'])
  })
})

describe('the charts of a part', () => {
  const [ramp, background, turn1] = [1, 2, 3]

  it('are made from what is known of the part', () => {
    expect(named('ttft', run(), ramp)).toEqual(['p50', 'p95', 'p99'])
    expect(named('tokens', run(), background)).toEqual(['out'])
    expect(named('load', run(), ramp)).toBeUndefined()
  })

  it('show the rate a scenario was to have; a scenario of VUs and other tags have none', () => {
    expect(named('rate', run(), ramp)).toContain('intended starts')
    expect(named('rate', run(), background)).not.toContain('intended starts')
    expect(named('rate', run(), turn1)).toBeUndefined()
  })

  it('tell classes of failures apart, each in the colour it has in the whole run', () => {
    const coloured = (part: number) =>
      Object.fromEntries(
        chartOf('errors', run(), part)?.series.map(({ name, colour }) => [name, colour]) ?? [],
      )
    const whole = coloured(0)
    expect(coloured(ramp)).toEqual({ rate_limited: whole['rate_limited'], timeout: whole['timeout'] })
    expect(named('errors', run(), turn1)).toBeUndefined()
  })

  it('count failures together where their classes are not known of the part', () => {
    const { partErrors: _, ...older } = timelineOf(60)
    const input = JSON.parse(JSON.stringify({ ...run(), timeline: older })) as ReportInput
    expect(named('errors', input, ramp)).toEqual(['failed, any class'])
  })

  it('draw the bounds of thresholds on this part', () => {
    expect(chartOf('ttft', run(), background)?.bounds.map(({ value }) => value)).toEqual([400])
    expect(chartOf('ttft', run(), ramp)?.bounds).toEqual([])
  })

  it('are left out where the file would be too big, and only there', () => {
    const timeline = timelineOf(600)
    const values = Array.from({ length: 20 }, (_, index) => ({ scenario: `s${index}` }))
    const series = timeline.series.filter(({ tags }) => tags['scenario'] === undefined)
    const own = timeline.series.filter(({ tags }) => tags['scenario'] === 'ramp')
    const many = run({
      timeline: {
        ...timeline,
        series: [...series, ...values.flatMap((tags) => own.map((one) => ({ ...one, tags })))],
      },
      summary: { parts: values.map((tags) => ({ label: `scenario ${tags.scenario}`, tags })) },
    })
    const drawn = pageData(many).drawings.map(({ charts }) => charts.length > 0)
    expect(drawn.slice(0, 8)).not.toContain(false)
    expect(drawn.at(-1)).toBe(false)
    expect(JSON.stringify(pageData(many)).length).toBeLessThan(900_000)
  })
})

describe('the moments marked', () => {
  it('come in order, with the scenario they belong to', () => {
    expect(pageData(run()).markers.map(({ at, label }) => `${at} ${label}`)).toEqual([
      '0 ramp: to 40 iterations/s over 40s',
      '18.6 first error: stream_truncated',
      '25.8 ttft p(95)<550 no longer held',
      '27.6 first error: timeout',
      '33.6 first error: rate_limited',
      '39.6 ramp: to 4 iterations/s over 20s',
    ])
  })

  it('are not so many that they hide the charts', () => {
    const timeline = timelineOf(60)
    const stages = Array.from({ length: 200 }, (_, at) => ({ at, kind: 'stage', label: 'x' }) as const)
    const markers = [...stages, { at: 199.5, kind: 'first-error', label: 'timeout' } as const]
    const shown = pageData(run({ timeline: { ...timeline, markers } })).markers
    expect(shown).toHaveLength(30)
    expect(shown.at(-1)?.label).toBe('first error: timeout')
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
