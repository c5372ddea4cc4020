import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Snapshot } from '../model/snapshot.ts'
import { FAILED, MEMORY, recorded, REQUESTS, snapshot, TTFT, VUS } from './__fixtures__/recorded.ts'
import { decodeSnapshot, encodeSnapshot, readSnapshots } from './snapshot-codec.ts'

const value = fc.record({
  metric: fc.constantFrom(TTFT, REQUESTS, FAILED, VUS, MEMORY),
  value: fc.double({ min: 0, max: 1e6, noNaN: true }).map((one) => Math.abs(one)),
  tags: fc.dictionary(
    fc.string({ minLength: 1, maxLength: 5 }).filter((name) => name !== '__proto__'),
    fc.string(),
    {
      maxKeys: 3,
      noNullPrototype: true,
    },
  ),
})
const anySnapshot: fc.Arbitrary<Snapshot> = fc
  .record({
    values: fc.array(value, { maxLength: 20 }),
    shard: fc.nat(),
    second: fc.nat(),
    message: fc.string({ unit: 'binary' }),
    health: fc.boolean(),
  })
  .map(({ values, shard, second, message, health }) => ({
    ...recorded(shard, second, values),
    errors: [{ class: 'timeout', scenario: message, count: 1, example: { class: 'timeout', message } }],
    scenarios: [
      {
        name: message,
        started: 1,
        completed: 0,
        dropped: 2,
        interrupted: 0,
        activeVUs: 1,
        vus: 1,
        done: false,
      },
    ],
    ...(health && {
      health: {
        cpu: 0.5,
        cpuWait: 0.01,
        loopUtilization: 0.6,
        loopDelayMax: 2,
        delays: [[3, 10]],
        lagMax: 0.2,
        lags: [[1, 2]],
        stall: { length: 300, scenario: 'spike' },
        gcPauseMax: 1,
        gcTime: 2,
        heap: 1e6,
        contentFrames: 5,
        coalescedFrames: 1,
      },
    }),
  }))

async function read(lines: readonly string[]): Promise<{ snapshots: Snapshot[]; problems: string[] }> {
  const problems: string[] = []
  const snapshots: Snapshot[] = []
  for await (const one of readSnapshots(lines)) {
    if ('snapshot' in one) snapshots.push(one.snapshot)
    else problems.push(`line ${one.line}: ${one.problem}`)
  }
  return { snapshots, problems }
}

describe('a snapshot', () => {
  it('comes back from its line as it was', () => {
    fc.assert(
      fc.property(anySnapshot, (given) => {
        const line = encodeSnapshot(given)
        expect(line).not.toContain('\n')
        expect(decodeSnapshot(line)).toEqual({ snapshot: given })
      }),
    )
  })

  it('is read with fields of a later version in it', () => {
    const line = encodeSnapshot(recorded(0, 3, [{ metric: TTFT, value: 5, tags: {} }]))
    const later = line
      .replace('"shard":0', '"shard":0,"planet":"Mars"')
      .replace('"count":1', '"count":1,"color":"red"')
    expect(decodeSnapshot(later)).toMatchObject({
      snapshot: { second: 3, series: [{ metric: 'ttft', count: 1 }] },
    })
  })

  const trend = encodeSnapshot(recorded(0, 0, [{ metric: TTFT, value: 5, tags: {} }]))
  it.each([
    { name: 'half a line', line: trend.slice(0, 100), problem: 'JSON' },
    { name: 'another document', line: '[1]', problem: 'is no snapshot' },
    { name: 'a missing list', line: trend.replace('"errors":[],', ''), problem: 'is no snapshot' },
    {
      name: 'a series without a name',
      line: trend.replace('"metric":"ttft",', ''),
      problem: 'without a name',
    },
    {
      name: 'an unknown type',
      line: trend.replace('"trend"', '"sketch"'),
      problem: 'ttft that is no counter',
    },
    { name: 'a missing number', line: trend.replace('"sum":5,', ''), problem: 'ttft that is no counter' },
    {
      name: 'no histogram',
      line: trend.replace(/"histogram":"[^"]*"/, '"histogram":"AAAA"'),
      problem: 'HDR',
    },
    { name: 'nothing', line: '', problem: 'JSON' },
  ])('is reported when it cannot be read: $name', ({ line, problem }) => {
    const decoded = decodeSnapshot(line)
    expect('problem' in decoded ? decoded.problem : undefined).toContain(problem)
  })

  it('never makes the reader throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (line) => {
        expect(Object.keys(decodeSnapshot(line))).toEqual(['problem'])
      }),
    )
  })
})

describe('a file of a run that was killed', () => {
  it('gives all but the line that broke off, which is reported', async () => {
    const lines = [0, 1, 2].map((second) => encodeSnapshot(snapshot(0, second)))
    const { snapshots, problems } = await read([...lines.slice(0, 2), '', (lines[2] ?? '').slice(0, 20)])
    expect(snapshots.map(({ second }) => second)).toEqual([0, 1])
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(/^line 4: /)
  })
})
