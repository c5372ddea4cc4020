import { LoadbenchError, type Call, type ChatSettings } from 'loadbench/plugin'
import { describe, expect, it } from 'vitest'
import { openaiResponsesPlugin } from '../plugin.ts'
import type { OpenAISettings } from '../settings.ts'

const chat = (call: Partial<ChatSettings> = {}): Call => ({
  kind: 'chat',
  model: 'm',
  messages: [{ role: 'user', content: 'Hi' }],
  ...call,
})
const encode = (call: Call, settings: OpenAISettings = {}) =>
  openaiResponsesPlugin({ apiKey: '', ...settings }).encode(call, new URL('http://h'))
const body = (call: Call, settings: OpenAISettings = {}): Record<string, unknown> =>
  JSON.parse(String(encode(call, settings).body)) as Record<string, unknown>
const inputOf = (messages: ChatSettings['messages']) => body(chat({ messages }))['input']

describe('a request to the Responses API', () => {
  it('of the smallest call', () => {
    expect(encode(chat()).path).toBe('/v1/responses')
    expect(encode(chat()).body).toBe('{"model":"m","input":[{"role":"user","content":"Hi"}],"stream":true}')
  })

  it('names the fields in its own way, and leaves out those it has none for', () => {
    const call = chat({
      maxTokens: 64,
      temperature: 0.5,
      topP: 0.9,
      seed: 7,
      stop: 'END',
      n: 2,
      stream: false,
      extra: { reasoning: { effort: 'low' }, store: false },
    })
    expect(body(call, { extra: { store: true, truncation: 'auto' } })).toEqual({
      model: 'm',
      input: [{ role: 'user', content: 'Hi' }],
      max_output_tokens: 64,
      temperature: 0.5,
      top_p: 0.9,
      stream: false,
      reasoning: { effort: 'low' },
      store: false,
      truncation: 'auto',
    })
  })

  it('`stream` is what the call says, whatever `extra` says', () => {
    expect(body(chat({ extra: { stream: false } }))['stream']).toBe(true)
  })

  it('has tools without a wrapper, and no stricter than in chat completions', () => {
    const parameters = { type: 'object', properties: { city: { type: 'string' } } }
    const { tools, tool_choice: choice } = body(
      chat({
        tools: [{ name: 'weather', description: 'Asks', parameters }, { name: 'ping' }],
        toolChoice: { name: 'ping' },
      }),
    )
    expect(tools).toEqual([
      { type: 'function', name: 'weather', description: 'Asks', parameters, strict: false },
      { type: 'function', name: 'ping', parameters: { type: 'object', properties: {} }, strict: false },
    ])
    expect(choice).toEqual({ type: 'function', name: 'ping' })
    expect(body(chat({ toolChoice: 'required' }))['tool_choice']).toBe('required')
  })
})

describe('messages become items', () => {
  it('with their role, that of the system too', () => {
    const messages = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hi', name: 'ada' },
      { role: 'assistant', content: 'Hello' },
    ] as const
    expect(inputOf(messages)).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'Hello' },
    ])
  })

  it('with images, given as an address or as data', () => {
    const content = [
      { type: 'text', text: 'Where is this?' },
      { type: 'image', url: 'https://example.com/rome.png' },
      { type: 'image', url: 'data:image/png;base64,iVBORw0KGgo=' },
    ] as const
    expect(inputOf([{ role: 'user', content }])).toEqual([
      {
        role: 'user',
        content: [
          { type: 'input_text', text: 'Where is this?' },
          { type: 'input_image', image_url: 'https://example.com/rome.png', detail: 'auto' },
          { type: 'input_image', image_url: 'data:image/png;base64,iVBORw0KGgo=', detail: 'auto' },
        ],
      },
    ])
  })

  it('text of the assistant in parts is output', () => {
    expect(inputOf([{ role: 'assistant', content: [{ type: 'text', text: 'Rome' }] }])).toEqual([
      { role: 'assistant', content: [{ type: 'output_text', text: 'Rome' }] },
    ])
  })

  it.each([
    ['', []],
    [null, []],
    ['I look.', [{ role: 'assistant', content: 'I look.' }]],
  ])('tool calls and their results are items of their own; content %j', (content, said) => {
    const messages = [
      { role: 'assistant', content, toolCalls: [{ id: 'c1', name: 'locate', arguments: '{"image":0}' }] },
      { role: 'tool', content: 'Rome', toolCallId: 'c1' },
    ] as ChatSettings['messages']
    expect(inputOf(messages)).toEqual([
      ...said,
      { type: 'function_call', call_id: 'c1', name: 'locate', arguments: '{"image":0}' },
      { type: 'function_call_output', call_id: 'c1', output: 'Rome' },
    ])
  })
})

describe('calls it refuses', () => {
  it.each<[string, Call]>([
    ['no messages', JSON.parse('{"kind":"chat","model":"m"}') as Call],
    ['no model', { kind: 'chat', messages: [] }],
    ['a completion', { kind: 'completion', model: 'm', prompt: 'Once' }],
    ['an embedding', { kind: 'embedding', model: 'm', input: 'Hi' }],
  ])('%s', (_, call) => {
    expect(() => encode(call)).toThrow(LoadbenchError)
    expect(() => encode(call)).toThrow(expect.objectContaining({ code: 'LB_CALL_INVALID' }))
  })
})
