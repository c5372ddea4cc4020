import { describe, expect, it } from 'vitest'
import { didYouMean, nearest } from './nearest.ts'

describe('the nearest known name', () => {
  const known = ['rate', 'startRate', 'duration', 'timeUnit', 'maxVUs', 'vus']

  it.each([
    ['rat', 'rate'],
    ['dutarion', 'duration'],
    ['avgs', undefined],
    ['vsu', 'vus'],
    ['rtae', 'rate'],
    ['timeunit', 'timeUnit'],
    ['maxvus', 'maxVUs'],
    ['MAXVUS', 'maxVUs'],
    ['vu', 'vus'],
    ['colour', undefined],
    ['', undefined],
  ])('to %j is %j', (name, expected) => {
    expect(nearest(name, known)).toBe(expected)
  })

  const metrics = [
    'ttft',
    'ttfat',
    'itl',
    'tpot',
    'e2e_latency',
    'goodput',
    'checks',
    'requests',
    'vus',
    'iterations',
  ]

  it.each([
    ['tffft', 'ttft'],
    ['tfft', 'ttft'],
    ['ttff', 'ttft'],
    ['tptot', 'tpot'],
    ['TTFT', 'ttft'],
    ['godput', 'goodput'],
    ['goodputt', 'goodput'],
    ['reqeusts', 'requests'],
    ['e2e_latncy', 'e2e_latency'],
    ['e2e-latency', 'e2e_latency'],
    ['iteration', 'iterations'],
    ['check', 'checks'],
  ])('to the metric %j is %j', (name, expected) => {
    expect(nearest(name, metrics)).toBe(expected)
  })

  it.each([
    'x',
    'tps',
    'p95',
    'stall',
    'total',
    'cache',
    'burst',
    'abort',
    'tokens',
    'latency',
    'errors',
    'duration',
    'throughput',
    'my_metric',
  ])('to %j is none of the metrics', (name) => {
    expect(nearest(name, metrics)).toBeUndefined()
  })

  it('is offered in a message', () => {
    expect(didYouMean('rats', known)).toBe('; did you mean "rate"?')
    expect(didYouMean('colour', known)).toBe('')
  })
})
