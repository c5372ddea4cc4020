import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Snapshot } from '../model/snapshot.ts'
import type { TimelineSeries } from '../model/summary.ts'
import { matches, type Tags } from '../model/tags.ts'
import {
  FAILED,
  MEMORY,
  recorded,
  REQUESTS,
  snapshot,
  TTFT,
  type Value,
  VUS,
} from './__fixtures__/recorded.ts'
import { usedMemory } from './__fixtures__/used-memory.ts'
import { Parts } from './parts.ts'
import { TimelineBuilder } from './timeline.ts'

/** So few that a run of 24 seconds is merged several times. */
const MAX_POINTS = 5

/** Of two scenarios, of none (setup), and values that stand apart from their metric. */
const TAGS: readonly Tags[] = [
  { scenario: 'a' },
  { scenario: 'b' },
  { scenario: 'a', outcome: 'broken' },
  { outcome: 'broken' },
  {},
]

const anyValue = fc.record<Value>({
  metric: fc.constantFrom(REQUESTS, TTFT, FAILED, VUS, MEMORY),
  value: fc.nat({ max: 500 }),
  tags: fc.constantFrom(...TAGS),
})

const run = fc
  .array(fc.array(anyValue, { maxLength: 6 }), { minLength: 1, maxLength: 24 })
  .map((seconds) => seconds.map((values, second) => recorded(second % 2, second, values)))

function seriesOf(snapshots: readonly Snapshot[], parts: Parts): readonly TimelineSeries[] {
  const builder = new TimelineBuilder(parts, MAX_POINTS)
  for (const one of snapshots) {
    parts.observe(one)
    builder.add([one])
  }
  return builder.build().series
}

/** The same run, of which only what belongs to a part was ever told. */
function alone(snapshots: readonly Snapshot[], part: Tags): readonly Snapshot[] {
  return snapshots.map((one) => ({ ...one, series: one.series.filter(({ tags }) => matches(tags, part)) }))
}

describe('a part of a timeline', () => {
  it('is what the part would be by itself, whatever else comes, and when', () => {
    fc.assert(
      fc.property(run, (snapshots) => {
        const parts = () => new Parts(['a', 'b'], ['outcome'])
        const whole = seriesOf(snapshots, parts())
        for (const part of [{ scenario: 'a' }, { scenario: 'b' }, { outcome: 'broken' }]) {
          const [[name, value] = ['', '']] = Object.entries(part)
          const ofPart = (series: readonly TimelineSeries[]) =>
            new Map(series.filter(({ tags }) => tags[name] === value).map((one) => [one.metric, one.stats]))
          expect(ofPart(whole)).toEqual(ofPart(seriesOf(alone(snapshots, part), parts())))
        }
      }),
      { numRuns: 300 },
    )
  })

  it('costs nothing while it is the whole', () => {
    const metrics = Array.from({ length: 40 }, (_, index) => ({ ...TTFT, name: `own_${index}` }))
    const { series } = recorded(
      0,
      0,
      metrics.flatMap((metric) => [10, 20, 30].map((ms) => ({ metric, value: ms, tags: { scenario: 'a' } }))),
    )
    const held = (scenarios: readonly string[]) => {
      const builder = new TimelineBuilder(new Parts(scenarios))
      const before = usedMemory()
      for (let second = 0; second < 590; second++) builder.add([snapshot(0, second, { series })])
      const used = usedMemory() - before
      expect(builder.build().series).toHaveLength(metrics.length * (1 + scenarios.length))
      return used
    }
    held([])
    // With cells of its own it would be twice as much.
    expect(held(['a'])).toBeLessThan(1.3 * held([]))
  })
})
