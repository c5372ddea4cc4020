import { describe, expect, it } from 'vitest'
import type { ErrorDelta } from '../model/snapshot.ts'
import type { Tags } from '../model/tags.ts'
import { snapshot } from './__fixtures__/recorded.ts'
import { Totals } from './totals.ts'

function failures(count: number, text: string, scenario: string, tags?: Tags): ErrorDelta {
  return {
    class: 'timeout',
    scenario,
    ...(tags && { tags }),
    count,
    example: { class: 'timeout', message: text },
    messages: [{ text, count }],
  }
}

function totalsOf(kept: readonly Tags[], ...seconds: readonly (readonly ErrorDelta[])[]): Totals {
  const totals = new Totals()
  for (const tags of kept) totals.keep(tags)
  for (const [second, errors] of seconds.entries()) totals.merge(snapshot(0, second, { errors }))
  return totals
}

const A = { scenario: 'a' }
const B = { scenario: 'b' }
const TURN = { turn: '2' }

describe('failures by part', () => {
  it('are those of a scenario, or of a value of a tag, with their messages', () => {
    const totals = totalsOf(
      [A, B, TURN],
      [failures(3, 'late', 'a', { turn: '1' }), failures(2, 'later', 'a', { turn: '2' })],
      [failures(4, 'late', 'b', { turn: '2' })],
    )
    expect(totals.errors.summaries()[0]?.parts).toEqual([
      {
        tags: A,
        count: 5,
        messages: [
          { message: 'late', count: 3 },
          { message: 'later', count: 2 },
        ],
      },
      { tags: B, count: 4, messages: [{ message: 'late', count: 4 }] },
      {
        tags: TURN,
        count: 6,
        messages: [
          { message: 'late', count: 4 },
          { message: 'later', count: 2 },
        ],
      },
    ])
  })

  it('say 0 of a part without any, and nothing of a tag they were not told apart by', () => {
    const totals = totalsOf([A, B, TURN], [failures(3, 'late', 'a')])
    expect(totals.errors.summaries()[0]?.parts.map(({ tags, count }) => [tags, count])).toEqual([
      [A, 3],
      [B, 0],
    ])
  })

  it('name messages as the whole does', () => {
    const many = Array.from({ length: 15 }, (_, index) => failures(1, `refused ${index}`, 'a'))
    const more = Array.from({ length: 15 }, (_, index) => failures(1, `refused ${index + 15}`, 'b'))
    const [error] = totalsOf([A, B], many, more).errors.summaries()
    expect(error?.messages).toEqual([{ message: 'refused #', count: 30 }])
    expect(error?.parts.map(({ messages }) => messages)).toEqual([
      [{ message: 'refused #', count: 15 }],
      [{ message: 'refused #', count: 15 }],
    ])
  })
})
