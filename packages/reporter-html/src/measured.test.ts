import type { MetricSummary } from 'loadbench/report'
import { describe, expect, it } from 'vitest'
import { run, trendSummary } from './__fixtures__/run.ts'
import { partName, partsOf, valueOf, wholeOf } from './measured.ts'

const { summary } = run()

describe('the whole of a metric', () => {
  it('is not one of its parts', () => {
    const part = trendSummary('itl', 1, { tags: { scenario: 'a' } })
    expect(valueOf({ ...summary, metrics: [part, trendSummary('itl', 2)] }, 'itl', 'med')).toBe(2)
    expect(wholeOf({ ...summary, metrics: [part] }, 'itl')).toBeUndefined()
  })

  it('is not there without values, so that no 0 is shown for it', () => {
    const none = trendSummary('itl', 0, { count: 0 })
    expect(valueOf({ ...summary, metrics: [none] }, 'itl', 'med')).toBeUndefined()
  })
})

describe('the parts of a metric', () => {
  const whole = (name: string) => trendSummary(name, 5)
  const byScenario = (name: string) => trendSummary(name, 5, { tags: { scenario: 'ramp' } })
  const partsIn = (metrics: readonly MetricSummary[], name: string, scenarios = summary.scenarios) =>
    partsOf({ ...summary, metrics, scenarios }, whole(name)).map(partName)

  it('are the scenarios of the central metrics', () => {
    expect(partsIn([whole('ttft'), byScenario('ttft'), byScenario('itl')], 'ttft')).toEqual(['scenario ramp'])
    expect(partsIn([whole('sending'), byScenario('sending')], 'sending')).toEqual([])
  })

  it('are not the scenario when it is the only one', () => {
    expect(partsIn([byScenario('ttft')], 'ttft', summary.scenarios.slice(0, 1))).toEqual([])
  })

  it('are whatever else a threshold selected', () => {
    const selected = trendSummary('sending', 5, { tags: { model: 'a', outcome: 'broken' } })
    expect(partsIn([selected], 'sending')).toEqual(['model a, outcome broken'])
  })
})
