import { describe, expect, it } from 'vitest'
import { run, trendSummary } from './__fixtures__/run.ts'
import { metricOf, metricsOf, selectionsOf, tagWords, valueOf } from './measured.ts'

const { summary } = run()

describe('a metric', () => {
  const part = trendSummary('itl', 1, { tags: { scenario: 'a' } })
  const metrics = [part, trendSummary('itl', 2)]

  it('of the whole run is not one of its parts', () => {
    expect(valueOf({ ...summary, metrics }, 'itl', 'med')).toBe(2)
    expect(metricOf({ ...summary, metrics: [part] }, 'itl')).toBeUndefined()
  })

  it('of a part is not the whole, and not another part', () => {
    expect(valueOf({ ...summary, metrics }, 'itl', 'med', { scenario: 'a' })).toBe(1)
    expect(metricOf({ ...summary, metrics }, 'itl', { scenario: 'b' })).toBeUndefined()
    expect(metricOf({ ...summary, metrics }, 'itl', { scenario: 'a', turn: '1' })).toBeUndefined()
  })

  it('is not there without values, so that no 0 is shown for it', () => {
    const none = trendSummary('itl', 0, { count: 0 })
    expect(valueOf({ ...summary, metrics: [none] }, 'itl', 'med')).toBeUndefined()
  })

  it('comes in the order of the catalogue, not of the file', () => {
    const shuffled = [trendSummary('own', 1), trendSummary('itl', 1), trendSummary('ttft', 1)]
    expect(metricsOf({ ...summary, metrics: shuffled }, 'trend').map(({ name }) => name)).toEqual([
      'ttft',
      'itl',
      'own',
    ])
  })
})

it('what only a threshold selected follows the whole; what one can choose does not', () => {
  const selections = selectionsOf(summary, 'ttft')
  expect(selections.map(({ tags }) => tagWords(tags))).toEqual(['outcome broken'])
})
