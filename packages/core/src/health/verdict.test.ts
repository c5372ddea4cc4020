import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as bounds from './bounds.ts'
import { Delays } from './delays.ts'
import { HEADLINE, type HealthInput, type Typical } from './health-input.ts'
import type { ProcessHealth } from './process-readings.ts'
import { judge } from './verdict.ts'
import type { WorkerHealth } from './worker-readings.ts'

const at = (value: number, second = 12) => ({ value, second })

/** Delays of which so many per thousand are `late`, the others none. */
function delays(perMille: number, late: number): Delays {
  const all = new Delays()
  all.add(0, 1_000 - perMille)
  all.add(late, perMille)
  return all
}

/** A worker of a quiet minute. */
const quiet: WorkerHealth = {
  shard: 0,
  watched: 60_000,
  cpu: at(0.3),
  delays: delays(1, 9),
  loopDelayMax: at(40),
  lags: delays(1, 5),
  lagMax: at(14),
  loopUtilizationMax: 0.4,
  whileLate: { cpu: 0.3, cpuWait: 0.01, gc: 0.02 },
  cpuWaitMax: 0.04,
  gcPauseMax: 6,
  heapMax: 5e7,
  contentFrames: 1_000,
  coalescedFrames: 50,
}
const ttft = (time: number): Typical => ({ metric: 'ttft', time, by: 'median' })
const itl = (time: number): Typical => ({ metric: 'itl', time, by: 'median' })
const fine: HealthInput = {
  workers: [quiet],
  process: {
    cpuMax: 0.4,
    rssMax: 1e8,
    openFilesMax: 100,
    openFilesLimit: 1_000,
    portsMax: 40,
    portsLimit: 28_000,
    others: 0.05,
    stolen: 0.001,
  },
  died: [],
  threads: 1,
  cores: 4,
  typical: [ttft(200), itl(20)],
  allFailed: false,
  starts: [{ scenario: 'spike', intended: 500, started: 500, dropped: 0 }],
  clamped: [],
  foldedTagSets: 0,
}
const worker = (parts: Partial<WorkerHealth>): Partial<HealthInput> => ({ workers: [{ ...quiet, ...parts }] })
const starts = (intended: number, started: number, dropped: number): Partial<HealthInput> => ({
  starts: [{ scenario: 'spike', intended, started, dropped }],
})
const clamped = (outside: number): Partial<HealthInput> => ({
  clamped: [{ metric: 'itl', clamped: outside, count: 10_000 }],
})
const machine = (parts: Partial<ProcessHealth>): Partial<HealthInput> => ({
  process: { cpuMax: 0.4, rssMax: 1e8, ...parts },
})

describe('the verdict', () => {
  it.each<{ name: string; given: Partial<HealthInput>; verdict: string; says?: string }>([
    { name: 'a quiet minute', given: {}, verdict: 'trustworthy' },
    { name: 'a run without readings', given: { workers: [], process: undefined }, verdict: 'trustworthy' },

    {
      name: 'long delays in 0.2 % of all moments',
      given: { ...worker({ delays: delays(2, 500) }), typical: [ttft(200), itl(100)] },
      verdict: 'trustworthy',
    },
    {
      name: 'the same where looks show only part of those that spoil a value',
      given: worker({ delays: delays(2, 500) }),
      verdict: 'degraded',
    },
    {
      name: 'half as many there',
      given: worker({ delays: delays(1, 500) }),
      verdict: 'trustworthy',
    },
    {
      name: 'delays of a twentieth of itl in 0.3 % of all moments',
      given: worker({ delays: delays(3, 2) }),
      verdict: 'degraded',
      says: 'late by more than 5% of the median itl of 20ms, so the upper percentiles of itl',
    },
    {
      name: 'looks as late as on an idle thread, where that is a twentieth of itl',
      given: worker({ delays: delays(500, 1.1) }),
      verdict: 'trustworthy',
    },
    {
      name: 'delays that looks cannot tell from a twentieth of itl',
      given: { ...worker({ delays: delays(3, 4.95) }), typical: [ttft(200), itl(100)] },
      verdict: 'degraded',
    },
    {
      name: 'the same delays against slow tokens and a slow start',
      given: { ...worker({ delays: delays(500, 2) }), typical: [ttft(200), itl(100)] },
      verdict: 'trustworthy',
    },
    {
      name: 'delays of a twentieth of ttft, where tokens are slow',
      given: { ...worker({ delays: delays(3, 13) }), typical: [ttft(200), itl(1_000)] },
      verdict: 'degraded',
      says: '5% of the median ttft of 200ms',
    },
    {
      name: 'delays of half of itl in a tenth of all moments',
      given: worker({ delays: delays(100, 12) }),
      verdict: 'degraded',
    },
    {
      name: 'delays of half of itl in more than that',
      given: worker({ delays: delays(101, 12) }),
      verdict: 'invalid',
      says: 'ordinary values of itl',
    },
    {
      name: 'delays where nothing was measured',
      given: { ...worker({ delays: delays(20, 10) }), typical: [] },
      verdict: 'degraded',
      says: 'assumed ttft of 100ms (no answer came whole)',
    },
    {
      name: 'delays and a busy thread where every request failed',
      given: {
        ...worker({ delays: delays(500, 900), cpu: at(1), lags: delays(500, 900) }),
        typical: [],
        allFailed: true,
      },
      verdict: 'trustworthy',
      says: 'Worker 0 used 100% of a core',
    },
    {
      name: 'seconds in which no connection came about',
      given: worker({ storm: { seconds: 4, most: 8_400, second: 7 } }),
      verdict: 'trustworthy',
      says: 'For 4 seconds no connection came about, though worker 0 tried up to 8400 times in one of them (second 7)',
    },
    {
      name: 'delays in a run of a second',
      given: worker({ delays: delays(500, 900), watched: 1_000 }),
      verdict: 'trustworthy',
      says: '50% of the time',
    },

    {
      name: 'a script that kept the loop for 3 s of a long run',
      given: worker({ stall: { length: 3_000, scenario: 'spike', second: 40 }, loopDelayMax: at(3_000, 40) }),
      verdict: 'trustworthy',
      says: 'The event loop of worker 0 stood still for 3s up to second 40, most likely by the code of scenario spike',
    },
    {
      name: 'a script that kept the loop for 3 s of a short run',
      given: worker({
        delays: delays(100, 3_000),
        stall: { length: 3_000, scenario: 'spike', second: 40 },
        loopDelayMax: at(3_000, 40),
      }),
      verdict: 'degraded',
      says: 'up to 3s at second 40: the code of scenario spike most likely kept its event loop for 3s',
    },
    {
      name: 'a thread that other programs kept from running',
      given: {
        ...worker({ delays: delays(50, 9), whileLate: { cpu: 0.1, cpuWait: 0.2, gc: 0 } }),
        ...machine({ others: 0.6 }),
      },
      verdict: 'degraded',
      says: 'ran for 10% of that time, and for 20% it could have run but the machine gave it no core, while other programs used 60% of its cores; stop them',
    },
    {
      name: "a thread that loadbench's own threads kept from running",
      given: worker({ delays: delays(50, 9), whileLate: { cpu: 0.5, cpuWait: 0.2, gc: 0 } }),
      verdict: 'degraded',
      says: 'use a machine with more cores',
    },
    {
      name: 'a thread that garbage collection stopped',
      given: worker({ delays: delays(50, 9), gcPauseMax: 35 }),
      verdict: 'degraded',
      says: 'garbage collection stopped it for up to 35ms',
    },
    {
      name: 'a machine that pauses',
      given: {
        ...worker({ delays: delays(50, 9), whileLate: { cpu: 0.1, cpuWait: 0, gc: 0 } }),
        ...machine({ stolen: 0.1 }),
      },
      verdict: 'degraded',
      says: 'the machine itself paused, for the worker used only 10% of a core (the hypervisor gave 10% of its cores to others)',
    },

    {
      name: 'starts late by over a fifth of the ttft',
      given: worker({ lags: delays(11, 45) }),
      verdict: 'degraded',
      says: '1.1% of the iterations started after their scheduled time by more than 20% of the median ttft',
    },
    {
      name: 'starts late by more than the ttft',
      given: worker({ lags: delays(101, 230) }),
      verdict: 'invalid',
    },

    {
      name: 'nearly all files in use',
      given: machine({ openFilesMax: 231, openFilesLimit: 256 }),
      verdict: 'degraded',
      says: 'Up to 231 of 256 open files and sockets',
    },
    {
      name: 'nearly all ports in use',
      given: machine({ portsMax: 26_000, portsLimit: 28_232 }),
      verdict: 'degraded',
      says: 'ip_local_port_range',
    },

    { name: 'a worker at 80 % of a core', given: worker({ cpu: at(0.8) }), verdict: 'trustworthy' },
    {
      name: 'a worker at 81 % of a core',
      given: worker({ cpu: at(0.81) }),
      verdict: 'degraded',
      says: 'use --workers 2',
    },
    {
      name: 'a worker at 96 % of a core',
      given: worker({ shard: 2, cpu: at(0.96) }),
      verdict: 'invalid',
      says: 'Worker 2 used 96% of a core over the three seconds up to second 12',
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
      says: '21% of the content frames',
    },
  ])('of $name is $verdict', ({ given, verdict, says }) => {
    const summary = judge({ ...fine, ...given })
    expect(summary.verdict).toBe(verdict)
    if (verdict !== 'trustworthy') expect(summary.reasons).toHaveLength(1)
    if (says === undefined) expect(verdict === 'trustworthy' ? summary.reasons : []).toEqual([])
    else expect(summary.reasons.join('\n')).toContain(says)
  })

  it.each<{ name: string; given: Partial<HealthInput>; unjudged: string | undefined }>([
    { name: 'a quiet minute', given: {}, unjudged: undefined },
    {
      name: 'a run of failures alone',
      given: { allFailed: true, typical: [] },
      unjudged: 'nothing to judge: no request ended well',
    },
    {
      name: 'a run without an answer',
      given: { typical: [] },
      unjudged: 'nothing to judge: no answer was measured',
    },
    {
      name: 'a late loop in a short run',
      given: worker({ watched: 400, delays: delays(500, 500) }),
      unjudged: 'too short to judge: under 1.5s',
    },
    { name: 'a short run without a cause', given: worker({ watched: 400 }), unjudged: undefined },
    {
      name: 'a run that lost tags, and all failed',
      given: { allFailed: true, foldedTagSets: 1 },
      unjudged: undefined,
    },
  ])('of $name says whether it judges anything', ({ given, unjudged }) => {
    expect(judge({ ...fine, ...given }).unjudged).toBe(unjudged)
  })

  it('speaks of the worst worker only, and gravest first', () => {
    const summary = judge({
      ...fine,
      foldedTagSets: 1,
      workers: [quiet, { ...quiet, shard: 1, cpu: at(0.99) }, { ...quiet, shard: 2, cpu: at(0.85) }],
    })
    expect(summary.verdict).toBe('invalid')
    expect(summary.reasons.map((reason) => reason.slice(0, 9))).toEqual(['Worker 1 ', '1 tag set'])
  })

  it('gives whole sentences, and a line for each', () => {
    const everything: HealthInput = {
      ...fine,
      ...worker({ cpu: at(1), delays: delays(500, 500), lags: delays(500, 500), coalescedFrames: 999 }),
      ...machine({ openFilesMax: 99, openFilesLimit: 100 }),
      ...starts(1_000, 100, 500),
      ...clamped(100),
      died: [1],
      foldedTagSets: 5,
    }
    const { reasons, headlines = [] } = judge(everything)
    expect(reasons).toHaveLength(10)
    expect(headlines).toHaveLength(10)
    for (const line of headlines) {
      expect(line.length).toBeLessThanOrEqual(HEADLINE)
      expect(line).toMatch(/^[A-Z0-9a-z].*[^.]$/)
    }
    for (const reason of reasons) expect(reason).toMatch(/^[A-Z0-9a-z].*[^.]\.$/)
  })
})

describe('delays of several workers', () => {
  it('count by how many exchanges each had under way', () => {
    const busy = { ...quiet, shard: 1, delays: new Delays() }
    busy.delays.add(0, 9_000)
    expect(judge({ ...fine, workers: [{ ...quiet, delays: delays(10, 9) }, busy] }).verdict).toBe(
      'trustworthy',
    )
    expect(judge({ ...fine, workers: [{ ...quiet, delays: delays(50, 9) }, busy] }).reasons.join()).toContain(
      'Worst was worker 0',
    )
  })
})

describe('the worker a delay is told of', () => {
  it('is the one that was late by as much as the verdict is about', () => {
    const late = { ...quiet, shard: 1, delays: delays(20, 4.95) }
    const { reasons } = judge({
      ...fine,
      workers: [{ ...quiet, delays: delays(50, 4) }, late],
      typical: [ttft(200), itl(100)],
    })
    expect(reasons.join()).toContain('Worst was worker 1')
  })
})

describe('the figures', () => {
  it('are those that were measured, of the worst worker', () => {
    const { figures } = judge({
      ...fine,
      workers: [quiet, { ...quiet, shard: 1, cpu: at(0.5), loopDelayMax: at(90) }],
    })
    expect(figures).toEqual({
      late_share: 0.001,
      read_delay_p99: 0,
      event_loop_delay_max: 90,
      event_loop_utilization_max: 0.4,
      schedule_lag_p99: 0,
      schedule_lag_max: 14,
      cpu_max: 0.5,
      cpu_wait_max: 0.04,
      gc_pause_max: 6,
      heap_max: 5e7,
      process_cpu_max: 0.4,
      rss_max: 1e8,
      open_files_max: 100,
      open_files_limit: 1_000,
      open_ports_max: 40,
      open_ports_limit: 28_000,
      other_programs_share: 0.05,
      stolen_share: 0.001,
      coalesced_share: 0.05,
      started_share: 1,
      dropped_share: 0,
      workers_died: 0,
      clamped_values: 0,
      folded_tag_sets: 0,
    })
  })

  it('say how much was late also where nothing was measured to compare it with', () => {
    const { figures } = judge({ ...fine, ...worker({ delays: delays(20, 10) }), typical: [] })
    expect(figures['late_share']).toBe(0.02)
  })

  it('leave out what was not', () => {
    expect(Object.keys(judge({ ...fine, workers: [], process: undefined, starts: [] }).figures)).toEqual([
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
