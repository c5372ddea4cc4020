import { describe, expect, it } from 'vitest'
import { COMPLETION, feed, WHOLE } from '../__fixtures__/feed.ts'

const chunk = (text: unknown, rest: Readonly<Record<string, unknown>> = {}) => ({
  object: 'text_completion',
  choices: [{ index: 0, text, logprobs: null, finish_reason: null, ...rest }],
})
const read = (frames: readonly unknown[], head?: typeof WHOLE) =>
  feed(frames, { call: COMPLETION, ...(head && { head }) })

describe('completions', () => {
  it('text comes in `text`', () => {
    expect(
      read([chunk('When'), chunk(' in'), chunk(' Rome', { finish_reason: 'length' }), '[DONE]']),
    ).toEqual([
      { type: 'text-delta', text: 'When' },
      { type: 'text-delta', text: ' in' },
      { type: 'text-delta', text: ' Rome' },
      { type: 'finish', reason: 'length' },
    ])
  })

  it("TGI's empty finish_reason is none", () => {
    expect(read([chunk('a', { finish_reason: '' })])).toEqual([{ type: 'text-delta', text: 'a' }])
  })

  it.each<[string, Record<string, unknown>]>([
    ['logprobs', { logprobs: { tokens: ['Wh', 'en'], token_logprobs: [-1, -1] } }],
    ['token_ids', { token_ids: [5, 6] }],
  ])('exact token counts from %s', (_, rest) => {
    expect(read([chunk('When', rest)])).toEqual([{ type: 'text-delta', text: 'When', tokens: 2 }])
  })

  it('in one piece', () => {
    const answer = {
      ...chunk('When in Rome', { finish_reason: 'stop' }),
      usage: { prompt_tokens: 1, completion_tokens: 3 },
    }
    expect(read([answer], WHOLE)).toEqual([
      { type: 'text-delta', text: 'When in Rome' },
      { type: 'finish', reason: 'stop' },
      { type: 'usage', inputTokens: 1, outputTokens: 3 },
    ])
  })

  it.each([[null], [''], [7], [undefined], [{}]])('text %j is none', (text) => {
    expect(read([chunk(text)])).toEqual([])
  })
})
