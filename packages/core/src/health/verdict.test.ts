import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as bounds from './bounds.ts'
import type { HealthInput } from './health-input.ts'
import { judge } from './verdict.ts'
import type { WorkerHealth } from './worker-readings.ts'

const at = (value: number, second = 12) => ({ value, second })

/** A worker on an idle virtual machine, whose own pauses are as large as they were measured. */
const idle: WorkerHealth = {
  shard: 0,
  cpu: at(0.3),
  loopDelay: at(9),
  loopDelayMax: 40,
  lag: at(5),
  lagMax: 14,
  gcPauseMax: 6,
  heapMax: 5e7,
  contentFrames: 1_000,
  coalescedFrames: 50,
}
/** The same after a run too short for three readings. */
const { cpu: _cpu, loopDelay: _loopDelay, lag: _lag, ...brief } = idle
const fine: HealthInput = {
  workers: [idle],
  died: [],
  threads: 1,
  cores: 4,
  ttftMedian: 100,
  durationMedian: 900,
  itlP95: 20,
  starts: [{ scenario: 'spike', intended: 500, started: 500, dropped: 0 }],
  clamped: [],
  foldedTagSets: 0,
}
const worker = (parts: Partial<WorkerHealth>): Partial<HealthInput> => ({ workers: [{ ...idle, ...parts }] })
const starts = (intended: number, started: number, dropped: number): Partial<HealthInput> => ({
  starts: [{ scenario: 'spike', intended, started, dropped }],
})
const clamped = (outside: number): Partial<HealthInput> => ({
  clamped: [{ metric: 'itl', clamped: outside, count: 10_000 }],
})

describe('the verdict', () => {
  it.each<{ name: string; given: Partial<HealthInput>; verdict: string; says?: string }>([
    { name: 'an idle short run at a ttft of 100ms', given: {}, verdict: 'trustworthy' },
    { name: 'a run without readings', given: { workers: [] }, verdict: 'trustworthy' },
    { name: 'a run of one second', given: { workers: [brief] }, verdict: 'trustworthy' },

    {
      name: 'a delay that is little against the ttft',
      given: { ...worker({ loopDelay: at(100) }), ttftMedian: 500, itlP95: 100 },
      verdict: 'trustworthy',
    },
    {
      name: 'a delay of over a fifth of the ttft',
      given: { ...worker({ loopDelay: at(5) }), ttftMedian: 20, ...worker({ loopDelay: at(5), lag: at(1) }) },
      verdict: 'degraded',
      says: '25 % of the median ttft of 20ms',
    },
    {
      name: 'a delay of over half the ttft',
      given: { ...worker({ loopDelay: at(60) }), itlP95: 100 },
      verdict: 'invalid',
      says: 'late by 60ms (p99) at second 12',
    },
    {
      name: 'a delay, measured by requests that have no ttft',
      given: { ...worker({ loopDelay: at(200) }), ttftMedian: undefined, itlP95: undefined },
      verdict: 'degraded',
      says: 'median request_duration of 900ms',
    },
    {
      name: 'a delay, with nothing measured',
      given: {
        ...worker({ loopDelay: at(21) }),
        ttftMedian: undefined,
        durationMedian: undefined,
        itlP95: undefined,
      },
      verdict: 'degraded',
      says: 'no request was measured',
    },

    {
      name: 'a delay as long as the gaps between tokens',
      given: { ...worker({ loopDelay: at(20) }), ttftMedian: 1_000 },
      verdict: 'trustworthy',
    },
    {
      name: 'a delay longer than the gaps',
      given: { ...worker({ loopDelay: at(21) }), ttftMedian: 1_000 },
      verdict: 'degraded',
      says: 'longer than the p95 of itl, 20ms',
    },
    {
      name: 'a delay of over four gaps',
      given: { ...worker({ loopDelay: at(81) }), ttftMedian: 1_000 },
      verdict: 'invalid',
    },
    {
      name: "a machine's own pauses against very fast tokens",
      given: { itlP95: 2 },
      verdict: 'trustworthy',
      says: 'go by its median',
    },

    {
      name: 'a lag of over a fifth of the ttft',
      given: worker({ lag: at(21) }),
      verdict: 'degraded',
      says: '21ms (p99) after their scheduled time',
    },
    { name: 'a lag longer than the ttft', given: worker({ lag: at(101) }), verdict: 'invalid' },

    { name: 'a worker at 80 % of a core', given: worker({ cpu: at(0.8) }), verdict: 'trustworthy' },
    {
      name: 'a worker at 81 % of a core',
      given: worker({ cpu: at(0.81) }),
      verdict: 'degraded',
      says: 'start with --workers 2',
    },
    {
      name: 'a worker at 96 % of a core',
      given: worker({ shard: 2, cpu: at(0.96) }),
      verdict: 'invalid',
      says: 'Worker 2 used 96 % of a core over the three seconds up to second 12',
    },
    {
      name: 'a busy worker where no core is left',
      given: { ...worker({ cpu: at(0.9) }), threads: 4 },
      verdict: 'degraded',
      says: 'a machine with more cores',
    },

    { name: 'one start missing at the end of a small run', given: starts(20, 19, 0), verdict: 'trustworthy' },
    { name: '1 % of the starts missing', given: starts(1_000, 990, 0), verdict: 'trustworthy' },
    {
      name: 'over 1 % of the starts missing',
      given: starts(1_000, 989, 0),
      verdict: 'degraded',
      says: 'started 989 of 1000 scheduled iterations',
    },
    { name: 'over a tenth of the starts missing', given: starts(1_000, 899, 0), verdict: 'invalid' },
    {
      name: 'a few drops',
      given: starts(1_000, 990, 10),
      verdict: 'trustworthy',
      says: 'dropped 10 of 1000',
    },
    {
      name: 'most iterations dropped',
      given: starts(1_000, 100, 900),
      verdict: 'degraded',
      says: 'raise maxVUs',
    },
    { name: 'a worker that died', given: { died: [3] }, verdict: 'invalid', says: 'Worker 3 ended before' },

    {
      name: 'a few values out of range',
      given: clamped(10),
      verdict: 'trustworthy',
      says: '10 values of itl',
    },
    { name: 'many values out of range', given: clamped(11), verdict: 'degraded' },
    { name: 'folded tag sets', given: { foldedTagSets: 1 }, verdict: 'degraded', says: '1 tag set' },
    {
      name: 'tokens that come in groups',
      given: worker({ coalescedFrames: 210 }),
      verdict: 'trustworthy',
      says: '21 % of the content frames',
    },
  ])('of $name is $verdict', ({ given, verdict, says }) => {
    const summary = judge({ ...fine, ...given })
    expect(summary.verdict).toBe(verdict)
    if (verdict !== 'trustworthy') expect(summary.reasons).toHaveLength(1)
    if (says === undefined) expect(verdict === 'trustworthy' ? summary.reasons : []).toEqual([])
    else expect(summary.reasons.join('\n')).toContain(says)
  })

  it('speaks of the worst worker only, and gravest first', () => {
    const summary = judge({
      ...fine,
      foldedTagSets: 1,
      workers: [idle, { ...idle, shard: 1, cpu: at(0.99) }, { ...idle, shard: 2, cpu: at(0.85) }],
    })
    expect(summary.verdict).toBe('invalid')
    expect(summary.reasons.map((reason) => reason.slice(0, 9))).toEqual(['Worker 1 ', '1 tag set'])
  })

  it('gives whole sentences', () => {
    const everything: HealthInput = {
      ...fine,
      ...worker({ cpu: at(1), loopDelay: at(500), lag: at(500), coalescedFrames: 999 }),
      ...starts(1_000, 100, 500),
      ...clamped(100),
      died: [1],
      foldedTagSets: 5,
    }
    const { reasons } = judge(everything)
    expect(reasons).toHaveLength(10)
    for (const reason of reasons) expect(reason).toMatch(/^[A-Z0-9a-z].*[^.]\.$/)
  })
})

describe('the figures', () => {
  it('are those that were measured, of the worst worker', () => {
    const { figures } = judge({
      ...fine,
      workers: [idle, { ...idle, shard: 1, cpu: at(0.5), loopDelayMax: 90 }],
    })
    expect(figures).toEqual({
      event_loop_delay_p99: 9,
      event_loop_delay_max: 90,
      schedule_lag_p99: 5,
      schedule_lag_max: 14,
      cpu_max: 0.5,
      gc_pause_max: 6,
      heap_max: 5e7,
      coalesced_share: 0.05,
      started_share: 1,
      dropped_share: 0,
      workers_died: 0,
      clamped_values: 0,
      folded_tag_sets: 0,
    })
  })

  it('leave out what was not', () => {
    expect(Object.keys(judge({ ...fine, workers: [], starts: [] }).figures)).toEqual([
      'workers_died',
      'clamped_values',
      'folded_tag_sets',
    ])
  })
})

describe('docs/health.md', () => {
  it('lists every bound with its value', () => {
    const page = readFileSync(new URL('../../../../docs/health.md', import.meta.url), 'utf8')
    const listed = [...page.matchAll(/^\| `([A-Z_]+)` \| ([\d.]+) /gm)].map(([, name, value]) => [
      name,
      Number(value),
    ])
    expect(Object.fromEntries(listed)).toEqual({ ...bounds })
  })
})
