import { describe, expect, it } from 'vitest'
import type { ThresholdPlan } from '../model/plan.ts'
import type { Part } from '../model/summary.ts'
import type { Tags } from '../model/tags.ts'
import { FAILED, MEMORY, recorded, REQUESTS, TTFT, type Value } from './__fixtures__/recorded.ts'
import { checkSummaries, metricSummaries, type SummaryPlan } from './summarise.ts'
import { Totals } from './totals.ts'

const scenarioPart = (name: string): Part => ({ label: `scenario ${name}`, tags: { scenario: name } })
const threshold = (metric: string, selector: Tags): ThresholdPlan => ({
  key: metric,
  metric,
  selector,
  expression: 'avg<1',
  abortOnFail: false,
  delayAbortEval: 0,
  noData: 'fail',
})
const plan = (parts: Partial<SummaryPlan> = {}): SummaryPlan => ({
  thresholds: [],
  summaryTrendStats: [],
  ...parts,
})

function totalsOf(values: readonly Value[]): Totals {
  const totals = new Totals()
  totals.merge(recorded(0, 0, values))
  return totals
}

const ttft = (value: number, tags: Tags): Value => ({ metric: TTFT, value, tags })

describe('metricSummaries', () => {
  it('has the documented values of each type', () => {
    const totals = totalsOf([
      ttft(1, {}),
      { metric: REQUESTS, value: 4, tags: {} },
      { metric: FAILED, value: 0, tags: {} },
      { metric: MEMORY, value: 8, tags: {} },
    ])
    const summaries = metricSummaries(totals, [], plan({ summaryTrendStats: ['p(75)', 'avg'] }))
    expect(summaries.map(({ name, count, values }) => [name, count, values])).toEqual([
      [
        'ttft',
        1,
        {
          avg: 1,
          min: 1,
          med: 1,
          max: 1,
          count: 1,
          'p(90)': 1,
          'p(95)': 1,
          'p(99)': 1,
          'p(99.9)': 1,
          'p(75)': 1,
        },
      ],
      ['requests', 4, { count: 4, rate: 4 }],
      ['request_failed', 1, { rate: 0, passes: 0, fails: 1 }],
      ['generator_memory', 1, { value: 8, min: 8, max: 8 }],
    ])
  })

  it('has the whole and each part with data', () => {
    const totals = totalsOf([ttft(1, { scenario: 'a' }), ttft(2, { scenario: 'b' })])
    const summaries = metricSummaries(totals, ['a', 'b', 'idle'].map(scenarioPart), plan())
    expect(summaries.map(({ tags }) => tags)).toEqual([{}, { scenario: 'a' }, { scenario: 'b' }])
  })

  it('has every part a threshold of the metric is about, once', () => {
    const totals = totalsOf([ttft(1, { scenario: 'a', model: 'x' }), ttft(2, { scenario: 'b' })])
    const thresholds = [
      threshold('ttft', { scenario: 'a', model: 'x' }),
      threshold('ttft', { model: 'x', scenario: 'a' }),
      threshold('ttft', {}),
      threshold('ttft', { scenario: 'b' }),
      threshold('ttft', { model: 'typo' }),
      threshold('itl', { model: 'x' }),
    ]
    const summaries = metricSummaries(totals, ['a', 'b'].map(scenarioPart), plan({ thresholds }))
    expect(summaries.map(({ tags }) => tags)).toEqual([
      {},
      { scenario: 'a' },
      { scenario: 'b' },
      { scenario: 'a', model: 'x' },
    ])
  })

  it('leaves out metrics whose only values stand apart', () => {
    expect(metricSummaries(totalsOf([ttft(1, { outcome: 'broken' })]), [], plan())).toEqual([])
  })
})

const check = (name: string, value: number, scenarioName: string): Value => ({
  metric: { name: 'checks', type: 'rate', unit: '' },
  value,
  tags: { check: name, scenario: scenarioName },
})

describe('checkSummaries', () => {
  it('adds up each check over scenarios', () => {
    const totals = totalsOf([check('ok', 1, 'a'), check('ok', 0, 'b'), check('short', 1, 'a')])
    expect(checkSummaries(totals)).toEqual([
      { name: 'ok', passes: 1, fails: 1 },
      { name: 'short', passes: 1, fails: 0 },
    ])
    expect(checkSummaries(new Totals())).toEqual([])
  })

  it('tells of each what came instead where it failed first', () => {
    const totals = new Totals()
    const failed = (name: string, example: string) => ({ failedChecks: [{ name, example }] })
    totals.merge({ ...recorded(1, 4, [check('ok', 0, 'a')]), ...failed('ok', 'later') })
    totals.merge({ ...recorded(1, 2, [check('ok', 0, 'a')]), ...failed('ok', 'first, but on another shard') })
    totals.merge({
      ...recorded(0, 2, [check('ok', 0, 'a'), check('short', 1, 'a')]),
      ...failed('ok', 'first'),
    })
    expect(checkSummaries(totals)).toEqual([
      { name: 'ok', passes: 0, fails: 3, example: 'first' },
      { name: 'short', passes: 1, fails: 0 },
    ])
  })
})
