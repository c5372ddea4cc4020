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

function follow(shards: number) {
  const seen: [second: number, shards: number[]][] = []
  const seconds = new Seconds(shards, (second, snapshots) =>
    seen.push([second, snapshots.map(({ shard }) => shard)]),
  )
  return { seconds, seen }
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
})
