import type { Call, ChatSettings } from 'loadbench/plugin'
import { describe, expect, it } from 'vitest'
import { bedrockPlugin } from './plugin.ts'
import type { BedrockSettings } from './settings.ts'

const TARGET = new URL('https://bedrock-runtime.us-east-1.amazonaws.com')
const NOVA = 'us.amazon.nova-pro-v1:0'
const PNG = 'data:image/png;base64,iVBORw0='

const chat = (settings: Partial<ChatSettings> = {}): Call => ({
  kind: 'chat',
  model: NOVA,
  messages: [{ role: 'user', content: 'Hi' }],
  ...settings,
})

function sent(call: Call, settings: BedrockSettings = {}, target = TARGET) {
  const request = bedrockPlugin(settings).encode(call, target)
  return { ...request, body: JSON.parse(String(request.body)) as Record<string, unknown> }
}
const bodyOf = (call: Call, settings?: BedrockSettings) => sent(call, settings).body
const refused = (call: Call, settings?: BedrockSettings) => {
  try {
    sent(call, settings)
  } catch (error) {
    return error
  }
  return undefined
}

describe('the path', () => {
  const ARN =
    'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-3-7-sonnet-20250219-v1:0'

  it.each([
    [NOVA, '/model/us.amazon.nova-pro-v1%3A0/converse-stream'],
    [
      ARN,
      '/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Ainference-profile%2Fus.anthropic.claude-3-7-sonnet-20250219-v1%3A0/converse-stream',
    ],
    ["odd!'()*", '/model/odd%21%27%28%29%2A/converse-stream'],
  ])('has the model %s as one segment', (model, path) => {
    expect(sent(chat({ model })).path).toBe(path)
  })

  it.each<[string, Call, BedrockSettings, string]>([
    ['a chat', chat(), {}, 'converse-stream'],
    ['a chat in one piece', chat({ stream: false }), {}, 'converse'],
    ['a chat by InvokeModel', chat(), { api: 'invoke' }, 'invoke-with-response-stream'],
    ['one in one piece', chat({ stream: false }), { api: 'invoke' }, 'invoke'],
    ['a completion', { kind: 'completion', model: NOVA, prompt: 'Hi' }, {}, 'invoke-with-response-stream'],
    ['an embedding', { kind: 'embedding', model: 'amazon.titan-embed-text-v2:0', input: 'Hi' }, {}, 'invoke'],
  ])('ends with the operation: %s', (_, call, settings, operation) => {
    expect(sent(call, settings).path.split('/').at(-1)).toBe(operation)
  })

  it.each([
    ['https://gateway.example.com/aws/', '/aws/model/m/converse-stream'],
    ['https://gateway.example.com/aws?stage=1', '/aws/model/m/converse-stream?stage=1'],
  ])('keeps base and query of %s', (target, path) => {
    expect(sent(chat({ model: 'm' }), {}, new URL(target)).path).toBe(path)
  })

  it('takes the model of the client where the call names none', () => {
    expect(sent({ kind: 'chat', messages: [] }, { model: 'm' }).path).toBe('/model/m/converse-stream')
  })
})

describe('a request of Converse', () => {
  it('is the smallest there is for a question', () => {
    expect(sent(chat())).toMatchObject({
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/vnd.amazon.eventstream',
        'accept-encoding': 'identity',
      },
    })
    expect(bodyOf(chat())).toEqual({
      messages: [{ role: 'user', content: [{ text: 'Hi' }] }],
      inferenceConfig: { maxTokens: 512 },
    })
  })

  it('always bounds the answer: by the call, the client, or 512 tokens', () => {
    const asked = (call: Call, settings?: BedrockSettings) => bodyOf(call, settings)['inferenceConfig']
    expect(asked(chat({ maxTokens: 9 }), { maxTokens: 99 })).toEqual({ maxTokens: 9 })
    expect(asked(chat(), { maxTokens: 99 })).toEqual({ maxTokens: 99 })
  })

  it('holds sampling and stop sequences, and no seed and n, which Bedrock lacks', () => {
    const call = chat({ maxTokens: 1, temperature: 0, topP: 0.9, stop: 'END', seed: 7, n: 2 })
    expect(bodyOf(call)).toEqual({
      messages: [{ role: 'user', content: [{ text: 'Hi' }] }],
      inferenceConfig: { maxTokens: 1, temperature: 0, topP: 0.9, stopSequences: ['END'] },
    })
  })

  it('holds a whole conversation with tools and images, turns in alternation', () => {
    const { system, messages } = bodyOf(
      chat({
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'developer', content: 'Be kind.' },
          {
            role: 'user',
            content: [
              { type: 'text', text: 'What is this?' },
              { type: 'image', url: PNG },
              { type: 'image', url: PNG.replace('png', 'jpg') },
            ],
          },
          {
            role: 'assistant',
            content: '',
            toolCalls: [
              { id: 't1', name: 'look', arguments: '{"closely":true}' },
              { id: 't2', name: 'smell', arguments: '' },
            ],
          },
          { role: 'tool', toolCallId: 't1', content: 'a cat' },
          { role: 'tool', toolCallId: 't2', content: [{ type: 'image', url: PNG }] },
          { role: 'user', content: 'Well?' },
        ],
      }),
    )
    expect(system).toEqual([{ text: 'Be brief.' }, { text: 'Be kind.' }])
    expect(messages).toEqual([
      {
        role: 'user',
        content: [
          { text: 'What is this?' },
          { image: { format: 'png', source: { bytes: 'iVBORw0=' } } },
          { image: { format: 'jpeg', source: { bytes: 'iVBORw0=' } } },
        ],
      },
      {
        role: 'assistant',
        content: [
          { toolUse: { toolUseId: 't1', name: 'look', input: { closely: true } } },
          { toolUse: { toolUseId: 't2', name: 'smell', input: {} } },
        ],
      },
      {
        role: 'user',
        content: [
          { toolResult: { toolUseId: 't1', content: [{ text: 'a cat' }] } },
          {
            toolResult: {
              toolUseId: 't2',
              content: [{ image: { format: 'png', source: { bytes: 'iVBORw0=' } } }],
            },
          },
          { text: 'Well?' },
        ],
      },
    ])
  })

  const TOOLS = [{ name: 'look', description: 'Looks.', parameters: { type: 'object' } }, { name: 'smell' }]
  const WIRE_TOOLS = [
    { toolSpec: { name: 'look', description: 'Looks.', inputSchema: { json: { type: 'object' } } } },
    { toolSpec: { name: 'smell', inputSchema: { json: { type: 'object', properties: {} } } } },
  ]

  it.each([
    [undefined, { tools: WIRE_TOOLS }],
    ['auto', { tools: WIRE_TOOLS, toolChoice: { auto: {} } }],
    ['required', { tools: WIRE_TOOLS, toolChoice: { any: {} } }],
    [{ name: 'look' }, { tools: WIRE_TOOLS, toolChoice: { tool: { name: 'look' } } }],
    ['none', undefined],
  ] as const)('holds tools with the choice %j', (toolChoice, toolConfig) => {
    const call = chat({ tools: TOOLS, ...(toolChoice === undefined ? {} : { toolChoice }) })
    expect(bodyOf(call)['toolConfig']).toEqual(toolConfig)
  })

  it('defines tools that are not to be used where the history has calls of them', () => {
    const call = chat({
      tools: TOOLS,
      toolChoice: 'none',
      messages: [{ role: 'tool', toolCallId: 't1', content: 'a cat' }],
    })
    expect(bodyOf(call)['toolConfig']).toEqual({ tools: WIRE_TOOLS })
  })

  it('holds what the client is set to', () => {
    const settings: BedrockSettings = {
      guardrail: { identifier: 'g', version: '1', trace: 'enabled', streamProcessingMode: 'async' },
      latency: 'optimized',
      serviceTier: 'flex',
      requestMetadata: { team: 'a' },
      additionalModelRequestFields: { top_k: 5 },
      additionalModelResponseFieldPaths: ['/stop_sequence'],
    }
    const set = {
      guardrailConfig: {
        guardrailIdentifier: 'g',
        guardrailVersion: '1',
        trace: 'enabled',
        streamProcessingMode: 'async',
      },
      performanceConfig: { latency: 'optimized' },
      serviceTier: { type: 'flex' },
      requestMetadata: { team: 'a' },
      additionalModelRequestFields: { top_k: 5 },
      additionalModelResponseFieldPaths: ['/stop_sequence'],
    }
    expect(bodyOf(chat(), settings)).toMatchObject(set)
    const { guardrailConfig } = bodyOf(chat({ stream: false }), settings)
    expect(guardrailConfig).not.toHaveProperty('streamProcessingMode')
  })

  it('joins extra fields, those of the call over those of the client', () => {
    const settings: BedrockSettings = {
      additionalModelRequestFields: { top_k: 5 },
      extra: { additionalModelRequestFields: { thinking: 1 }, inferenceConfig: { topP: 0.5 } },
    }
    const call = chat({ maxTokens: 3, extra: { inferenceConfig: { topP: 0.1 }, promptVariables: { a: 1 } } })
    expect(bodyOf(call, settings)).toMatchObject({
      additionalModelRequestFields: { top_k: 5, thinking: 1 },
      inferenceConfig: { maxTokens: 3, topP: 0.1 },
      promptVariables: { a: 1 },
    })
  })

  it.each<[string, Partial<ChatSettings>, RegExp]>([
    ['messages that are none', { messages: {} as [] }, /no `messages`/],
    [
      'an image that is an address',
      { messages: [{ role: 'user', content: [{ type: 'image', url: 'https://x/y.png' }] }] },
      /address/,
    ],
    [
      'arguments that are no object',
      {
        messages: [
          { role: 'assistant', content: '', toolCalls: [{ id: 'a', name: 'look', arguments: '[' }] },
        ],
      },
      /"look"/,
    ],
    ['no model', { model: '' }, /no model/],
  ])('is refused for %s', (_, settings, message) => {
    expect(refused(chat(settings))).toMatchObject({
      code: 'LB_CALL_INVALID',
      message: expect.stringMatching(message) as string,
    })
  })
})
