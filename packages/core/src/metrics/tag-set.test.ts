import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TagSets } from './tag-set.ts'

const tags = fc.dictionary(
  fc.constantFrom('model', 'scenario', 'name', 'region'),
  fc.constantFrom('a', 'b', 'c'),
)

describe('equal tags', () => {
  it('are one object, whatever the order they came in', () => {
    fc.assert(
      fc.property(tags, fc.integer(), (given, seed) => {
        const { root } = new TagSets()
        const shuffled = Object.entries(given).toSorted(
          ([a], [b]) => ((a.length + seed) % 3) - ((b.length + seed) % 3) || (a < b ? 1 : -1),
        )
        let stepwise = root
        for (const [name, value] of shuffled) stepwise = stepwise.with(name, value)
        expect(stepwise).toBe(root.withAll(given))
        expect(root.withAll(Object.fromEntries(shuffled))).toBe(root.withAll({ ...given }))
        expect(stepwise.tags).toEqual(given)
      }),
    )
  })

  it('are found again whether a tag was there before or is replaced', () => {
    const { root } = new TagSets()
    const one = root.with('model', 'a')
    expect(one.with('model', 'a')).toBe(one)
    expect(one.with('model', 'b').with('model', 'a')).toBe(one)
    expect(one.withAll({})).toBe(one)
    expect(one.withAll({ model: 'b', name: 'x' }).tags).toEqual({ model: 'b', name: 'x' })
  })
})

describe('over the bound', () => {
  it('a new set counts under its scenario, known ones stay as they are', () => {
    const sets = new TagSets(3)
    const spike = sets.root.with('scenario', 'spike')
    const first = spike.with('user', '1')
    const second = spike.with('user', '2')
    expect(spike.with('user', '3')).toBe(spike)
    expect(spike.with('user', '4').tags).toEqual({ scenario: 'spike' })
    expect(spike.with('user', '1')).toBe(first)
    expect(spike.with('user', '2')).toBe(second)
    expect(sets.root.with('user', '5')).toBe(sets.root)
  })

  it('scenarios still have a set of their own', () => {
    const sets = new TagSets(1)
    sets.root.with('user', '1')
    expect(sets.root.withAll({ scenario: 'late', user: '2' }).tags).toEqual({ scenario: 'late' })
  })

  it('tags that keep values apart are never folded into the plain metric', () => {
    const sets = new TagSets(1)
    sets.root.with('user', '1')
    const folded = sets.root.withAll({ scenario: 'a', user: '2', outcome: 'broken' })
    expect(folded.tags).toEqual({ scenario: 'a', outcome: 'broken' })
  })

  it('each folded set is counted once', () => {
    const sets = new TagSets(0)
    for (let round = 0; round < 3; round++) for (const user of ['1', '2']) sets.root.with('user', user)
    expect(sets.takeFolded()).toBe(2)
    sets.root.with('user', '1')
    expect(sets.takeFolded()).toBe(0)
  })

  it('a hundred thousand different sets take no more room than the bound', () => {
    const sets = new TagSets(50)
    const found = new Set<unknown>()
    for (let id = 0; id < 100_000; id++) found.add(sets.root.withAll({ scenario: 'a', request: String(id) }))
    expect(found.size).toBeLessThanOrEqual(51)
    expect(sets.takeFolded()).toBeGreaterThan(1_000)
  })

  it('tags given at once count as one set, not as one for each tag', () => {
    const sets = new TagSets(2)
    expect(sets.root.withAll({ a: '1', b: '1', c: '1' }).tags).toEqual({ a: '1', b: '1', c: '1' })
    expect(sets.root.withAll({ a: '2', b: '2', c: '2' }).tags).toEqual({ a: '2', b: '2', c: '2' })
    expect(sets.root.withAll({ a: '3', b: '3', c: '3' })).toBe(sets.root)
  })
})
