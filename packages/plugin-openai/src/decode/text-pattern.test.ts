import * as fc from 'fast-check'
import type { Part } from 'loadbench/plugin'
import { decodeResponse } from 'loadbench/testing'
import { describe, expect, it } from 'vitest'
import { CHAT, STREAM } from '../__fixtures__/feed.ts'
import { openaiPlugin } from '../plugin.ts'
import { textPatternOf } from './text-pattern.ts'

const frame = (content: unknown, more: object = {}) =>
  JSON.stringify({
    id: 'c-1',
    model: 'm',
    choices: [{ index: 0, delta: { content }, finish_reason: null }],
    ...more,
  })
const text = (said: string): readonly Part[] => [{ type: 'text-delta', text: said }]

describe('the pattern of an answer’s frames', () => {
  it.each(['text-delta', 'reasoning-delta'] as const)(
    'is what stands before and behind the text of one of them (%s)',
    (type) => {
      const pattern = textPatternOf(frame(' one'), [{ type, text: ' one' }])
      expect(pattern?.type).toBe(type)
      expect(`${pattern?.before} two${pattern?.after}`).toBe(frame(' two'))
    },
  )

  it.each([
    ['the text stands twice', frame(' one', { user: ' one' }), text(' one')],
    ['the text could be written in several ways', frame('/'), text('/')],
    [
      'it held more than a text',
      frame(' one'),
      [...text(' one'), { type: 'finish', reason: 'stop' } as const],
    ],
    ['it held nothing', frame(''), []],
    ['its tokens were counted', frame(' one'), [{ type: 'text-delta', text: ' one', tokens: 1 } as const]],
  ])('is not learnt from a frame where %s', (_, data, parts) => {
    expect(textPatternOf(data, parts)).toBeUndefined()
  })

  it('is told for a stream, from its first plain frame on, and not for ever', () => {
    const told: unknown[] = []
    const decode = openaiPlugin().decoder(STREAM, CHAT, (pattern) => told.push(pattern))
    decode({ data: frame('/') })
    expect(told).toHaveLength(0)
    for (let count = 0; count < 20; count += 1) decode({ data: frame(' one', { created: count }) })
    expect(told).toHaveLength(4)
  })

  it.each([
    ['a named event', { data: frame(' one'), event: 'message' }, STREAM],
    [
      'an answer in one piece',
      { data: frame(' one') },
      { status: 200, headers: { 'content-type': 'application/json' } },
    ],
  ])('is not told of %s', (_, given, head) => {
    const told: unknown[] = []
    openaiPlugin().decoder(head, CHAT, (pattern) => told.push(pattern))(given)
    expect(told).toEqual([])
  })
})

describe('an answer whose frames are read by their pattern', () => {
  const words = fc.constantFrom(
    ' one',
    'two',
    ' one',
    'index',
    'c-1',
    '\n',
    '"',
    '\\',
    'é',
    '',
    'a longer piece of text',
  )
  const frames = fc.oneof(
    { weight: 6, arbitrary: words.map((word) => frame(word)) },
    words.map((word) => frame(word, { usage: { completion_tokens: 3 } })),
    words.map((word) => frame(word, { model: word })),
    words.map((word) => JSON.stringify({ choices: [{ index: 0, delta: { reasoning: word } }] })),
    fc.constant(JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })),
    fc.constantFrom('{', '[]', '{"error":{"message":"no"}}'),
  )

  it('says what one says whose every frame is parsed', () => {
    fc.assert(
      fc.property(fc.array(frames, { maxLength: 30 }), (list) => {
        const chunks = list.map((data) => Buffer.from(`data: ${data}\n\n`))
        const told = decodeResponse(openaiPlugin(), STREAM, chunks, CHAT).parts
        const parsed = openaiPlugin().decoder(STREAM, CHAT)
        expect(told).toEqual(list.flatMap((data) => parsed({ data })))
      }),
      { numRuns: 500 },
    )
  })
})
