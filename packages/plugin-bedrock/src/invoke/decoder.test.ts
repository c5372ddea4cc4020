import type { Call, Part } from 'loadbench/plugin'
import { decodeResponse } from 'loadbench/testing'
import { describe, expect, it } from 'vitest'
import { event, invokeStream } from '../__fixtures__/frames.ts'
import { chatWith, completionWith, JSON_BODY, recorded, STREAM } from '../__fixtures__/recorded.ts'
import { bedrockPlugin } from '../plugin.ts'
import type { BedrockSettings } from '../settings.ts'

const CLAUDE = chatWith('anthropic.claude-3-5-sonnet-20240620-v1:0')
const TITAN = completionWith('amazon.titan-text-express-v1')
const metrics = (counts: Record<string, number>) => ({ 'amazon-bedrock-invocationMetrics': counts })

function partsOf(body: Uint8Array, call: Call, settings: BedrockSettings = {}): readonly Part[] {
  return decodeResponse(bedrockPlugin({ api: 'invoke', ...settings }), STREAM, [body], call).parts
}
const ofType = (parts: readonly Part[], ...types: readonly Part['type'][]) =>
  parts.filter(({ type }) => types.includes(type))

describe('a stream of InvokeModel', () => {
  it('ends with what Bedrock measured', () => {
    const parts = partsOf(recorded('invoke-claude.bin'), CLAUDE)
    expect(parts).toEqual([
      { type: 'usage', inputTokens: 37 },
      { type: 'text-delta', text: 'This' },
      { type: 'text-delta', text: ' is' },
      { type: 'text-delta', text: ' a' },
      { type: 'text-delta', text: ' test' },
      { type: 'usage', outputTokens: 8 },
      { type: 'finish', reason: 'end_turn' },
      { type: 'usage', inputTokens: 37, outputTokens: 8 },
      { type: 'server-timing', total: 432, ttft: 358 },
    ])
  })

  it("keeps the model's own count where Bedrock's is another, and says so", () => {
    const body = invokeStream([
      { type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 133 } },
      { type: 'message_stop', ...metrics({ inputTokenCount: 5, outputTokenCount: 97 }) },
    ])
    expect(ofType(partsOf(body, CLAUDE), 'usage', 'warning')).toEqual([
      { type: 'usage', outputTokens: 133 },
      {
        type: 'warning',
        code: 'token-counts-differ',
        message: "the model counts 133 output tokens, Bedrock 97; the model's count is used",
      },
      { type: 'usage', inputTokens: 5, outputTokens: 133 },
    ])
  })

  it('counts the cache as input, by the names of Anthropic and of Bedrock', () => {
    const usage = { input_tokens: 5, cache_read_input_tokens: 40, cache_creation_input_tokens: 10 }
    const begun = invokeStream([
      { type: 'message_start', message: { usage: { ...usage, output_tokens: 1 } } },
    ])
    expect(partsOf(begun, CLAUDE)).toEqual([{ type: 'usage', inputTokens: 55, cachedTokens: 40 }])
    const counts = { inputTokenCount: 5, cacheReadInputTokenCount: 40, cacheWriteInputTokenCount: 10 }
    const ended = invokeStream([{ outputText: 'Hi', ...metrics(counts) }])
    expect(ofType(partsOf(ended, TITAN), 'usage')).toEqual([
      { type: 'usage', inputTokens: 55, cachedTokens: 40 },
    ])
  })

  it("is at its end with Bedrock's metrics, where the model's own mark is not known", () => {
    const chunks = [
      { generation: 'Hi' },
      { generation: ' there', why: 'done', ...metrics({ outputTokenCount: 2 }) },
    ]
    const call = completionWith('meta.llama3-8b-instruct-v1:0')
    expect(ofType(partsOf(invokeStream(chunks), call), 'finish')).toEqual([
      { type: 'finish', reason: 'unknown' },
    ])
    expect(ofType(partsOf(invokeStream(chunks.slice(0, 1)), call), 'finish')).toEqual([])
  })

  it('has but one end', () => {
    const end = { outputText: '', completionReason: 'FINISH' }
    expect(partsOf(invokeStream([end, end]), TITAN)).toEqual([{ type: 'finish', reason: 'FINISH' }])
  })

  it('that a guardrail changed has failed, or is good with one warning, as the client is set', () => {
    const chunk = { outputText: 'Hi', 'amazon-bedrock-guardrailAction': 'INTERVENED' }
    const body = invokeStream([chunk, { ...chunk, completionReason: 'FINISH' }])
    expect(ofType(partsOf(body, TITAN), 'error', 'warning')).toMatchObject([
      { type: 'error', class: 'content_filter', code: 'guardrail_intervened' },
    ])
    expect(ofType(partsOf(body, TITAN, { onGuardrail: 'warn' }), 'error', 'warning')).toMatchObject([
      { type: 'warning', code: 'guardrail-intervened' },
    ])
  })

  it('that a guardrail let pass is good', () => {
    const body = invokeStream([
      { outputText: 'Hi', completionReason: 'FINISH', 'amazon-bedrock-guardrailAction': 'NONE' },
    ])
    expect(ofType(partsOf(body, TITAN), 'error', 'warning')).toEqual([])
  })

  it.each([
    ['without bytes', event('chunk', { p: 'abc' })],
    ['whose bytes are no JSON', invokeStream(['<html>'])],
    ['whose bytes are no object', invokeStream([[1]])],
    ['that is no JSON', event('chunk', 'bytes')],
  ])('with a chunk %s is malformed', (_, body) => {
    expect(partsOf(body, TITAN)).toMatchObject([{ type: 'error', class: 'malformed' }])
  })

  it("of a maker that took to OpenAI's form is read in it", () => {
    const body = invokeStream([{ choices: [{ index: 0, delta: { content: 'Hi' }, finish_reason: 'stop' }] }])
    const parts = partsOf(body, chatWith('qwen.qwen3-32b-v1:0'))
    expect(ofType(parts, 'text-delta', 'finish')).toEqual([
      { type: 'text-delta', text: 'Hi' },
      { type: 'finish', reason: 'stop' },
    ])
  })
})

describe('an answer of InvokeModel in one piece', () => {
  it('has its counts and its latency in the headers, whatever the model', () => {
    const head = {
      status: 200,
      headers: {
        ...JSON_BODY,
        'x-amzn-bedrock-input-token-count': '12',
        'x-amzn-bedrock-output-token-count': '5',
        'x-amzn-bedrock-invocation-latency': '700',
        'x-amzn-bedrock-cache-read-input-token-count': '3',
      },
    }
    const body = Buffer.from('{"outputs":[{"text":"Hi","stop_reason":"stop"}]}')
    const call = completionWith('mistral.mistral-7b-instruct-v0:2')
    expect(decodeResponse(bedrockPlugin(), head, [body], call).parts).toEqual([
      { type: 'text-delta', text: 'Hi' },
      { type: 'finish', reason: 'stop' },
      { type: 'usage', inputTokens: 15, outputTokens: 5, cachedTokens: 3 },
      { type: 'server-timing', total: 700 },
    ])
  })
})
