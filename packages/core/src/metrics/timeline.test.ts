import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Snapshot } from '../model/snapshot.ts'
import type { Timeline } from '../model/summary.ts'
import { exactPercentile, MEMORY, recorded, REQUESTS, snapshot, TTFT, VUS } from './__fixtures__/recorded.ts'
import { usedMemory } from './__fixtures__/used-memory.ts'
import { Parts } from './parts.ts'
import { TimelineBuilder } from './timeline.ts'

type Built = Omit<Timeline, 'markers'>

function built(snapshots: readonly Snapshot[], maxPoints?: number, parts?: Parts): Built {
  const builder = new TimelineBuilder(parts, maxPoints)
  builder.add(snapshots)
  return builder.build()
}

function stat(
  timeline: Built,
  metric: string,
  name: string,
  scenario?: string,
): readonly (number | null)[] | undefined {
  const line = timeline.series.find((one) => one.metric === metric && one.tags['scenario'] === scenario)
  return line?.stats[name]
}

describe('a timeline', () => {
  it('has one point a second, shards added up', () => {
    const timeline = built([
      recorded(0, 0, [
        { metric: REQUESTS, value: 2, tags: {} },
        { metric: TTFT, value: 1, tags: {} },
      ]),
      recorded(1, 0, [
        { metric: REQUESTS, value: 3, tags: {} },
        { metric: TTFT, value: 2, tags: {} },
      ]),
      { ...recorded(0, 1, [{ metric: REQUESTS, value: 4, tags: {} }]), to: 1_500 },
    ])
    expect(timeline.at).toEqual([1, 1.5])
    expect(timeline.width).toEqual([1, 0.5])
    expect(stat(timeline, 'requests', 'count')).toEqual([5, 4])
    expect(stat(timeline, 'requests', 'rate')).toEqual([5, 8])
    expect(stat(timeline, 'ttft', 'avg')).toEqual([1.5, null])
    expect(stat(timeline, 'ttft', 'p99')).toEqual([2, null])
  })

  it('says 0 for a counter that gained nothing, and nothing for the others', () => {
    const timeline = built([
      recorded(0, 0, []),
      recorded(
        0,
        1,
        [REQUESTS, TTFT, VUS].map((metric) => ({ metric, value: 1, tags: {} })),
      ),
    ])
    expect(stat(timeline, 'requests', 'rate')).toEqual([0, 1])
    expect(stat(timeline, 'ttft', 'count')).toEqual([null, 1])
    expect(stat(timeline, 'vus', 'value')).toEqual([null, 1])
  })

  it('has failures by class', () => {
    const error = {
      class: 'timeout',
      scenario: 'a',
      count: 2,
      example: { class: 'timeout', message: '' },
    } as const
    const timeline = built([
      snapshot(0, 0),
      snapshot(0, 1, { errors: [error] }),
      snapshot(1, 1, { errors: [error] }),
    ])
    expect(timeline.errors).toEqual({ timeout: [0, 4] })
  })

  it('has failures by class of each part, as far as its tag was told of them', () => {
    const error = (scenario: string, tags?: Readonly<Record<string, string>>) =>
      ({
        class: 'timeout',
        scenario,
        ...(tags && { tags }),
        count: 2,
        example: { class: 'timeout', message: '' },
      }) as const
    const parts = new Parts(['a', 'b'], ['model'])
    const builder = new TimelineBuilder(parts)
    const snapshots = [
      snapshot(0, 0, { errors: [error('a', { model: 'm' }), error('b')] }),
      snapshot(0, 1, { errors: [error('a')] }),
    ]
    parts.observe(recorded(0, 0, [{ metric: REQUESTS, value: 1, tags: { model: 'm' } }]))
    builder.add(snapshots)
    expect(builder.build().partErrors).toEqual([
      { tags: { scenario: 'a' }, errors: { timeout: [2, 2] } },
      { tags: { model: 'm' }, errors: { timeout: [2, 0] } },
      { tags: { scenario: 'b' }, errors: { timeout: [2, 0] } },
    ])
  })

  it('of no snapshots is empty', () => {
    expect(built([])).toEqual({ at: [], width: [], series: [], errors: {}, partErrors: [] })
  })

  it('has every metric for each part too', () => {
    const snapshots = [
      recorded(0, 0, [
        { metric: REQUESTS, value: 5, tags: { scenario: 'a', model: 'x' } },
        { metric: REQUESTS, value: 7, tags: { scenario: 'b', model: 'x' } },
        { metric: TTFT, value: 9, tags: { scenario: 'b' } },
        { metric: VUS, value: 7, tags: {} },
      ]),
    ]
    const parts = new Parts(['a', 'b'], ['model'])
    for (const one of snapshots) parts.observe(one)
    const timeline = built(snapshots, undefined, parts)
    expect(
      timeline.series.map(({ metric, tags, stats }) => [metric, tags, stats['count'] ?? stats['value']]),
    ).toEqual([
      ['requests', {}, [12]],
      ['requests', { scenario: 'a' }, [5]],
      ['requests', { model: 'x' }, [12]],
      ['requests', { scenario: 'b' }, [7]],
      ['ttft', {}, [1]],
      ['ttft', { scenario: 'b' }, [1]],
      ['vus', {}, [7]],
    ])
  })

  it('follows the first forty parts, and says how many it left out', () => {
    const values = Array.from({ length: 45 }, (_, user) => ({
      metric: REQUESTS,
      value: 1,
      tags: { user: String(user) },
    }))
    const parts = new Parts([], ['user'])
    parts.observe(recorded(0, 0, values))
    const builder = new TimelineBuilder(parts)
    builder.add([recorded(0, 0, values)])
    expect(builder.build().series).toHaveLength(1 + 40)
    expect(builder.leftOut).toBe(5)
    expect(stat(builder.build(), 'requests', 'count')).toEqual([45])
  })

  it('has fewer points the more lines there are, but at least two hundred before it merges', () => {
    const metrics = Array.from({ length: 2_000 }, (_, index) => ({ ...REQUESTS, name: `own_${index}` }))
    const builder = new TimelineBuilder()
    builder.add([
      recorded(
        0,
        0,
        metrics.map((metric) => ({ metric, value: 1, tags: {} })),
      ),
    ])
    const points = (seconds: number) => {
      builder.add([recorded(0, seconds - 1, [{ metric: REQUESTS, value: 1, tags: {} }])])
      return builder.build().width
    }
    builder.add(Array.from({ length: 198 }, (_, second) => recorded(0, second + 1, [])))
    expect(points(200)).toHaveLength(200)
    expect(points(201)).toHaveLength(101)
  })

  it('leaves out values that stand apart', () => {
    const timeline = built([
      recorded(0, 0, [{ metric: TTFT, value: 1, tags: { outcome: 'broken', scenario: 'a' } }]),
    ])
    expect(timeline.series).toEqual([])
  })
})

describe('a long run', () => {
  const seconds = fc.array(fc.array(fc.nat({ max: 3_000 }), { minLength: 1, maxLength: 8 }), {
    minLength: 1,
    maxLength: 60,
  })

  it('has at most so many points, each the exact sum of its seconds', () => {
    fc.assert(
      fc.property(seconds, fc.integer({ min: 1, max: 12 }), (list, maxPoints) => {
        const timeline = built(
          list.map((values, second) =>
            recorded(
              second % 3,
              second,
              values.map((value) => ({ metric: TTFT, value, tags: {} })),
            ),
          ),
          maxPoints,
        )
        expect(timeline.at.length).toBeLessThanOrEqual(maxPoints)
        expect(timeline.at.at(-1)).toBe(list.length)
        let from = 0
        for (const [index, to] of timeline.at.entries()) {
          expect(timeline.width[index]).toBe(to - from)
          const values = list.slice(from, to).flat()
          expect(stat(timeline, 'ttft', 'count')?.[index]).toBe(values.length)
          expect(stat(timeline, 'ttft', 'max')?.[index]).toBe(Math.max(...values))
          const exact = exactPercentile(values, 95)
          expect(Math.abs((stat(timeline, 'ttft', 'p95')?.[index] ?? NaN) - exact)).toBeLessThanOrEqual(
            exact * 1e-3,
          )
          from = to
        }
      }),
    )
  })

  it('gives the same live, in between, and from a file in another order', () => {
    const snapshots = Array.from({ length: 50 }, (_, second) =>
      recorded(second % 2, Math.floor(second / 2), [
        { metric: TTFT, value: second, tags: {} },
        { metric: VUS, value: second, tags: {} },
      ]),
    )
    const live = new TimelineBuilder(undefined, 8)
    for (const one of snapshots) {
      live.add([one])
      live.build()
    }
    const expected = live.build()
    expect(built(snapshots.toReversed(), 8)).toEqual(expected)
    expect(expected.at).toEqual([4, 8, 12, 16, 20, 24, 25])
    expect(stat(expected, 'vus', 'value')?.at(-1)).toBe(48 + 49)
  })

  it('keeps the latest value of a gauge in each point, also when a shard is late', () => {
    const at = (shard: number, second: number) =>
      recorded(shard, second, [{ metric: VUS, value: 10 ** shard * (second + 1), tags: {} }])
    const builder = new TimelineBuilder(undefined, 4)
    builder.add(Array.from({ length: 16 }, (_, second) => at(0, second)))
    builder.add(Array.from({ length: 16 }, (_, second) => at(1, second)))
    expect(stat(builder.build(), 'vus', 'value')).toEqual([44, 88, 132, 176])
  })

  it.each(['sum', 'max'] as const)('takes no more memory for more seconds of gauges (%s)', (across) => {
    const values = Array.from({ length: 5 }, (_, index) => ({
      metric: { ...VUS, across, name: `gauge_${index}` },
      value: index,
      tags: {},
    }))
    const { series } = recorded(0, 0, values)
    const held = (secondsOfPoint: number): number =>
      heldBy(200 * secondsOfPoint, (second) => snapshot(0, second, { series }))
    held(1)
    expect(held(32)).toBeLessThan(held(1) + 1_000_000)
  })

  it('does not hold on to the snapshots its gauges came in', () => {
    const { series } = recorded(0, 0, [{ metric: MEMORY, value: 1, tags: {} }])
    const held = (bytes: number): number =>
      heldBy(200, (second) => {
        const message = Buffer.alloc(bytes, 'x').toString('latin1')
        return snapshot(0, second, { series, warnings: [{ provider: '', code: '', count: 1, message }] })
      })
    held(1)
    expect(held(100_000)).toBeLessThan(held(1) + 5_000_000)
  })
})

/** Bytes that a timeline of 200 points holds when it is made of so many seconds. */
function heldBy(seconds: number, snapshotOf: (second: number) => Snapshot): number {
  const builder = new TimelineBuilder(undefined, 201)
  const before = usedMemory()
  for (let second = 0; second < seconds; second++) builder.add([snapshotOf(second)])
  const used = usedMemory() - before
  expect(builder.build().at).toHaveLength(200)
  return used
}
