import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Snapshot } from '../model/snapshot.ts'
import { matches, type Tags } from '../model/tags.ts'
import {
  exactPercentile,
  FAILED,
  recorded,
  REQUESTS,
  snapshot,
  TTFT,
  VUS,
  type Value,
} from './__fixtures__/recorded.ts'
import { Totals } from './totals.ts'

function totalsOf(snapshots: readonly Snapshot[]): Totals {
  const totals = new Totals()
  for (const one of snapshots) totals.merge(one)
  return totals
}

const request = (tags: Tags, value = 1): Value => ({ metric: REQUESTS, value, tags })

describe('the time that rates are over', () => {
  it.each([
    ['requests', 7_000],
    ['iterations', 7_000],
    ['iterations_started', 10_000],
    ['event_loop_delay', 10_000],
    ['gc_pause', 10_000],
    ['warmup_requests', 4_000],
    ['warmup_iterations', 4_000],
  ])('of %s', (metric, expected) => {
    const totals = new Totals({ measured: (elapsed) => elapsed - 3_000, warmUp: () => 4_000 })
    totals.merge(snapshot(0, 9))
    expect([totals.elapsed, totals.timeOf(metric)]).toEqual([10_000, expected])
  })
})

describe('select', () => {
  const snapshots = [
    recorded(0, 0, [request({ scenario: 'a', model: 'x' }), request({ scenario: 'b', model: 'x' }, 10)]),
    recorded(1, 0, [request({ model: 'x', scenario: 'a' }, 100), request({ scenario: 'a' }, 1_000)]),
  ]

  it.each([
    { selector: {}, expected: 1_111 },
    { selector: { scenario: 'a' }, expected: 1_101 },
    { selector: { scenario: 'a', model: 'x' }, expected: 101 },
    { selector: { model: 'x', scenario: 'a' }, expected: 101 },
    { selector: { scenario: 'b' }, expected: 10 },
  ])('$selector sums the series that match: $expected', ({ selector, expected }) => {
    expect(totalsOf(snapshots).select('requests', selector)?.value('count', 1)).toBe(expected)
  })

  it('of what nobody recorded is undefined, until someone does', () => {
    const totals = totalsOf(snapshots)
    expect(totals.select('requests', { scenario: 'typo' })).toBeUndefined()
    expect(totals.select('nothing', {})).toBeUndefined()
    totals.merge(recorded(0, 1, [request({ scenario: 'typo' }, 7), { metric: TTFT, value: 1, tags: {} }]))
    expect(totals.select('requests', { scenario: 'typo' })?.value('count', 1)).toBe(7)
    expect(totals.select('nothing', {})).toBeUndefined()
    expect(totals.names()).toEqual(['ttft', 'requests'])
  })

  it('leaves series apart that the selector does not name', () => {
    const broken = { scenario: 'a', outcome: 'broken' }
    const totals = totalsOf([
      recorded(0, 0, [
        { metric: TTFT, value: 100, tags: { scenario: 'a' } },
        { metric: TTFT, value: 900, tags: broken },
      ]),
    ])
    expect(totals.select('ttft', {})?.value('max', 1)).toBe(100)
    expect(totals.select('ttft', { scenario: 'a' })?.count).toBe(1)
    expect(totals.select('ttft', { outcome: 'broken' })?.value('max', 1)).toBe(900)
  })

  it('gives the same whether asked before, during or after, and equals a sum over all values', () => {
    const tags = fc.record({ scenario: fc.constantFrom('a', 'b'), model: fc.constantFrom('x', 'y') })
    const value = fc.record({
      metric: fc.constantFrom(TTFT, REQUESTS, FAILED),
      value: fc.nat({ max: 5_000 }),
      tags,
    })
    const second = fc.record({ shard: fc.nat({ max: 2 }), values: fc.array(value, { maxLength: 20 }) })
    fc.assert(
      fc.property(
        fc.array(second, { minLength: 1, maxLength: 10 }),
        fc.nat({ max: 10 }),
        (seconds, askAt) => {
          const totals = new Totals()
          const selector = { scenario: 'a' }
          for (const [index, { shard, values }] of seconds.entries()) {
            if (index === askAt) totals.select('ttft', selector)
            totals.merge(recorded(shard, index, values))
          }
          const all = seconds
            .flatMap(({ values }) => values)
            .filter(({ metric, tags: own }) => metric === TTFT && matches(own, selector))
            .map((one) => one.value)
          const found = totals.select('ttft', selector)
          expect(found?.count).toBe(all.length === 0 ? undefined : all.length)
          const exact = exactPercentile(all, 90)
          if (found !== undefined)
            expect(Math.abs((found.value('p(90)', 1) ?? NaN) - exact)).toBeLessThanOrEqual(exact * 1e-3)
        },
      ),
    )
  })
})

const own = (name: string): Value => ({ metric: { name, type: 'counter', unit: '' }, value: 1, tags: {} })

const vus = (a: number, b: number): Value[] => [
  { metric: VUS, value: a, tags: { scenario: 'a' } },
  { metric: VUS, value: b, tags: { scenario: 'b' } },
]

const error = (name: 'timeout' | 'auth', count: number, message: string) => ({
  class: name,
  scenario: 'a',
  count,
  example: { class: name, message },
})

/** Of a class whose snapshots tell no messages, as those of older versions. */
function nothingTold(others: number) {
  return { examples: [], messages: [], others, parts: [] }
}

describe('Totals', () => {
  it('knows how long the run has lasted, whichever shard is ahead', () => {
    expect(new Totals().elapsed).toBe(0)
    expect(totalsOf([snapshot(0, 4), snapshot(1, 3)]).elapsed).toBe(5_000)
  })

  it('adds up folded tag sets', () => {
    expect(
      totalsOf([snapshot(0, 0, { foldedTagSets: 2 }), snapshot(1, 0, { foldedTagSets: 3 })]).foldedTagSets,
    ).toBe(5)
  })

  it('names built-in metrics in their order, then those of the script by name', () => {
    const totals = totalsOf([
      recorded(0, 0, [
        own('zebra'),
        own('apple'),
        { metric: VUS, value: 1, tags: {} },
        request({}),
        { metric: TTFT, value: 1, tags: {} },
      ]),
    ])
    expect(totals.names()).toEqual(['ttft', 'requests', 'vus', 'apple', 'zebra'])
  })

  it('sums a gauge over scenarios second by second', () => {
    const totals = totalsOf([recorded(0, 0, vus(1, 9)), recorded(0, 1, vus(9, 2)), recorded(0, 2, vus(0, 0))])
    const whole = totals.select('vus', {})
    expect([whole?.value('value', 1), whole?.value('min', 1), whole?.value('max', 1)]).toEqual([0, 0, 11])
  })

  it('keeps the failures by class, the first one as example', () => {
    const late = snapshot(0, 5, { errors: [error('timeout', 1, 'late')] })
    const first = snapshot(1, 2, { errors: [error('timeout', 1, 'first'), error('auth', 5, 'denied')] })
    for (const order of [
      [late, first],
      [first, late],
    ])
      expect(totalsOf(order).errors.summaries()).toEqual([
        { class: 'auth', count: 5, example: { class: 'auth', message: 'denied' }, ...nothingTold(5) },
        { class: 'timeout', count: 2, example: { class: 'timeout', message: 'first' }, ...nothingTold(2) },
      ])
  })
})
