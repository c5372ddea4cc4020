import { describe, expect, it } from 'vitest'
import type { Snapshot } from '../model/snapshot.ts'
import { Seconds } from './seconds.ts'

const snapshot = (shard: number, second: number): Snapshot => ({
  shard,
  second,
  from: second * 1_000,
  to: (second + 1) * 1_000,
  series: [],
  errors: [],
  scenarios: [],
  foldedTagSets: 0,
})

function follow(shards: number, patience = 0) {
  const seen: [second: number, shards: number[]][] = []
  const silent: [shard: number, told: number][] = []
  const seconds = new Seconds(
    shards,
    {
      whole: (second, snapshots) => seen.push([second, snapshots.map(({ shard }) => shard)]),
      silent: (shard, told) => silent.push([shard, told]),
    },
    patience,
  )
  return { seconds, seen, silent }
}

describe('the seconds of a run', () => {
  it('are handed on once every worker has gone past them, in order', () => {
    const { seconds, seen } = follow(2)
    seconds.add(snapshot(0, 0))
    seconds.add(snapshot(0, 1))
    seconds.add(snapshot(1, 0))
    expect(seen).toEqual([])
    seconds.add(snapshot(1, 1))
    expect(seen).toEqual([[0, [0, 1]]])
  })

  it('hold both snapshots of a worker whose last one falls into the second it has reported', () => {
    const { seconds, seen } = follow(1)
    seconds.add(snapshot(0, 0))
    seconds.add(snapshot(0, 0))
    seconds.leave(0)
    expect(seen).toEqual([[0, [0, 0]]])
  })

  it('go on without a worker that has left, and hand on the rest when the last one does', () => {
    const { seconds, seen } = follow(2)
    seconds.add(snapshot(0, 0))
    seconds.add(snapshot(0, 1))
    seconds.leave(1)
    expect(seen).toEqual([[0, [0]]])
    seconds.leave(0)
    expect(seen).toEqual([
      [0, [0]],
      [1, [0]],
    ])
  })

  it('go on without a worker that has told nothing for over 15 s, which is said once', () => {
    const { seconds, seen, silent } = follow(2)
    seconds.add(snapshot(1, 0))
    for (let second = 0; second < 16; second++) seconds.add(snapshot(0, second))
    expect([seen, silent]).toEqual([[], []])
    seconds.add(snapshot(0, 16))
    expect(silent).toEqual([[1, 0]])
    expect(seen.map(([second]) => second)).toEqual(Array.from({ length: 16 }, (_, second) => second))
    seconds.add(snapshot(0, 17))
    expect(seen.at(-1)).toEqual([16, [0]])
    expect(silent).toHaveLength(1)
  })

  it('wait for a worker again once it has spoken, and hand on what it told late', () => {
    const { seconds, seen } = follow(2)
    for (let second = 0; second <= 20; second++) seconds.add(snapshot(0, second))
    seconds.add(snapshot(1, 12))
    expect(seen.at(-1)).toEqual([19, [0]])
    seconds.add(snapshot(0, 21))
    seconds.add(snapshot(1, 21))
    expect(seen.slice(-2)).toEqual([
      [12, [1]],
      [20, [0]],
    ])
  })

  it('wait for a worker that catches up at once, as all do after a pause of the process', () => {
    const { seconds, seen, silent } = follow(2, 60_000)
    for (let second = 0; second <= 20; second++) seconds.add(snapshot(0, second))
    for (let second = 0; second <= 20; second++) seconds.add(snapshot(1, second))
    expect(silent).toEqual([])
    expect(seen).toEqual(Array.from({ length: 20 }, (_, second) => [second, [0, 1]]))
  })

  it('do not pile up while the only worker tells nothing', () => {
    const { seconds, seen } = follow(1)
    for (let second = 0; second <= 100; second++) seconds.add(snapshot(-1, second))
    expect(seen).toHaveLength(100)
  })
})
