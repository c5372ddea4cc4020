import type { Timeline } from 'loadbench/report'
import { describe, expect, it } from 'vitest'
import { ratesOf, statOf, withoutSliver } from './timeline-stat.ts'

const timeline = (width: readonly number[], count: readonly (number | null)[]): Timeline => ({
  at: width.map((_, index) => index + 1),
  width,
  series: [
    { metric: 'requests', tags: { scenario: 'a' }, type: 'counter', unit: '', stats: { count: [9, 9, 9] } },
    { metric: 'requests', tags: {}, type: 'counter', unit: '', stats: { count } },
  ],
  errors: {},
  partErrors: [],
  markers: [],
})

describe('statOf', () => {
  it('reads the whole metric, not a part of it', () => {
    expect(statOf(timeline([1, 1, 1], [1, null, 3]), {}, 'requests', 'count')).toEqual([1, null, 3])
  })

  it('reads a part where one is asked for', () => {
    expect(statOf(timeline([1, 1, 1], [1, null, 3]), { scenario: 'a' }, 'requests', 'count')).toEqual([
      9, 9, 9,
    ])
  })

  it.each([
    ['the metric', 'itl', 'p50'],
    ['the statistic', 'requests', 'p50'],
  ])('is undefined without %s', (_, metric, stat) => {
    expect(statOf(timeline([1], [1]), {}, metric, stat)).toBeUndefined()
  })

  it('is undefined where no interval has a value', () => {
    expect(statOf(timeline([1, 1], [null, null]), {}, 'requests', 'count')).toBeUndefined()
  })
})

describe('ratesOf', () => {
  it.each([
    ['an interval is not a second', [0.5, 2], [10, 10], [20, 5]],
    ['nothing happened in an interval', [1, 1, 1], [4, null, 4], [4, 0, 4]],
    ['the run ends in a sliver', [1, 1, 0.25], [4, 4, 1], [4, 4, null]],
    ['the last interval is short, but no sliver', [1, 0.5], [4, 4], [4, 8]],
    ['a sliver is all there is', [0.25], [1], [4]],
    ['the last interval has no width', [1, 0], [4, 1], [5, null]],
  ])('where %s', (_, width, counts, rates) => {
    expect(ratesOf(timeline(width, counts), {}, 'requests')).toEqual(rates)
  })
  it('of a warm-up are unknown where nothing was counted', () => {
    const warmUp = { at: 0, until: 2.5, kind: 'warm-up', label: '' } as const
    const whole = { ...timeline([1, 1, 1, 1, 1], [0, 2, null, 0, 4]), markers: [warmUp] }
    expect(ratesOf(whole, {}, 'requests')).toEqual([null, 2, 0, 0, 4])
  })
})

it('counts of a sliver are added to the interval before it', () => {
  expect(withoutSliver(timeline([1, 1, 0.25], []), [4, 4, 1])).toEqual([4, 5, null])
  expect(withoutSliver(timeline([1, 1, 0.5], []), [4, 4, 1])).toEqual([4, 4, 1])
  expect(withoutSliver(timeline([0.25], []), [4])).toEqual([4])
})
