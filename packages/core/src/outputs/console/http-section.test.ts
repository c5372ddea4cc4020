import { describe, expect, it } from 'vitest'
import type { MetricSummary } from '../../model/summary.ts'
import type { Tags } from '../../model/tags.ts'
import { httpCounts, httpTrends } from './http-section.ts'

const metric = (name: string, count: number, tags: Tags = {}): MetricSummary => ({
  name,
  tags,
  type: 'counter',
  unit: '',
  count,
  values: { count },
})

describe('the section on plain HTTP', () => {
  const metrics = [
    metric('http_req_duration', 3),
    metric('http_req_duration', 2, { expected_response: 'true' }),
    metric('http_req_duration', 1, { scenario: 'login' }),
    metric('http_req_duration', 1, { scenario: 'login', expected_response: 'true' }),
    metric('http_req_waiting', 3),
    metric('http_req_failed', 1),
    metric('http_reqs', 3),
    metric('http_reqs', 1, { scenario: 'login' }),
  ]
  const shown = (list: readonly MetricSummary[]) => list.map(({ name, count }) => [name, count])

  it('shows how long requests took: all, and those answered as expected', () => {
    expect(shown(httpTrends(metrics))).toEqual([
      ['http_req_duration', 3],
      ['  { expected_response:true }', 2],
    ])
  })

  it.each([
    [0, []],
    [2, [['http_req_interrupted', 2]]],
  ])('shows what became of them, and %i that were cut off', (count, more) => {
    expect(shown(httpCounts([...metrics, metric('http_req_interrupted', count)]))).toEqual([
      ['http_reqs', 3],
      ['http_req_failed', 1],
      ...more,
    ])
  })

  it('is empty where no request was made', () => {
    expect([...httpTrends([metric('ttft', 1)]), ...httpCounts([metric('requests', 1)])]).toEqual([])
  })
})
