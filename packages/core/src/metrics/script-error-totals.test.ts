import { describe, expect, it } from 'vitest'
import type { ScriptErrorDelta } from '../model/snapshot.ts'
import { snapshot } from './__fixtures__/recorded.ts'
import { Totals } from './totals.ts'

const delta = (scenario: string, text: string, count: number): ScriptErrorDelta => ({
  kind: 'iteration',
  scenario,
  count,
  messages: [{ text, count }],
  stacks: [{ text, stack: `${text}\n    at a.ts:1` }],
})

describe('what a script threw', () => {
  it('is counted by scenario and message, over workers and seconds, in whatever order they come', () => {
    const snapshots = [
      snapshot(0, 0, { scriptErrors: [delta('chat', 'Error: no', 3), delta('spike', 'Error: no', 1)] }),
      snapshot(1, 0, { scriptErrors: [delta('chat', 'Error: no', 4)] }),
      snapshot(0, 1, { scriptErrors: [delta('chat', 'Error: never', 1)] }),
    ]
    for (const order of [snapshots, snapshots.toReversed()]) {
      const totals = new Totals()
      for (const one of order) totals.merge(one)
      expect(totals.scriptErrors.summaries()).toEqual([
        {
          kind: 'iteration',
          scenario: 'chat',
          count: 8,
          messages: [
            { message: 'Error: no', count: 7, stack: 'Error: no\n    at a.ts:1' },
            { message: 'Error: never', count: 1, stack: 'Error: never\n    at a.ts:1' },
          ],
          others: 0,
        },
        {
          kind: 'iteration',
          scenario: 'spike',
          count: 1,
          messages: [{ message: 'Error: no', count: 1, stack: 'Error: no\n    at a.ts:1' }],
          others: 0,
        },
      ])
    }
  })
})
