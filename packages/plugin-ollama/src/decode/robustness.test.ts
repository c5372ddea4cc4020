import * as fc from 'fast-check'
import type { Part, ResponseHead } from 'loadbench/plugin'
import { describe, expect, it } from 'vitest'
import { CHAT, COMPLETION, EMBEDDING, feed, STREAM, WHOLE } from '../__fixtures__/feed.ts'

const HEADS: ResponseHead[] = [STREAM, WHOLE, { status: 302, headers: {} }, { status: 400, headers: {} }]
const circumstances = fc.tuple(fc.constantFrom(CHAT, COMPLETION, EMBEDDING), fc.constantFrom(...HEADS))

/** A line that holds every field the decoders read. */
const VALID = {
  model: 'm',
  error: null,
  message: {
    content: 'Hi',
    thinking: 'Hm',
    tool_calls: [{ id: 'a', function: { index: 0, name: 'f', arguments: { a: [1] } } }],
  },
  response: 'Hi',
  embeddings: [[1, 2], [3]],
  done: true,
  done_reason: 'stop',
  total_duration: 9e9,
  load_duration: 8e8,
  prompt_eval_count: 1,
  prompt_eval_duration: 2,
  eval_count: 3,
  eval_duration: 4,
}

/** The same line with the value at one place, however deep, put in another's stead. */
function replaced(value: unknown, place: () => number, by: unknown): unknown {
  if (typeof value !== 'object' || value === null || place() === 0) return by
  const entries = Object.entries(value)
  const chosen = place() % entries.length
  const copy = entries.map(([name, inner], at) => [name, at === chosen ? replaced(inner, place, by) : inner])
  return Array.isArray(value) ? copy.map(([, inner]) => inner) : Object.fromEntries(copy)
}

function expectSound(part: Part): void {
  switch (part.type) {
    case 'text-delta':
    case 'reasoning-delta':
      expect(part.text).not.toBe('')
      break
    case 'tool-delta':
      expect(typeof part.arguments).toBe('string')
      break
    case 'usage':
    case 'server-timing': {
      const amounts = Object.values(part).filter((value) => value !== part.type)
      expect(amounts).not.toEqual([])
      for (const amount of amounts) expect(amount).toBeGreaterThanOrEqual(0)
      break
    }
    case 'embedding':
      for (const number of part.vector) expect(typeof number).toBe('number')
      break
    case 'finish':
      expect(part.reason).not.toBe('')
      break
    case 'error':
    case 'warning':
      expect(part.message).not.toBe('')
  }
}

describe('whatever comes', () => {
  it('any text is read without a throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), circumstances, (data, [call, head]) => {
        feed([data], call, head).forEach(expectSound)
      }),
    )
  })

  it('a line with any value at any place is read without a throw, and gives sound parts', () => {
    const values = fc.oneof(fc.jsonValue(), fc.constantFrom('', -1, 1e308, null, [], {}, true))
    const places = fc.infiniteStream(fc.nat(20))
    fc.assert(
      fc.property(places, values, circumstances, (stream, value, [call, head]) => {
        const line = replaced(VALID, () => stream.next().value ?? 0, value)
        feed([line, VALID], call, head).forEach(expectSound)
      }),
      { numRuns: 500 },
    )
  })

  it('brackets nested without end are an error', () => {
    const deep = `{"error":${'['.repeat(200_000)}${']'.repeat(200_000)}}`
    expect(feed([deep])).toMatchObject([{ type: 'error' }])
  })
})
