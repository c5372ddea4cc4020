import type { Part } from 'loadbench/plugin'
import { describe, expect, it } from 'vitest'
import { CHAT, chunk, COMPLETION, feed, finish, WHOLE } from '../__fixtures__/feed.ts'

const counted = (frame: unknown, tokens: number | undefined) => ({
  ...(frame as object),
  ...(tokens === undefined
    ? {}
    : { usage: { prompt_tokens: 9, completion_tokens: tokens, total_tokens: 9 + tokens } }),
})
const text = (content: string, tokens?: number) => counted(chunk({ content }), tokens)
const last = (tokens: number) => counted({ choices: [] }, tokens)

/** The tokens of each delta; `undefined` where it says none. */
const tokensOf = (parts: readonly Part[]) =>
  parts.flatMap((part) =>
    part.type === 'text-delta' || part.type === 'reasoning-delta' ? [part.tokens] : [],
  )
const sum = (parts: readonly Part[]) =>
  tokensOf(parts).reduce<number>((total, tokens) => total + (tokens ?? 0), 0)

describe('usage on every chunk gives the tokens of each', () => {
  it.each<[string, unknown[], (number | undefined)[]]>([
    [
      'from 0 with the role on (vLLM)',
      [counted(chunk({ role: 'assistant', content: '' }), 0), text('a', 1), text('b', 2), last(2)],
      [1, 1],
    ],
    ['from the first text on', [text('a', 1), text('b', 2)], [1, 1]],
    ['several at once (speculative decoding)', [text('ab', 3), text('cd', 7)], [3, 4]],
    ['reasoning too', [counted(chunk({ reasoning: 'hm' }), 2), text('a', 3)], [2, 1]],
    ['text that brings no new token', [text('a', 2), text('b', 2)], [2, 0]],
    ['a token without text', [text('a', 1), text('', 2), text('b', 3)], [1, 1, 1]],
    ['the end of sequence on the finish chunk', [text('a', 1), counted(finish('stop'), 2), last(2)], [1, 1]],
    ['more on the last chunk than before', [text('a', 1), last(3)], [1, 2]],
    [
      'a chunk without one: its tokens come with the next',
      [text('a', 1), text('b'), text('c', 4)],
      [1, undefined, 3],
    ],
    ['a count that falls adds nothing', [text('a', 5), text('b', 3), text('c', 6)], [5, 0, 1]],
    ['one chunk for everything', [counted(chunk({ content: 'abc' }, { finish_reason: 'stop' }), 3)], [3]],
  ])('%s', (_, frames, expected) => {
    expect(tokensOf(feed(frames))).toEqual(expected)
  })

  it('in completions as in chat', () => {
    const frames = ['a', 'b'].map((each, place) =>
      counted({ choices: [{ index: 0, text: each }] }, 2 * (place + 1)),
    )
    expect(tokensOf(feed(frames, { call: COMPLETION }))).toEqual([2, 2])
  })

  it('of a tool call it stands on an empty delta', () => {
    const call = chunk({ tool_calls: [{ index: 0, function: { name: 'f', arguments: '{}' } }] })
    expect(tokensOf(feed([counted(call, 4), counted(finish('tool_calls'), 5)]))).toEqual([4, 1])
  })

  it('goes before logprobs, which are not added to it', () => {
    const frame = (tokens: number) =>
      counted(chunk({ content: 'ab' }, { logprobs: { content: [{}] } }), tokens)
    expect(tokensOf(feed([frame(2), frame(4)]))).toEqual([2, 2])
  })

  it('adds up to the final count, whatever came in between', () => {
    const frames = [
      counted(chunk({ role: 'assistant' }), 0),
      text('a', 2),
      text('b'),
      text('', 5),
      text('c'),
      last(9),
    ]
    expect(sum(feed(frames))).toBe(9)
  })
})

describe('usage that comes once is no running count', () => {
  it.each<[string, unknown[]]>([
    ['on the finish chunk (DeepSeek, Mistral, Groq)', [text('a'), text('b'), counted(finish('stop'), 2)]],
    ['on a chunk of its own', [text('a'), text('b'), last(2)]],
    ['that stays 0 until the end (Ollama)', [text('a', 0), text('b', 0), counted(finish('stop'), 2)]],
  ])('%s', (_, frames) => {
    expect(tokensOf(feed(frames))).toEqual([undefined, undefined])
  })

  it('after a tool call', () => {
    const call = chunk({ tool_calls: [{ index: 0, function: { name: 'f', arguments: '{}' } }] })
    expect(tokensOf(feed([call, counted(finish('tool_calls'), 5)]))).toEqual([])
  })

  it('after logprobs, which have counted already', () => {
    const frame = chunk({ content: 'ab' }, { logprobs: { content: [{}, {}] } })
    expect(tokensOf(feed([frame, counted(finish('stop'), 2)]))).toEqual([2])
  })

  it('in an answer that came in one piece', () => {
    const body = counted({ choices: [{ index: 0, message: { content: 'ab' }, finish_reason: 'stop' }] }, 2)
    expect(tokensOf(feed([body], { head: WHOLE }))).toEqual([undefined])
  })

  it('of several choices: servers differ in whether they are counted together', () => {
    expect(tokensOf(feed([text('a', 1), text('b', 2)], { call: { ...CHAT, n: 2 } }))).toEqual([
      undefined,
      undefined,
    ])
  })
})

describe('an echoed prompt is not counted among what was generated', () => {
  it.each([
    [true, undefined],
    [false, 3],
  ])('echo %j', (echo, tokens) => {
    const frame = { choices: [{ index: 0, text: 'Once upon', logprobs: { tokens: ['On', 'ce', ' upon'] } }] }
    expect(tokensOf(feed([frame], { call: { ...COMPLETION, extra: { echo } } }))).toEqual([tokens])
  })
})
