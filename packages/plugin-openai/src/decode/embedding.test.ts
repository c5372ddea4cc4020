import * as fc from 'fast-check'
import type { Call } from 'loadbench/plugin'
import { describe, expect, it } from 'vitest'
import { feed, WHOLE } from '../__fixtures__/feed.ts'

const call: Extract<Call, { kind: 'embedding' }> = { kind: 'embedding', model: 'm', input: 'Hi' }
const two: typeof call = { ...call, input: ['Hi', 'there'] }
const read = (body: unknown, asked = call) => feed([body], { head: WHOLE, call: asked })
const list = (...data: unknown[]) => ({ object: 'list', data })
const FINISH = { type: 'finish', reason: 'stop' }

describe('embeddings', () => {
  it('are one vector per input, with the tokens of the input', () => {
    const body = {
      ...list({ index: 1, embedding: [3, 4] }, { index: 0, embedding: [1, -0.5] }),
      usage: { prompt_tokens: 5, completion_tokens: 0, total_tokens: 5 },
    }
    expect(read(body, two)).toEqual([
      { type: 'embedding', index: 1, vector: [3, 4] },
      { type: 'embedding', index: 0, vector: [1, -0.5] },
      { type: 'usage', inputTokens: 5 },
      FINISH,
    ])
  })

  it('without an index stand in the order of their inputs', () => {
    expect(read(list({ embedding: [1] }, { embedding: [2] }), two)).toEqual([
      { type: 'embedding', index: 0, vector: [1] },
      { type: 'embedding', index: 1, vector: [2] },
      FINISH,
    ])
  })

  it('in base64 are 32-bit floats, the least significant byte first', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ noNaN: true }), { minLength: 1 }), (numbers) => {
        const view = new DataView(new ArrayBuffer(numbers.length * 4))
        for (const [place, number] of numbers.entries()) view.setFloat32(place * 4, number, true)
        const embedding = Buffer.from(view.buffer).toString('base64')
        expect(read(list({ index: 0, embedding }))).toEqual([
          { type: 'embedding', index: 0, vector: numbers },
          FINISH,
        ])
      }),
    )
  })

  it.each<[string, typeof call]>([
    ['a text', call],
    ['a list of tokens', { ...call, extra: { input: [1, 2, 3] } }],
    ['a list with one list of tokens', { ...call, extra: { input: [[1, 2]] } }],
  ])('of %s are one', (_, asked) => {
    expect(read(list({ index: 0, embedding: [1] }), asked)).toContainEqual(FINISH)
  })
})

describe('what is no embedding', () => {
  it.each<[string, unknown]>([
    ['no list', { object: 'list' }],
    ['an empty list', list()],
    ['no entry', list(null)],
    ['no vector', list({ index: 0 })],
    ['an empty vector', list({ index: 0, embedding: [] })],
    ['a vector of null', list({ index: 0, embedding: [1, null] })],
    ['half a float', list({ index: 0, embedding: 'AAAA' })],
    ['empty text', list({ index: 0, embedding: '' })],
  ])('%s', (_, body) => {
    expect(read(body)).toEqual([{ type: 'error', class: 'malformed', message: expect.any(String) }])
  })

  it('fewer than asked for', () => {
    expect(read(list({ index: 0, embedding: [1] }), two)).toEqual([
      { type: 'error', class: 'malformed', message: expect.stringContaining('1 embeddings for 2 inputs') },
    ])
  })

  it('an error under 200', () => {
    expect(read({ error: 'upstream gone' })).toEqual([{ type: 'error', message: 'upstream gone' }])
  })
})
