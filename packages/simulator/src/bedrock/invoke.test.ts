import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, type Asking } from '../../test/client.ts'
import { decode, httpChunks } from '../aws/__fixtures__/decode.ts'
import type { Simulator } from '../server.ts'
import { serveSimulator } from '../simulator.ts'
import { familyOf } from './families.ts'

let simulator: Simulator
beforeAll(async () => {
  simulator = await serveSimulator({ ttft: 1, itl: 1, text: 'one two', outputTokens: 2 })
})
afterAll(() => simulator.stop())

const METRICS = {
  'amazon-bedrock-invocationMetrics': {
    inputTokenCount: 5,
    outputTokenCount: 2,
    invocationLatency: expect.any(Number),
    firstByteLatency: 1,
  },
}
const QUESTION = 'Why is the sky blue?'
const MESSAGES = [{ role: 'user', content: [{ text: QUESTION }] }]
const CLAUDE = {
  anthropic_version: 'bedrock-2023-05-31',
  max_tokens: 10,
  messages: [{ role: 'user', content: QUESTION }],
}

function invoke(model: string, body: object, asking: Asking = {}) {
  const path = `/model/${encodeURIComponent(model)}/invoke-with-response-stream`
  const headers = { authorization: 'Bearer any', ...asking.headers }
  return ask(simulator.port, { path, ...asking, headers, body })
}

/** The chunks' JSON, as text. */
async function documents(model: string, body: object, asking: Asking = {}): Promise<string[]> {
  const { raw, headers } = await invoke(model, body, asking)
  expect(headers['x-amzn-bedrock-content-type']).toBe('application/json')
  return decode(httpChunks(raw).join('')).map((message) => {
    expect(message.headers[':event-type']).toBe('chunk')
    const { bytes, p } = JSON.parse(message.payload.toString()) as { bytes: string; p: string }
    expect(p).toMatch(/^a[a-zA-Z0-9]*$/)
    return Buffer.from(bytes, 'base64').toString()
  })
}

async function chunks(model: string, body: object, asking: Asking = {}): Promise<unknown[]> {
  return (await documents(model, body, asking)).map((text): unknown => JSON.parse(text))
}

describe('a streamed InvokeModel', () => {
  it('of Claude is the events of Messages', async () => {
    expect(await chunks('anthropic.claude-v2', CLAUDE)).toEqual([
      {
        type: 'message_start',
        message: {
          id: expect.stringMatching(/^msg_bdrk_/),
          type: 'message',
          role: 'assistant',
          model: 'anthropic.claude-v2',
          content: [],
          stop_reason: null,
          stop_sequence: null,
          usage: { input_tokens: 5, output_tokens: 1 },
        },
      },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'one' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: ' two' } },
      { type: 'content_block_stop', index: 0 },
      {
        type: 'message_delta',
        delta: { stop_reason: 'end_turn', stop_sequence: null },
        usage: { output_tokens: 2 },
      },
      { type: 'message_stop', ...METRICS },
    ])
  })

  it('of Claude thinks before it answers', async () => {
    const events = await chunks('anthropic.claude-v2', CLAUDE, { sim: { reasoningTokens: 1 } })
    expect(events.slice(1, 6)).toMatchObject([
      { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '' } },
      { index: 0, delta: { type: 'thinking_delta', thinking: expect.stringMatching(/^\S+$/) } },
      { index: 0, delta: { type: 'signature_delta', signature: expect.any(String) } },
      { type: 'content_block_stop', index: 0 },
      { type: 'content_block_start', index: 1, content_block: { type: 'text' } },
    ])
  })

  it('of Nova is the events of Converse, each delta in a block of its own', async () => {
    expect(await chunks('us.amazon.nova-micro-v1:0', { messages: MESSAGES })).toEqual([
      { messageStart: { role: 'assistant' } },
      { contentBlockDelta: { contentBlockIndex: 0, delta: { text: 'one' } } },
      { contentBlockStop: { contentBlockIndex: 0 } },
      { contentBlockDelta: { contentBlockIndex: 1, delta: { text: ' two' } } },
      { contentBlockStop: { contentBlockIndex: 1 } },
      { messageStop: { stopReason: 'end_turn' } },
      {
        metadata: {
          usage: {
            inputTokens: 5,
            outputTokens: 2,
            cacheReadInputTokenCount: 0,
            cacheWriteInputTokenCount: 0,
          },
          metrics: {},
          trace: {},
        },
        ...METRICS,
      },
    ])
  })

  it.each([
    [
      'amazon.titan-text-lite-v1',
      { inputText: QUESTION },
      { outputText: 'one', index: 0, inputTextTokenCount: 5 },
      { outputText: ' two', index: 0 },
      { outputText: '', index: 0, totalOutputTextTokenCount: 2, completionReason: 'FINISH' },
    ],
    [
      'meta.llama3-2-1b-instruct-v1:0',
      { prompt: QUESTION },
      { generation: 'one', prompt_token_count: 5, generation_token_count: 1, stop_reason: null },
      { generation: ' two', prompt_token_count: null, generation_token_count: 2, stop_reason: null },
      { generation: '', prompt_token_count: null, generation_token_count: 2, stop_reason: 'stop' },
    ],
    [
      'mistral.mistral-7b-instruct-v0:2',
      { prompt: QUESTION },
      { outputs: [{ text: 'one', stop_reason: null }] },
      { outputs: [{ text: ' two', stop_reason: null }] },
      { outputs: [{ text: '', stop_reason: 'stop' }] },
    ],
    [
      'cohere.command-text-v14',
      { prompt: QUESTION },
      { index: 0, is_finished: false, text: 'one' },
      { index: 0, is_finished: false, text: ' two' },
      { index: 0, is_finished: true, finish_reason: 'COMPLETE' },
    ],
    [
      'cohere.command-r-v1:0',
      { message: QUESTION },
      { event_type: 'text-generation', is_finished: false, text: 'one' },
      { event_type: 'text-generation', is_finished: false, text: ' two' },
      { event_type: 'stream-end', is_finished: true, finish_reason: 'COMPLETE' },
    ],
    [
      'us.deepseek.r1-v1:0',
      { prompt: QUESTION },
      { choices: [{ text: 'one', stop_reason: null }] },
      { choices: [{ text: ' two', stop_reason: null }] },
      { choices: [{ text: '', stop_reason: 'stop' }] },
    ],
  ])(
    'of %s is a chunk a token, and a last one with the metrics',
    async (model, body, first, second, last) => {
      expect(await chunks(model, body)).toEqual([first, second, { ...last, ...METRICS }])
    },
  )

  it.each([
    ['amazon.titan-text-lite-v1', { inputText: QUESTION }],
    ['anthropic.claude-v2', CLAUDE],
    ['meta.llama3-2-1b-instruct-v1:0', { prompt: QUESTION }],
    ['openai.gpt-oss-20b-1:0', { messages: [{ role: 'user', content: QUESTION }] }],
  ])('of %s holds no count where they are kept back', async (model, body) => {
    const text = (await documents(model, body, { sim: { usage: 'never' } })).join('')
    expect(text).not.toMatch(/(count|tokens|Metrics)"?:\s*[1-9{]/i)
  })

  it('of Titan has numbers with a fraction where a guardrail was asked for', async () => {
    const headers = { 'x-amzn-bedrock-guardrailidentifier': 'g' }
    const text = await documents('amazon.titan-text-lite-v1', { inputText: QUESTION }, { headers })
    expect(text[0]).toBe(
      '{"outputText":"one","index":0.0,"inputTextTokenCount":5.0,"amazon-bedrock-guardrailAction":"NONE"}',
    )
  })

  it('is without its last chunk where the end mark is left out', async () => {
    const texts = await documents(
      'mistral.mistral-7b-instruct-v0:2',
      { prompt: QUESTION },
      { sim: { fault: 'no-done' } },
    )
    expect(texts).toHaveLength(2)
  })

  it('is not had of a model that embeds', async () => {
    const { status, body } = await invoke('amazon.titan-embed-text-v2:0', { inputText: QUESTION })
    expect([status, body]).toEqual([400, '{"message":"The model is unsupported for streaming."}'])
  })
})

describe('InvokeModel', () => {
  it('tells the counts in headers, whatever the family', async () => {
    const path = '/model/mistral.mistral-7b-instruct-v0%3A2/invoke'
    const { headers, body } = await invoke(
      '',
      { prompt: QUESTION },
      { path, sim: { cachedTokens: 2, ttft: 20 } },
    )
    expect(headers).toMatchObject({
      'x-amzn-bedrock-input-token-count': '3',
      'x-amzn-bedrock-output-token-count': '2',
      'x-amzn-bedrock-cache-read-input-token-count': '2',
      'x-amzn-bedrock-cache-write-input-token-count': '0',
    })
    expect(Number(headers['x-amzn-bedrock-invocation-latency'])).toBeGreaterThanOrEqual(20)
    expect(JSON.parse(body)).toEqual({ outputs: [{ text: 'one two', stop_reason: 'stop' }] })
  })

  it.each([
    ['anthropic.claude-v2', { ...CLAUDE, anthropic_version: 'bedrock-2024' }, 'anthropic_version'],
    ['anthropic.claude-v2', { ...CLAUDE, max_tokens: undefined }, 'max_tokens'],
    ['amazon.titan-text-lite-v1', { prompt: QUESTION }, 'inputText'],
    ['meta.llama3-2-1b-instruct-v1:0', { prompt: QUESTION, max_gen_len: 0 }, 'max_gen_len'],
  ])('of %s refuses a body that is not its own', async (model, body, field) => {
    const { status, body: answer } = await invoke(model, body)
    expect(status).toBe(400)
    expect(answer).toContain(`#/${field}: `)
  })
})

describe('the family of a model', () => {
  it.each([
    ['us.anthropic.claude-3-7-sonnet-20250219-v1:0', 'anthropic.claude-v2'],
    ['arn:aws:bedrock:us-east-1:1:inference-profile/eu.amazon.nova-pro-v1:0', 'amazon.nova-micro-v1:0'],
    ['cohere.command-r-plus-v1:0', 'cohere.command-r-v1:0'],
    ['mistral.mixtral-8x7b-instruct-v0:1', 'mistral.mistral-7b-instruct-v0:2'],
    ['mistral.mistral-large-2407-v1:0', 'qwen.qwen3-32b-v1:0'],
    ['deepseek.v3-v1:0', 'qwen.qwen3-32b-v1:0'],
  ])('of %s is that of %s', (model, like) => {
    expect(familyOf(model, {})).toBe(familyOf(like, {}))
    expect(familyOf(model, {})).not.toBe(familyOf('opaque', {}))
  })

  it.each([
    [{ anthropic_version: 'bedrock-2023-05-31', messages: [] }, 'anthropic.claude-v2'],
    [{ inferenceConfig: {}, messages: [] }, 'amazon.nova-pro-v1:0'],
    [{ inputText: '' }, 'amazon.titan-text-lite-v1'],
    [{ prompt: '', max_gen_len: 1 }, 'meta.llama3-2-1b-instruct-v1:0'],
    [{ message: '' }, 'cohere.command-r-v1:0'],
    [{ messages: [] }, 'qwen.qwen3-32b-v1:0'],
  ])('is told by the body %j where the id hides it', (body, like) => {
    expect(familyOf('arn:aws:bedrock:us-east-1:1:application-inference-profile/abc', body)).toBe(
      familyOf(like, {}),
    )
  })
})
