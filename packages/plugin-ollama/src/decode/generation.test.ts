import type { Part } from 'loadbench/plugin'
import { describe, expect, it } from 'vitest'
import { CHAT, COMPLETION, feed } from '../__fixtures__/feed.ts'

const chat = (message: object, rest: object = {}) => ({ model: 'm', message, done: false, ...rest })
const FINISH: Part = { type: 'finish', reason: 'stop' }

describe('a line of /api/chat', () => {
  it.each<[string, object, Part[]]>([
    ['text', { content: 'Hi' }, [{ type: 'text-delta', text: 'Hi' }]],
    ['white space is a token too', { content: '\n' }, [{ type: 'text-delta', text: '\n' }]],
    ['nothing', { role: 'assistant', content: '' }, []],
    ['null', { content: null, thinking: null, tool_calls: null }, []],
    [
      'thinking, then text',
      { content: 'Hi', thinking: 'Hm' },
      [
        { type: 'reasoning-delta', text: 'Hm' },
        { type: 'text-delta', text: 'Hi' },
      ],
    ],
  ])('%s', (_, message, parts) => {
    expect(feed([chat(message)])).toEqual(parts)
  })

  it('tool calls are numbered over the whole answer, whatever index the server gives', () => {
    const call = (name: string, rest: object = {}) => ({
      function: { index: 0, name, arguments: { a: 1 } },
      ...rest,
    })
    const first = chat({ content: '', tool_calls: [call('f', { id: 'call_1' }), call('g')] })
    const second = chat({ content: '', tool_calls: [call('h')] })
    expect(feed([first, second])).toEqual([
      { type: 'tool-delta', index: 0, id: 'call_1', name: 'f', arguments: '{"a":1}' },
      { type: 'tool-delta', index: 1, name: 'g', arguments: '{"a":1}' },
      { type: 'tool-delta', index: 2, name: 'h', arguments: '{"a":1}' },
    ])
  })

  it.each([
    [{}, '{}'],
    ['{"a":1}', '{"a":1}'],
    [undefined, ''],
    [7, ''],
  ])('arguments %j are %s', (given, expected) => {
    const parts = feed([chat({ tool_calls: [{ function: { name: 'f', arguments: given } }] })])
    expect(parts).toEqual([{ type: 'tool-delta', index: 0, name: 'f', arguments: expected }])
  })
})

it('a line of /api/generate holds the same at its top', () => {
  expect(feed([{ model: 'm', response: 'Hi', thinking: 'Hm', done: false }], COMPLETION)).toEqual([
    { type: 'reasoning-delta', text: 'Hm' },
    { type: 'text-delta', text: 'Hi' },
  ])
})

describe('the last line', () => {
  it.each([
    [{ done: true, done_reason: 'stop' }, 'stop'],
    [{ done: true, done_reason: 'length' }, 'length'],
    [{ done: true, done_reason: 'load' }, 'load'],
    [{ done: true, done_reason: 'unload' }, 'unload'],
    [{ done: true }, 'unknown'],
  ])('%j finishes as %s', (rest, reason) => {
    expect(feed([chat({ content: '' }, rest)])).toEqual([{ type: 'finish', reason }])
  })

  it.each([[{ done: 'true' }], [{ done: 1 }], [{ done: false, done_reason: 'stop' }]])(
    '%j is not the last',
    (rest) => {
      expect(feed([chat({ content: '' }, rest)])).toEqual([])
    },
  )

  it('its text comes before its end', () => {
    expect(feed([chat({ content: '!' }, { done: true, done_reason: 'stop' })])).toEqual([
      { type: 'text-delta', text: '!' },
      FINISH,
    ])
  })
})

describe('tokens and durations', () => {
  const END = { done: true, done_reason: 'stop' }

  it('durations come in nanoseconds', () => {
    const numbers = {
      total_duration: 1_500_000_000,
      load_duration: 20_500_000,
      prompt_eval_count: 9,
      prompt_eval_duration: 80_000_000,
      eval_count: 4,
      eval_duration: 1_000_000_000,
    }
    expect(feed([chat({}, { ...END, ...numbers })])).toEqual([
      { type: 'usage', inputTokens: 9, outputTokens: 4 },
      { type: 'server-timing', load: 20.5, prefill: 80, decode: 1_000, total: 1_500 },
      FINISH,
    ])
  })

  it.each([
    ['absent', {}],
    ['no numbers', { eval_count: '4', total_duration: null }],
    ['negative', { eval_count: -1, load_duration: -1 }],
  ])('what is %s stays missing, and is no 0', (_, numbers) => {
    expect(feed([chat({}, { ...END, ...numbers })])).toEqual([FINISH])
  })

  it('a 0 that is said is 0', () => {
    expect(feed([chat({}, { ...END, eval_count: 0 })])).toEqual([{ type: 'usage', outputTokens: 0 }, FINISH])
  })

  it.each([
    ['a runner that was there', 120, false],
    ['just under the bound', 499, false],
    ['the bound', 500, true],
    ['a load', 1_534, true],
  ])('%s (%i ms): warned %s', (_, millis, warned) => {
    const parts = feed([chat({}, { ...END, load_duration: millis * 1e6 })])
    const warnings = parts.filter((part) => part.type === 'warning')
    expect(warnings.map(({ code }) => code)).toEqual(warned ? ['model-reloaded'] : [])
  })

  it('the warning says how long, which model, and what to do', () => {
    const [, warning] = feed([chat({}, { ...END, load_duration: 1_534_053_125 })])
    expect(warning).toMatchObject({ message: expect.stringMatching(/1534 ms until m was loaded/) })
    for (const cure of ['num_ctx', 'keepAlive', 'OLLAMA_MAX_LOADED_MODELS'])
      expect(warning).toMatchObject({ message: expect.stringContaining(cure) })
  })
})

describe('what is no line of this protocol', () => {
  it.each([
    ['not JSON', '{"message":'],
    ['a server-sent event', 'data: {"done":true}'],
    ['a list', '[]'],
    ['a text', '"done"'],
    ['null', 'null'],
  ])('%s is malformed', (_, line) => {
    expect(feed([line], CHAT)).toMatchObject([{ type: 'error', class: 'malformed' }])
  })
})
