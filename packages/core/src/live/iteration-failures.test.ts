import { describe, expect, it } from 'vitest'
import { IterationFailures } from './iteration-failures.ts'

describe('failed iterations of several workers', () => {
  it('are told once of each kind, and counted over all workers', () => {
    const failures = new IterationFailures()
    expect(failures.first('chat', 'TypeError: no\n  at a.ts:1')).toBe(
      'an iteration of chat failed: TypeError: no\n  at a.ts:1',
    )
    expect(failures.first('chat', 'TypeError: no\n  at a.ts:1')).toBeUndefined()
    expect(failures.first('spike', 'TypeError: no\n  at a.ts:1')).toContain('of spike failed')
    failures.add([{ scenario: 'chat', text: 'TypeError: no\n  at a.ts:1', count: 3 }], 0)
    failures.add(
      [
        { scenario: 'chat', text: 'TypeError: no\n  at a.ts:1', count: 4 },
        { scenario: 'spike', text: 'TypeError: no\n  at a.ts:1', count: 1 },
      ],
      2,
    )
    expect(failures.lines()).toEqual([
      '7 iterations of chat failed like this: TypeError: no',
      '2 iterations failed in other ways',
    ])
  })

  it('are counted together where there are too many kinds', () => {
    const failures = new IterationFailures()
    const kinds = Array.from({ length: 12 }, (_, index) => ({
      scenario: 'a',
      text: `Error: ${index}`,
      count: 1,
    }))
    expect(kinds.filter(({ text }) => failures.first('a', text) !== undefined)).toHaveLength(10)
    failures.add(kinds, 5)
    expect(failures.lines()).toEqual(['7 iterations failed in other ways'])
  })
})
