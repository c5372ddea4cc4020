import { describe, expect, it } from 'vitest'
import { CHAT, chunk, COMPLETION, feed, finish } from '../__fixtures__/feed.ts'

const FINISH = { type: 'finish', reason: 'stop' }

const end = (index: number, reason = 'stop') => ({ choices: [{ index, delta: {}, finish_reason: reason }] })

describe('the finish part', () => {
  it.each(['stop', 'length', 'tool_calls', 'function_call', 'eos_token'])(
    'comes with finish_reason %s',
    (reason) => {
      expect(feed([finish(reason)])).toEqual([{ type: 'finish', reason }])
    },
  )

  it.each([[''], [null], [undefined], [7], [{}]])('does not come with finish_reason %j', (reason) => {
    expect(feed([finish(reason)])).toEqual([])
  })

  it('does not come from [DONE], with or without something after it', () => {
    expect(feed(['[DONE]', '[DONE] ', '[DONE]{"choices":[]}'])).toEqual([])
  })

  it('needs neither [DONE] nor usage after it (EMD)', () => {
    expect(feed([chunk({ content: 'Hi' }), finish('stop')]).at(-1)).toEqual(FINISH)
  })

  it('comes after text in the same chunk', () => {
    expect(feed([chunk({ content: '!' }, { finish_reason: 'stop' })])).toEqual([
      { type: 'text-delta', text: '!' },
      FINISH,
    ])
  })

  it('comes once, however often the server repeats it', () => {
    expect(feed([finish('stop'), finish('stop')])).toEqual([FINISH])
  })
})

describe('with several choices the finish part waits for the last of them', () => {
  const asked = { call: { ...CHAT, n: 3 } }

  it('in any order', () => {
    expect(feed([end(2), end(0)], asked)).toEqual([])
    expect(feed([end(2), end(0), end(1, 'length')], asked)).toEqual([{ type: 'finish', reason: 'length' }])
  })

  it('in one chunk', () => {
    expect(feed([{ choices: [0, 1, 2].flatMap((index) => end(index).choices) }], asked)).toEqual([FINISH])
  })

  it('one that ends twice is still one', () => {
    expect(feed([end(0), end(0), end(0)], asked)).toEqual([])
  })

  it('one that was aborted never ends', () => {
    expect(feed([end(0), end(1, 'abort'), end(2)], asked)).toEqual([
      { type: 'error', class: 'stream_error', code: 'abort', message: expect.any(String) },
    ])
  })

  it.each([
    [
      'n of the call over that of the client',
      { call: { ...CHAT, extra: { n: 2 } }, settings: { extra: { n: 5 } } },
    ],
    ['n of the client', { settings: { extra: { n: 2 } } }],
    ['a list of prompts', { call: { ...COMPLETION, extra: { prompt: ['a', 'b'] } } }],
    ['a list of token lists', { call: { ...COMPLETION, extra: { prompt: [[1], [2, 3]] } } }],
  ])('asked for by %s', (_, circumstances) => {
    expect(feed([end(0)], circumstances)).toEqual([])
    expect(feed([end(0), end(1)], circumstances)).toEqual([FINISH])
  })

  it('one list of tokens is one prompt', () => {
    expect(feed([end(0)], { call: { ...COMPLETION, extra: { prompt: [1, 2, 3] } } })).toEqual([FINISH])
  })
})

describe('finish reasons that are failures', () => {
  it.each(['abort', 'error'])('%s is an error and no finish', (reason) => {
    expect(feed([finish(reason)])).toEqual([
      { type: 'error', class: 'stream_error', code: reason, message: expect.stringContaining(reason) },
    ])
  })

  it('content_filter is an error, and the terminal mark too', () => {
    expect(feed([finish('content_filter')])).toEqual([
      { type: 'error', class: 'content_filter', code: 'content_filter', message: expect.any(String) },
      { type: 'finish', reason: 'content_filter' },
    ])
  })

  it('filter results without that finish are none', () => {
    const filtered = { content_filter_results: { hate: { filtered: false, severity: 'safe' } } }
    expect(feed([chunk({ content: 'Hi' }, filtered), finish('stop')])).toEqual([
      { type: 'text-delta', text: 'Hi' },
      FINISH,
    ])
  })
})
