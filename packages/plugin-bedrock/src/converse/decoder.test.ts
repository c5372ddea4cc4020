import type { Part } from 'loadbench/plugin'
import { decodeResponse } from 'loadbench/testing'
import { describe, expect, it } from 'vitest'
import { converseStream } from '../__fixtures__/frames.ts'
import { chatWith, recorded, STREAM, WHOLE } from '../__fixtures__/recorded.ts'
import { bedrockPlugin } from '../plugin.ts'
import type { BedrockSettings } from '../settings.ts'

const CALL = chatWith('us.amazon.nova-pro-v1:0')
const TEXT = ['contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'Hi' } }] as const
const STOP = ['messageStop', { stopReason: 'end_turn' }] as const

function partsOf(body: Uint8Array, settings: BedrockSettings = {}): readonly Part[] {
  return decodeResponse(bedrockPlugin(settings), STREAM, [body], CALL).parts
}
const stream = (...events: readonly (readonly [string, unknown])[]) => partsOf(converseStream(events))
const metadata = (usage: unknown, metrics: unknown = {}) => ['metadata', { usage, metrics }] as const

describe('a stream of Converse', () => {
  it('has its usage and its latency after its end', () => {
    expect(partsOf(recorded('converse-titan.bin'))).toEqual([
      { type: 'text-delta', text: 'I am here and ready to assist' },
      { type: 'finish', reason: 'max_tokens' },
      { type: 'usage', inputTokens: 8, outputTokens: 10 },
      { type: 'server-timing', total: 605 },
    ])
  })

  it('may have them before it', () => {
    const parts = stream(TEXT, metadata({ inputTokens: 1, outputTokens: 2, totalTokens: 3 }), STOP)
    expect(parts.map(({ type }) => type)).toEqual(['text-delta', 'usage', 'finish'])
  })

  it.each([
    [
      'counts what was read from and written to the cache as input',
      65,
      { inputTokens: 55, cachedTokens: 40 },
    ],
    ['does not count it twice where the model counted it already', 15, { inputTokens: 5, cachedTokens: 40 }],
  ])('%s', (_, totalTokens, counted) => {
    const usage = {
      inputTokens: 5,
      outputTokens: 10,
      totalTokens,
      cacheReadInputTokens: 40,
      cacheWriteInputTokens: 10,
    }
    expect(stream(metadata(usage))).toEqual([{ type: 'usage', outputTokens: 10, ...counted }])
  })

  it.each([
    ['no numbers', { inputTokens: 'many', outputTokens: null }],
    ['nothing', {}],
    ['no object', 'none'],
  ])('leaves out usage that holds %s', (_, usage) => {
    expect(stream(metadata(usage, { latencyMs: -1 }))).toEqual([])
  })

  it('numbers tool calls by themselves, not by their blocks', () => {
    const start = (block: number, id: string) =>
      [
        'contentBlockStart',
        { contentBlockIndex: block, start: { toolUse: { toolUseId: id, name: 'look' } } },
      ] as const
    const input = (block: number, text: string) =>
      ['contentBlockDelta', { contentBlockIndex: block, delta: { toolUse: { input: text } } }] as const
    expect(stream(TEXT, start(1, 'a'), input(1, '{}'), start(4, 'b'), input(4, ''), input(4, '{}'))).toEqual([
      { type: 'text-delta', text: 'Hi' },
      { type: 'tool-delta', index: 0, id: 'a', name: 'look', arguments: '' },
      { type: 'tool-delta', index: 0, arguments: '{}' },
      { type: 'tool-delta', index: 1, id: 'b', name: 'look', arguments: '' },
      { type: 'tool-delta', index: 1, arguments: '{}' },
    ])
  })

  it('takes white space for text, and empty text for none', () => {
    const delta = (text: string) => ['contentBlockDelta', { delta: { text } }] as const
    expect(stream(delta(''), delta('\n'))).toEqual([{ type: 'text-delta', text: '\n' }])
  })

  it('that fills the context is good, with a warning', () => {
    expect(stream(TEXT, ['messageStop', { stopReason: 'model_context_window_exceeded' }])).toMatchObject([
      { type: 'text-delta' },
      { type: 'warning', code: 'context-window-full' },
      { type: 'finish', reason: 'model_context_window_exceeded' },
    ])
  })

  it('that a guardrail changed has failed, or is good with a warning, as the client is set', () => {
    const body = recorded('converse-guardrail.bin')
    const told = (settings: BedrockSettings) =>
      partsOf(body, settings).filter(({ type }) => ['error', 'warning', 'finish'].includes(type))
    expect(told({})).toMatchObject([
      { type: 'error', class: 'content_filter', code: 'guardrail_intervened' },
      { type: 'finish', reason: 'guardrail_intervened' },
    ])
    expect(told({ onGuardrail: 'warn' })).toMatchObject([
      { type: 'warning', code: 'guardrail-intervened' },
      { type: 'finish', reason: 'guardrail_intervened' },
    ])
  })
})

describe('an answer of Converse in one piece', () => {
  it('gives the same parts', () => {
    const body = {
      output: { message: { role: 'assistant', content: [{ text: 'Hi' }] } },
      stopReason: 'end_turn',
      usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 },
      metrics: { latencyMs: 4 },
    }
    const { parts } = decodeResponse(bedrockPlugin(), WHOLE, [Buffer.from(JSON.stringify(body))], CALL)
    expect(parts).toEqual([
      { type: 'text-delta', text: 'Hi' },
      { type: 'usage', inputTokens: 1, outputTokens: 2 },
      { type: 'server-timing', total: 4 },
      { type: 'finish', reason: 'end_turn' },
    ])
  })
})
