import { describe, expect, it } from 'vitest'
import { recorded, REQUESTS, TTFT, VUS } from './__fixtures__/recorded.ts'
import { Parts } from './parts.ts'
import { Totals } from './totals.ts'

const one = (tags: Record<string, string>) => ({ metric: TTFT, value: 1, tags })

describe('the parts of the results', () => {
  it('are the scenarios of the plan, then the values seen of each tag, as a person counts', () => {
    const parts = new Parts(['spike', 'soak'], ['turn', 'model'])
    parts.observe(recorded(0, 0, [one({ turn: '10' }), one({ turn: '2', model: 'b' }), one({ model: 'a' })]))
    expect(parts.list()).toEqual([
      { label: 'scenario spike', tags: { scenario: 'spike' } },
      { label: 'scenario soak', tags: { scenario: 'soak' } },
      { label: 'turn 2', tags: { turn: '2' } },
      { label: 'turn 10', tags: { turn: '10' } },
      { label: 'model a', tags: { model: 'a' } },
      { label: 'model b', tags: { model: 'b' } },
    ])
  })

  it('are told when they are new', () => {
    const parts = new Parts(['spike'], ['turn'])
    const labels = (turns: readonly string[]) =>
      parts
        .observe(
          recorded(
            0,
            0,
            turns.map((turn) => one({ turn })),
          ),
        )
        .map(({ label }) => label)
    expect(labels(['1', '2', '1'])).toEqual(['turn 1', 'turn 2'])
    expect(labels(['2', '3'])).toEqual(['turn 3'])
  })

  it('name a scenario once, also where somebody asks for the tag', () => {
    expect(new Parts(['spike'], ['scenario']).list()).toHaveLength(1)
  })

  it('take in every series with their value, but none that stands apart', () => {
    const parts = new Parts(['spike'], ['turn'])
    parts.observe(recorded(0, 0, [one({ turn: '1' })]))
    const labels = (tags: Record<string, string>) => parts.of(tags).map(({ label }) => label)
    expect(labels({ scenario: 'spike', turn: '1', model: 'x' })).toEqual(['scenario spike', 'turn 1'])
    expect(labels({ scenario: 'spike', turn: '1', outcome: 'broken' })).toEqual([])
    expect(labels({ scenario: 'other', turn: '7' })).toEqual([])
  })

  it('are at most fifty of a tag; the others are counted', () => {
    const parts = new Parts([], ['user'])
    const users = Array.from({ length: 53 }, (_, user) => one({ user: String(user) }))
    parts.observe(recorded(0, 0, users))
    expect(parts.list()).toHaveLength(50)
    expect(parts.overfull).toEqual([{ tag: 'user', left: 3 }])
  })

  it('tell which tags nothing had', () => {
    const parts = new Parts([], ['modle'])
    parts.observe(recorded(0, 0, [one({ model: 'a' })]))
    expect(parts.unseen).toEqual(['modle'])
  })
})

describe('a part that is kept from the moment its first value comes', () => {
  it('adds up exactly, gauges included', () => {
    const parts = new Parts([], ['pool'])
    const totals = new Totals()
    const add = (shard: number, second: number, value: number) => {
      const snapshot = recorded(shard, second, [
        { metric: VUS, value, tags: { pool: 'a' } },
        { metric: REQUESTS, value, tags: { pool: 'a' } },
        { metric: REQUESTS, value: 100, tags: { pool: 'b' } },
      ])
      for (const { tags } of parts.observe(snapshot)) totals.keep(tags)
      totals.merge(snapshot)
    }
    for (const [shard, second, value] of [
      [0, 0, 3],
      [1, 0, 4],
      [0, 1, 1],
      [1, 1, 1],
    ] as const)
      add(shard, second, value)
    const vus = totals.select('vus', { pool: 'a' })
    expect(['value', 'min', 'max'].map((name) => vus?.value(name, 2_000))).toEqual([2, 2, 7])
    expect(totals.select('requests', { pool: 'a' })?.value('count', 2_000)).toBe(9)
  })
})
