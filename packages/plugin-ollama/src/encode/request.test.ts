import { LoadbenchError, type Call, type ChatSettings, type Message } from 'loadbench/plugin'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ollamaPlugin } from '../plugin.ts'
import type { OllamaSettings } from '../settings.ts'

beforeEach(() => {
  vi.stubEnv('OLLAMA_API_KEY', undefined)
})
afterEach(() => {
  vi.unstubAllEnvs()
})

const TARGET = 'http://localhost:11434'
const encode = (call: Call, settings: OllamaSettings = {}, target = TARGET) =>
  ollamaPlugin(settings).encode(call, new URL(target))
const chat = (call: Partial<ChatSettings> = {}): Call => ({
  kind: 'chat',
  model: 'llama3',
  messages: [{ role: 'user', content: 'Hi' }],
  ...call,
})
const COMPLETION: Call = { kind: 'completion', model: 'llama3', prompt: 'Once' }
const EMBEDDING: Call = { kind: 'embedding', model: 'all-minilm', input: ['a', 'b'] }
const body = (call: Call, settings: OllamaSettings = {}) =>
  JSON.parse(String(encode(call, settings).body)) as Record<string, unknown>
const messages = (...given: Message[]) => body(chat({ messages: given }))['messages']

describe('bodies', () => {
  it.each([
    [chat(), '{"model":"llama3","messages":[{"role":"user","content":"Hi"}],"stream":true}'],
    [COMPLETION, '{"model":"llama3","prompt":"Once","stream":true}'],
    [EMBEDDING, '{"model":"all-minilm","input":["a","b"]}'],
  ])('of the smallest call of each kind', (call, expected) => {
    expect(encode(call).body).toBe(expected)
  })

  it('not streaming is said, since Ollama streams where nothing is', () => {
    expect(body(chat({ stream: false, extra: { stream: true } }))['stream']).toBe(false)
  })

  it('neutral settings become options', () => {
    const call = chat({ maxTokens: 64, temperature: 0, topP: 0.5, seed: 7, stop: ['a', 'b'] })
    expect(body(call)['options']).toEqual({
      num_predict: 64,
      temperature: 0,
      top_p: 0.5,
      seed: 7,
      stop: ['a', 'b'],
    })
  })

  it('a single stop text becomes a list, which is all Ollama takes', () => {
    expect(body(chat({ stop: '\n' }))['options']).toEqual({ stop: ['\n'] })
  })

  it('options: extra of the call over extra of the client over the call over the client', () => {
    const settings = {
      options: { num_ctx: 8192, top_k: 1, seed: 1, temperature: 1 },
      extra: { options: { top_k: 2, min_p: 0.1 } },
    }
    const call = chat({ seed: 2, maxTokens: 5, extra: { options: { min_p: 0.2 } } })
    expect(body(call, settings)['options']).toEqual({
      num_ctx: 8192,
      top_k: 2,
      seed: 2,
      temperature: 1,
      num_predict: 5,
      min_p: 0.2,
    })
  })

  it('an embedding has the options of the client, for the same runner, and no format or thinking', () => {
    const settings = { options: { num_ctx: 512 }, think: true, format: 'json', keepAlive: '10m' } as const
    expect(body({ ...EMBEDDING, dimensions: 256 }, settings)).toEqual({
      model: 'all-minilm',
      input: ['a', 'b'],
      dimensions: 256,
      keep_alive: '10m',
      options: { num_ctx: 512 },
    })
  })

  it.each([chat(), COMPLETION])('keep_alive, think and format are those of the client', (call) => {
    const format = { type: 'object' }
    expect(body(call, { keepAlive: -1, think: 'low', format })).toMatchObject({
      keep_alive: -1,
      think: 'low',
      format,
    })
  })

  it('extra goes on top, that of the call before that of the client', () => {
    const settings = { think: true, extra: { truncate: false, shift: false, keep_alive: '1m' } }
    expect(body(chat({ extra: { shift: true, think: false } }), settings)).toMatchObject({
      truncate: false,
      shift: true,
      keep_alive: '1m',
      think: false,
    })
  })

  it("the model is the call's, or the client's", () => {
    expect(body(COMPLETION, { model: 'other' })['model']).toBe('llama3')
    expect(body({ kind: 'completion', prompt: 'x' }, { model: 'other' })['model']).toBe('other')
  })
})

describe('messages', () => {
  it('content in parts is one text, with images beside it in base64', () => {
    const content = [
      { type: 'text', text: 'What ' },
      { type: 'image', url: 'data:image/png;base64,iVBORw0=' },
      { type: 'text', text: 'is it?' },
    ] as const
    expect(messages({ role: 'user', content })).toEqual([
      { role: 'user', content: 'What is it?', images: ['iVBORw0='] },
    ])
  })

  it('without content, as a turn that only calls tools may be, has an empty text', () => {
    const message = JSON.parse('{"role":"assistant","content":null}') as Message
    expect(messages(message)).toEqual([{ role: 'assistant', content: '' }])
  })

  it('a developer is the system', () => {
    expect(messages({ role: 'developer', content: 'Be brief' })).toEqual([
      { role: 'system', content: 'Be brief' },
    ])
  })

  it('arguments of tool calls are objects, and an answer names its tool as well as its call', () => {
    const history: Message[] = [
      {
        role: 'assistant',
        content: '',
        toolCalls: [
          { id: 'call_1', name: 'weather', arguments: '{"city":"Bonn"}' },
          { id: 'call_2', name: 'now', arguments: '' },
        ],
      },
      { role: 'tool', content: '17 °C', toolCallId: 'call_1' },
      { role: 'tool', content: 'noon', toolCallId: 'call_2', name: 'clock' },
    ]
    expect(messages(...history)).toEqual([
      {
        role: 'assistant',
        content: '',
        tool_calls: [
          { id: 'call_1', function: { name: 'weather', arguments: { city: 'Bonn' } } },
          { id: 'call_2', function: { name: 'now', arguments: {} } },
        ],
      },
      { role: 'tool', content: '17 °C', tool_name: 'weather', tool_call_id: 'call_1' },
      { role: 'tool', content: 'noon', tool_name: 'clock', tool_call_id: 'call_2' },
    ])
  })
})

describe('tools', () => {
  const tools = [{ name: 'weather', description: 'Now', parameters: { type: 'object' } }]

  it('are functions', () => {
    expect(body(chat({ tools, toolChoice: 'auto' }))).toMatchObject({
      tools: [
        {
          type: 'function',
          function: { name: 'weather', description: 'Now', parameters: { type: 'object' } },
        },
      ],
    })
  })

  it('are left out where none may be called, since Ollama has no choice of tools', () => {
    expect(body(chat({ tools, toolChoice: 'none' }))).not.toHaveProperty('tools')
  })
})

describe('paths', () => {
  it.each([
    [chat(), TARGET, '/api/chat'],
    [COMPLETION, TARGET, '/api/generate'],
    [EMBEDDING, TARGET, '/api/embed'],
    [EMBEDDING, 'https://host/ollama/', '/ollama/api/embed'],
    [EMBEDDING, 'https://ollama.com/api', '/api/embed'],
    [EMBEDDING, 'https://host/ollama/api/?tenant=a', '/ollama/api/embed?tenant=a'],
    [EMBEDDING, 'http://localhost:11434/v1', '/api/embed'],
  ])('%# %s', (call, target, path) => {
    expect(encode(call, {}, target).path).toBe(path)
  })
})

describe('headers', () => {
  it.each([
    [chat(), 'application/x-ndjson'],
    [chat({ stream: false }), 'application/json'],
    [EMBEDDING, 'application/json'],
  ])('what is expected back', (call, accept) => {
    expect(encode(call).headers).toEqual({
      'content-type': 'application/json',
      accept,
      'accept-encoding': 'identity',
    })
  })

  it.each<[string, OllamaSettings, string | undefined, string | undefined]>([
    ['from the settings', { apiKey: 'ok-1' }, undefined, 'Bearer ok-1'],
    ['from the environment', {}, 'ok-env', 'Bearer ok-env'],
    ['the settings go first', { apiKey: 'ok-1' }, 'ok-env', 'Bearer ok-1'],
    ['an empty one is none', { apiKey: '' }, 'ok-env', undefined],
    ['none', {}, undefined, undefined],
    [
      'a header of the client goes before it',
      { apiKey: 'ok-1', headers: { Authorization: 'Basic x' } },
      undefined,
      'Basic x',
    ],
  ])('API key: %s', (_, settings, variable, expected) => {
    vi.stubEnv('OLLAMA_API_KEY', variable)
    expect(encode(chat(), settings).headers['authorization']).toBe(expected)
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

describe('calls that cannot be sent say what to do', () => {
  const image = { type: 'image', url: 'https://example.com/cat.png' } as const
  const toolCall = (text: string) =>
    chat({
      messages: [{ role: 'assistant', content: '', toolCalls: [{ id: '', name: 'f', arguments: text }] }],
    })
  it.each<[string, Call, RegExp, string]>([
    [
      'a link to an image',
      chat({ messages: [{ role: 'user', content: [image] }] }),
      /cat\.png/,
      'data:image/png;base64,',
    ],
    ['arguments that are no JSON', toolCall('{"a":'), /tool call "f"/, 'JSON.stringify'],
    ['arguments that are no object', toolCall('[1]'), /tool call "f"/, 'JSON.stringify'],
    ['no model', { kind: 'chat', messages: [] }, /names no model/, "ollama({ model: '…' })"],
    ['no messages', JSON.parse('{"kind":"chat","model":"m"}') as Call, /no `messages`/, 'chat({ messages'],
    [
      'no prompt',
      JSON.parse('{"kind":"completion","model":"m"}') as Call,
      /no `prompt`/,
      'complete({ prompt',
    ],
    ['no input', JSON.parse('{"kind":"embedding","model":"m"}') as Call, /no `input`/, 'embed({ input'],
  ])('%s', (_, call, problem, hint) => {
    const error = refused(call)
    expect(error.code).toBe('LB_CALL_INVALID')
    expect(error.message).toMatch(problem)
    expect(error.hint).toContain(hint)
  })

  it('what comes through extra is there', () => {
    const call = JSON.parse('{"kind":"completion","model":"m","extra":{"prompt":"x"}}') as Call
    expect(body(call)['prompt']).toBe('x')
  })
})
