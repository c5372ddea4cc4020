import {
  LoadbenchError,
  type Call,
  type ChatSettings,
  type CompletionSettings,
  type EmbeddingSettings,
} from 'loadbench/plugin'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openaiPlugin } from '../plugin.ts'
import type { OpenAISettings } from '../settings.ts'

beforeEach(() => {
  vi.stubEnv('OPENAI_API_KEY', undefined)
})
afterEach(() => {
  vi.unstubAllEnvs()
})

const TARGET = new URL('http://localhost:8000')
const encode = (call: Call, settings: OpenAISettings = {}, target = TARGET) =>
  openaiPlugin(settings).encode(call, target)
const chat = (call: Partial<ChatSettings> = {}): Call => ({
  kind: 'chat',
  model: 'sim-8b',
  messages: [{ role: 'user', content: 'Hi' }],
  ...call,
})
const completion = (call: Partial<CompletionSettings> = {}): Call => ({
  kind: 'completion',
  model: 'sim-8b',
  prompt: 'Once',
  ...call,
})
const embedding = (call: Partial<EmbeddingSettings> = {}): Call => ({
  kind: 'embedding',
  model: 'embed-1',
  input: 'Hi',
  ...call,
})
const body = (call: Call, settings: OpenAISettings = {}): Record<string, unknown> =>
  JSON.parse(String(encode(call, settings).body)) as Record<string, unknown>

describe('bodies', () => {
  it('of the smallest chat call', () => {
    expect(encode(chat()).body).toMatchInlineSnapshot(
      `"{"model":"sim-8b","messages":[{"role":"user","content":"Hi"}],"stream":true,"stream_options":{"include_usage":true}}"`,
    )
  })

  it('of the smallest completion call', () => {
    expect(encode(completion()).body).toMatchInlineSnapshot(
      `"{"model":"sim-8b","prompt":"Once","stream":true,"stream_options":{"include_usage":true}}"`,
    )
  })

  it('of a chat call in one piece', () => {
    expect(encode(chat({ stream: false })).body).toMatchInlineSnapshot(
      `"{"model":"sim-8b","messages":[{"role":"user","content":"Hi"}],"stream":false}"`,
    )
  })

  it('of a completion call with all there is', () => {
    const call = completion({
      maxTokens: 16,
      temperature: 0,
      topP: 0.9,
      seed: 7,
      stop: ['\n', 'END'],
      n: 2,
      extra: { echo: true, logprobs: 1, ignore_eos: true },
    })
    expect(body(call)).toMatchInlineSnapshot(`
      {
        "echo": true,
        "ignore_eos": true,
        "logprobs": 1,
        "max_tokens": 16,
        "model": "sim-8b",
        "n": 2,
        "prompt": "Once",
        "seed": 7,
        "stop": [
          "
      ",
          "END",
        ],
        "stream": true,
        "stream_options": {
          "include_usage": true,
        },
        "temperature": 0,
        "top_p": 0.9,
      }
    `)
  })

  it('of a conversation with images and tools', () => {
    const call = chat({
      maxTokens: 64,
      messages: [
        { role: 'system', content: 'Be brief.' },
        {
          role: 'user',
          name: 'ada',
          content: [
            { type: 'text', text: 'Where is this?' },
            { type: 'image', url: 'https://example.com/rome.png' },
          ],
        },
        {
          role: 'assistant',
          content: '',
          toolCalls: [{ id: 'call_1', name: 'locate', arguments: '{"image":0}' }],
        },
        { role: 'tool', content: 'Rome', toolCallId: 'call_1' },
      ],
      tools: [
        { name: 'locate', description: 'Finds a place', parameters: { type: 'object' } },
        { name: 'ping' },
      ],
      toolChoice: { name: 'locate' },
    })
    expect(body(call)).toMatchInlineSnapshot(`
      {
        "max_tokens": 64,
        "messages": [
          {
            "content": "Be brief.",
            "role": "system",
          },
          {
            "content": [
              {
                "text": "Where is this?",
                "type": "text",
              },
              {
                "image_url": {
                  "url": "https://example.com/rome.png",
                },
                "type": "image_url",
              },
            ],
            "name": "ada",
            "role": "user",
          },
          {
            "content": "",
            "role": "assistant",
            "tool_calls": [
              {
                "function": {
                  "arguments": "{"image":0}",
                  "name": "locate",
                },
                "id": "call_1",
                "type": "function",
              },
            ],
          },
          {
            "content": "Rome",
            "role": "tool",
            "tool_call_id": "call_1",
          },
        ],
        "model": "sim-8b",
        "stream": true,
        "stream_options": {
          "include_usage": true,
        },
        "tool_choice": {
          "function": {
            "name": "locate",
          },
          "type": "function",
        },
        "tools": [
          {
            "function": {
              "description": "Finds a place",
              "name": "locate",
              "parameters": {
                "type": "object",
              },
            },
            "type": "function",
          },
          {
            "function": {
              "name": "ping",
            },
            "type": "function",
          },
        ],
      }
    `)
  })

  it('of the smallest embedding call', () => {
    expect(encode(embedding()).body).toBe('{"model":"embed-1","input":"Hi"}')
  })

  it('of an embedding call with all there is', () => {
    const call = embedding({ input: ['Hi', 'there'], dimensions: 64, extra: { user: 'ada' } })
    expect(body(call, { encodingFormat: 'base64' })).toEqual({
      model: 'embed-1',
      input: ['Hi', 'there'],
      dimensions: 64,
      encoding_format: 'base64',
      user: 'ada',
    })
  })

  it('of an embedding of tokens, which come through `extra`', () => {
    const call = JSON.parse('{"kind":"embedding","model":"m","extra":{"input":[1,2,3]}}') as Call
    expect(body(call)).toEqual({ model: 'm', input: [1, 2, 3] })
  })

  it('of an image given as data: its address is the image', () => {
    const url = 'data:image/png;base64,iVBORw0KGgo='
    const messages = [{ role: 'user', content: [{ type: 'image', url }] }] as const
    expect(body(chat({ messages }))['messages']).toEqual([
      { role: 'user', content: [{ type: 'image_url', image_url: { url } }] },
    ])
  })

  it.each(['auto', 'none', 'required'] as const)('tool choice %s is sent as it is', (toolChoice) => {
    expect(body(chat({ toolChoice }))['tool_choice']).toBe(toolChoice)
  })

  it('content in a form loadbench has no word for is sent as it is', () => {
    const messages = JSON.parse(
      '[{"role":"assistant","content":null},{"role":"user","content":[{"type":"input_audio"}]}]',
    )
    expect(body(chat({ messages: messages as ChatSettings['messages'] }))['messages']).toEqual(messages)
  })
})

describe('settings', () => {
  it('the model of the call goes before that of the client', () => {
    const settings = { model: 'client' }
    expect(body(chat({ model: 'call' }), settings)['model']).toBe('call')
    expect(body({ kind: 'completion', prompt: 'x' }, settings)['model']).toBe('client')
  })

  it.each<[OpenAISettings, string]>([
    [{}, 'max_tokens'],
    [{ maxTokensField: 'max_tokens' }, 'max_tokens'],
    [{ maxTokensField: 'max_completion_tokens' }, 'max_completion_tokens'],
  ])('%j sends maxTokens as %s', (settings, field) => {
    const sent = body(chat({ maxTokens: 5 }), settings)
    expect(
      [sent['max_tokens'], sent['max_completion_tokens']].filter((value) => value !== undefined),
    ).toEqual([5])
    expect(sent[field]).toBe(5)
  })

  it('extra fields pass through, those of the call over those of the client, both over our own', () => {
    const settings = { extra: { min_tokens: 1, cache_salt: 'client', top_k: 3 } }
    const call = chat({
      temperature: 1,
      extra: { cache_salt: 'call', temperature: 0.5, metadata: { a: [1] } },
    })
    expect(body(call, settings)).toMatchObject({
      min_tokens: 1,
      top_k: 3,
      cache_salt: 'call',
      temperature: 0.5,
      metadata: { a: [1] },
    })
  })
})

describe('stream options', () => {
  it.each<[string, Partial<ChatSettings>, OpenAISettings, unknown]>([
    ['usage is asked for', {}, {}, { include_usage: true }],
    ['not in one piece', { stream: false }, {}, undefined],
    ['not where the client says so', {}, { includeUsage: false }, undefined],
    [
      'other options join it',
      { extra: { stream_options: { continuous_usage_stats: true } } },
      {},
      { include_usage: true, continuous_usage_stats: true },
    ],
    [
      'those of a client that asks for no usage pass alone',
      { extra: { stream_options: { include_obfuscation: false } } },
      { includeUsage: false },
      { include_obfuscation: false },
    ],
    [
      'an explicit word of the call stands',
      { extra: { stream_options: { include_usage: false } } },
      {},
      { include_usage: false },
    ],
    ['null is no option', { extra: { stream_options: null } }, {}, { include_usage: true }],
  ])('%s', (_, call, settings, expected) => {
    expect(body(chat(call), settings)['stream_options']).toEqual(expected)
  })
})

describe('paths', () => {
  it.each([
    ['http://h', '/v1/chat/completions'],
    ['http://h/', '/v1/chat/completions'],
    ['http://h/v1', '/v1/chat/completions'],
    ['http://h/v1/', '/v1/chat/completions'],
    ['http://h/openai/v1//', '/openai/v1/chat/completions'],
    ['http://h/endpoints/ep/openai/v1', '/endpoints/ep/openai/v1/chat/completions'],
    ['https://h/openai/deployments/d?api-version=1', '/openai/deployments/d/chat/completions?api-version=1'],
  ])('%s', (target, path) => {
    expect(encode(chat(), {}, new URL(target))).toMatchObject({ method: 'POST', path })
  })

  it('other kinds of calls have their own', () => {
    expect(encode(completion()).path).toBe('/v1/completions')
    expect(encode(embedding()).path).toBe('/v1/embeddings')
  })
})

describe('headers', () => {
  it('of a stream', () => {
    expect(encode(chat()).headers).toEqual({
      'content-type': 'application/json',
      accept: 'text/event-stream',
      'accept-encoding': 'identity',
    })
  })

  it('of an answer in one piece', () => {
    for (const call of [chat({ stream: false }), embedding()]) {
      expect(encode(call).headers).toMatchObject({
        accept: 'application/json',
        'accept-encoding': 'identity',
      })
    }
  })

  it.each<[string, OpenAISettings, string | undefined, string | undefined]>([
    ['from the settings', { apiKey: 'sk-1' }, undefined, 'Bearer sk-1'],
    ['from the environment', {}, 'sk-env', 'Bearer sk-env'],
    ['the settings go first', { apiKey: 'sk-1' }, 'sk-env', 'Bearer sk-1'],
    ['an empty one is none', { apiKey: '' }, 'sk-env', undefined],
    ['an empty variable is none', {}, '', undefined],
    ['none', {}, undefined, undefined],
  ])('API key: %s', (_, settings, variable, expected) => {
    vi.stubEnv('OPENAI_API_KEY', variable)
    expect(encode(chat(), settings).headers['authorization']).toBe(expected)
  })

  it('organization and project', () => {
    expect(encode(chat(), { organization: 'org-1', project: 'proj-1' }).headers).toMatchObject({
      'openai-organization': 'org-1',
      'openai-project': 'proj-1',
    })
  })
})

const refused = (call: Call): LoadbenchError => {
  try {
    encode(call)
  } catch (error) {
    if (LoadbenchError.is(error)) return error
  }
  throw new Error('the call was not refused')
}

describe('calls that cannot be sent', () => {
  it.each<[string, Call]>([
    ['chat', { kind: 'chat', messages: [] }],
    ['completion', { kind: 'completion', prompt: 'x' }],
    ['chat', { kind: 'chat', model: '', messages: [] }],
  ])('a %s call without a model says where to name one', (kind, call) => {
    const { code, message, hint } = refused(call)
    expect({ code, message }).toEqual({ code: 'LB_CALL_INVALID', message: `a ${kind} call names no model` })
    expect(hint).toContain("openai({ model: '…' })")
  })

  it('an embedding call without input shows how it looks', () => {
    const { code, hint } = refused(JSON.parse('{"kind":"embedding","model":"m"}') as Call)
    expect(code).toBe('LB_CALL_INVALID')
    expect(hint).toContain('embed({ input:')
  })

  it('a chat call without messages shows how they look', () => {
    const { code, hint } = refused(JSON.parse('{"kind":"chat","model":"m"}') as Call)
    expect(code).toBe('LB_CALL_INVALID')
    expect(hint).toContain("messages: [{ role: 'user'")
  })
})

it('the plugin names itself and its variables', () => {
  expect(openaiPlugin()).toMatchObject({
    apiVersion: 1,
    name: 'openai',
    targetVariables: ['OPENAI_BASE_URL', 'OPENAI_API_BASE'],
  })
})
