import type { Call, Part, ResponseHead } from 'loadbench/plugin'
import { describe, expect, it } from 'vitest'
import {
  CHAT,
  chunk,
  details,
  GENERATE,
  last,
  STREAM,
  token,
  usageChunk,
  WHOLE,
} from '../__fixtures__/wire.ts'
import { tgiPlugin } from '../plugin.ts'

/** The parts of frames, in order. A frame that is no text is written as JSON. */
function feed(frames: readonly unknown[], head: ResponseHead = STREAM, call: Call = GENERATE): Part[] {
  const decode = tgiPlugin().decoder(head, call)
  return frames.flatMap((data) => decode({ data: typeof data === 'string' ? data : JSON.stringify(data) }))
}

describe('an event is one token', () => {
  it.each<[string, object, string]>([
    ['with text', token(1, 'Deep'), 'Deep'],
    ['of white space', token(1, ' '), ' '],
    ['that is special: generated, but no text', token(1, '<|eot|>', true), ''],
    ['that ends amid a character', token(1, ''), ''],
    ['without a text', { index: 1, token: { id: 1 }, generated_text: null }, ''],
    ['of DJL, with its own name for the probability', { token: { id: 1, text: 'Hi', log_prob: -1 } }, 'Hi'],
  ])('%s', (_, event, text) => {
    expect(feed([event])).toEqual([{ type: 'text-delta', text, tokens: 1 }])
  })

  it('whatever stands in its top tokens', () => {
    expect(feed([{ ...token(1, 'a'), top_tokens: [{ text: 'b' }] }])).toHaveLength(1)
  })

  it.each(['', '[DONE]', {}, { index: 1, token: null, generated_text: null }])('and %j is none', (event) => {
    expect(feed([event])).toEqual([])
  })
})

describe('the end', () => {
  it('comes with generated_text, after the last token and the counts', () => {
    expect(feed([last(2, '!', 'Hi!', details('length', 2, 6))])).toEqual([
      { type: 'text-delta', text: '!', tokens: 1 },
      { type: 'usage', inputTokens: 6, outputTokens: 2 },
      { type: 'finish', reason: 'length' },
    ])
  })

  it('comes with an empty generated_text too', () => {
    expect(feed([last(1, '</s>', '', null, true)]).at(-1)).toEqual({ type: 'finish', reason: 'unknown' })
  })

  it('does not come with details alone, nor with [DONE]', () => {
    const event = { ...token(1, 'Hi'), details: details('length', 1, 1) }
    expect(feed([event, '[DONE]']).map(({ type }) => type)).toEqual(['text-delta'])
  })

  it.each<[string, unknown, object[]]>([
    [
      'no input length (before version 2.4)',
      { finish_reason: 'length', generated_tokens: 2 },
      [{ outputTokens: 2 }],
    ],
    ['counts that are none', { finish_reason: 'length', generated_tokens: '2', input_length: -1 }, []],
    ['no details', null, []],
  ])('with %s: what is missing stays missing', (_, said, usage) => {
    const parts = feed([{ ...token(1, 'Hi'), generated_text: 'Hi', details: said }])
    expect(parts.filter(({ type }) => type === 'usage')).toEqual(
      usage.map((one) => ({ type: 'usage', ...one })),
    )
  })
})

describe('the headers of an answer in one piece', () => {
  const answer = { generated_text: 'Hi' }
  const chatAnswer = {
    choices: [{ index: 0, message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }],
  }
  const timed = (headers: Record<string, string>): ResponseHead => ({
    status: 200,
    headers: { ...WHOLE.headers, ...headers },
  })
  const timings = (head: ResponseHead, body: unknown, call: Call = GENERATE) =>
    feed([body], head, call).filter(({ type }) => type === 'server-timing')

  it.each([
    ['of generate', answer, GENERATE],
    ['of a chat', chatAnswer, CHAT],
  ])('%s tell the times of the server, in ms', (_, body, call) => {
    const head = timed({ 'x-queue-time': '0', 'x-inference-time': '510', 'x-total-time': '512' })
    expect(timings(head, body, call)).toEqual([
      { type: 'server-timing', queue: 0, inference: 510, total: 512 },
    ])
  })

  it.each([[''], ['fast'], ['1, 2'], ['-1']])('that say %j say nothing', (time) => {
    expect(timings(timed({ 'x-total-time': time }), answer)).toEqual([])
  })

  it('count the tokens where no details do', () => {
    const head = timed({ 'x-prompt-tokens': '6', 'x-generated-tokens': '3' })
    const usages = [answer, { ...answer, details: { finish_reason: 'length', generated_tokens: 4 } }].map(
      (body) => feed([body], head).find(({ type }) => type === 'usage'),
    )
    expect(usages).toEqual([
      { type: 'usage', inputTokens: 6, outputTokens: 3 },
      { type: 'usage', inputTokens: 6, outputTokens: 4 },
    ])
  })

  it('are not looked for in a stream, which has none', () => {
    const head = { ...STREAM, headers: { ...STREAM.headers, 'x-total-time': '5', 'x-generated-tokens': '7' } }
    expect(feed([last(1, 'Hi', 'Hi', null)], head)).not.toContainEqual(
      expect.objectContaining({ type: 'server-timing' }),
    )
  })
})

describe('what is no answer', () => {
  it.each(['[]', 'null', '"text"', '{"generated_text":null}', '{}', '<html>'])('in one piece: %s', (body) => {
    expect(feed([body], WHOLE)).toEqual([expect.objectContaining({ type: 'error', class: 'malformed' })])
  })

  it.each(['7', '[]', '{"index":1', 'null'])('in a stream: %s', (data) => {
    expect(feed([data])).toEqual([expect.objectContaining({ type: 'error', class: 'malformed' })])
  })

  it.each([
    ['a text', 'Model is overloaded', 'Model is overloaded'],
    ['an object', { why: 'x' }, '{"why":"x"}'],
    ['empty', '', '""'],
  ])('an error that is %s has a message', (_, error, message) => {
    for (const head of [STREAM, WHOLE]) {
      expect(feed([{ error }], head)).toEqual([expect.objectContaining({ type: 'error', message })])
    }
  })

  it('redirects are not followed', () => {
    const head = { status: 307, headers: { location: 'http://elsewhere/' } }
    expect(feed(['moved'], head)).toEqual([expect.objectContaining({ type: 'error', code: '307' })])
  })
})

describe('the Messages API', () => {
  it('repeats the role on every delta, which is no content', () => {
    expect(feed([chunk({}), chunk({ content: 'Hi' })], STREAM, CHAT)).toEqual([
      { type: 'text-delta', text: 'Hi' },
    ])
  })

  it('ends with one finish reason, whatever n asked for', () => {
    const parts = feed([chunk({ content: '' }, { finish_reason: 'stop' })], STREAM, { ...CHAT, n: 4 })
    expect(parts).toEqual([{ type: 'finish', reason: 'stop' }])
  })

  it('counts on a chunk of its own', () => {
    expect(feed([usageChunk(12, 3)], STREAM, CHAT)).toEqual([
      { type: 'usage', inputTokens: 12, outputTokens: 3 },
    ])
  })

  it('says [DONE] after an error, which ends nothing', () => {
    const parts = feed(
      [{ error: { message: 'Model is overloaded', http_status_code: 422 } }, '[DONE]'],
      STREAM,
      CHAT,
    )
    expect(parts).toEqual([expect.objectContaining({ type: 'error', class: 'overloaded' })])
  })
})
