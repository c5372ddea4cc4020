import type { Call, ChatSettings, CompletionSettings } from 'loadbench/plugin'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { tgiPlugin } from '../plugin.ts'
import type { TgiSettings } from '../settings.ts'

beforeEach(() => {
  vi.stubEnv('TGI_API_KEY', undefined)
  vi.stubEnv('OPENAI_API_KEY', 'of-somebody-else')
  vi.stubEnv('HF_TOKEN', 'of-the-hub')
})
afterEach(() => {
  vi.unstubAllEnvs()
})

const encode = (call: Call, settings: TgiSettings = {}, target = 'http://localhost:8080') =>
  tgiPlugin(settings).encode(call, new URL(target))
const generate = (call: Partial<CompletionSettings> = {}): Call => ({
  kind: 'completion',
  prompt: 'Once',
  ...call,
})
const chat = (call: Partial<ChatSettings> = {}): Call => ({
  kind: 'chat',
  messages: [{ role: 'user', content: 'Hi' }],
  ...call,
})
const body = (call: Call, settings: TgiSettings = {}) =>
  JSON.parse(String(encode(call, settings).body)) as Record<string, unknown>
const parameters = (call: Partial<CompletionSettings>, settings: TgiSettings = {}) =>
  body(generate(call), settings)['parameters']
/** Sent with every call to TGI's own routes. */
const ALWAYS = { details: true, return_full_text: false }

describe('a completion', () => {
  it('asks for details, and says `parameters` even where the call says nothing', () => {
    expect(encode(generate()).body).toMatchInlineSnapshot(
      `"{"inputs":"Once","parameters":{"details":true,"return_full_text":false},"stream":true}"`,
    )
  })

  it('has everything a call can say', () => {
    const call = generate({
      maxTokens: 16,
      temperature: 0.7,
      topP: 0.9,
      seed: 7,
      stop: ['\n', 'END'],
      n: 3,
      model: 'a-tag',
      stream: false,
    })
    expect(body(call)).toMatchInlineSnapshot(`
      {
        "inputs": "Once",
        "parameters": {
          "details": true,
          "do_sample": true,
          "max_new_tokens": 16,
          "return_full_text": false,
          "seed": 7,
          "stop": [
            "
      ",
            "END",
          ],
          "temperature": 0.7,
          "top_p": 0.9,
        },
        "stream": false,
      }
    `)
  })

  it.each<[string, Partial<CompletionSettings>, object]>([
    ['temperature 0 is greedy', { temperature: 0 }, { do_sample: false }],
    ['temperature 1 samples', { temperature: 1 }, { do_sample: true, temperature: 1 }],
    ['topP 1 is no restriction', { topP: 1 }, {}],
    ['topP below 1 is sent', { topP: 0.5 }, { top_p: 0.5 }],
    ['one stop sequence is a list', { stop: 'END' }, { stop: ['END'] }],
    ['a token limit', { maxTokens: 1 }, { max_new_tokens: 1 }],
  ])('%s', (_, call, expected) => {
    expect(parameters(call)).toEqual({ ...ALWAYS, ...expected })
  })

  describe('parameters', () => {
    const ofClient: TgiSettings = { parameters: { max_new_tokens: 8, top_k: 5, details: false } }

    it('of the client hold where the call says nothing', () => {
      expect(parameters({}, ofClient)).toEqual({ ...ALWAYS, max_new_tokens: 8, top_k: 5, details: false })
    })

    it('of the client give way to the call', () => {
      expect(parameters({ maxTokens: 9 }, ofClient)).toMatchObject({ max_new_tokens: 9, top_k: 5 })
    })

    it('of the client do not make a greedy call sample', () => {
      const { temperature, do_sample } = parameters(
        { temperature: 0 },
        { parameters: { temperature: 0.7 } },
      ) as Record<string, unknown>
      expect([temperature, do_sample]).toEqual([undefined, false])
    })

    it('in `extra` go before everything', () => {
      const extra = { parameters: { max_new_tokens: 10, adapter_id: 'lora' } }
      expect(parameters({ maxTokens: 9, extra }, ofClient)).toMatchObject({
        max_new_tokens: 10,
        adapter_id: 'lora',
        top_k: 5,
      })
    })
  })

  it('passes on other fields of the body, those of the call over those of the client', () => {
    const settings = { extra: { one: 1, two: 1 } }
    expect(body(generate({ extra: { two: 2, stream: false } }), settings)).toMatchObject({
      one: 1,
      two: 2,
      stream: true,
    })
  })

  it('may give its prompt as `inputs`', () => {
    const call = JSON.parse('{"kind":"completion","extra":{"inputs":"Once"}}') as Call
    expect(body(call)['inputs']).toBe('Once')
  })

  it('without a prompt is refused', () => {
    const call = JSON.parse('{"kind":"completion"}') as Call
    expect(() => encode(call)).toThrowError(expect.objectContaining({ code: 'LB_CALL_INVALID' }))
  })
})

describe('a chat', () => {
  it('asks for the model by the name TGI has for its own, and for counts', () => {
    expect(encode(chat()).body).toMatchInlineSnapshot(
      `"{"model":"tgi","messages":[{"role":"user","content":"Hi"}],"stream":true,"stream_options":{"include_usage":true}}"`,
    )
  })

  it.each<[string, Call, TgiSettings, unknown]>([
    ['of the call', chat({ model: 'adapter' }), { model: 'client' }, 'adapter'],
    ['of the client', chat(), { model: 'client' }, 'client'],
  ])('asks for the model %s', (_, call, settings, model) => {
    expect(body(call, settings)['model']).toBe(model)
  })

  it.each<[string, Partial<ChatSettings>, string]>([
    ['n, which TGI does not know', { n: 2 }, 'n'],
    ['a topP of 1, which TGI refuses', { topP: 1 }, 'top_p'],
  ])('leaves out %s', (_, call, field) => {
    expect(body(chat(call))).not.toHaveProperty(field)
  })

  it('sends any other topP', () => {
    expect(body(chat({ topP: 0.9 }))['top_p']).toBe(0.9)
  })

  it('takes `extra` of the client too', () => {
    expect(body(chat(), { extra: { guideline: 'be brief' } })['guideline']).toBe('be brief')
  })
})

describe('routes', () => {
  it.each([
    ['http://host:8080', '/generate_stream', '/generate', '/v1/chat/completions'],
    ['http://host:8080/', '/generate_stream', '/generate', '/v1/chat/completions'],
    ['http://host:8080/v1', '/generate_stream', '/generate', '/v1/chat/completions'],
    ['http://host/tgi', '/tgi/generate_stream', '/tgi/generate', '/tgi/v1/chat/completions'],
    ['http://host/tgi/v1/', '/tgi/generate_stream', '/tgi/generate', '/tgi/v1/chat/completions'],
    ['http://host/?a=b', '/generate_stream?a=b', '/generate?a=b', '/v1/chat/completions?a=b'],
  ])('at %s', (target, stream, whole, messages) => {
    const paths = [generate(), generate({ stream: false }), chat()].map(
      (call) => encode(call, {}, target).path,
    )
    expect(paths).toEqual([stream, whole, messages])
  })
})

describe('headers', () => {
  it.each([
    ['a stream', generate(), 'text/event-stream'],
    ['an answer in one piece', generate({ stream: false }), 'application/json'],
  ])('ask for %s, and for nothing compressed', (_, call, accept) => {
    expect(encode(call).headers).toEqual({
      'content-type': 'application/json',
      accept,
      'accept-encoding': 'identity',
    })
  })

  it.each([
    ['generate', generate()],
    ['chat', chat()],
  ])("of %s carry the key of the settings, else TGI_API_KEY, and nobody else's", (_, call) => {
    expect(encode(call).headers).not.toHaveProperty('authorization')
    vi.stubEnv('TGI_API_KEY', 'hf-env')
    expect(encode(call).headers).toHaveProperty('authorization', 'Bearer hf-env')
    expect(encode(call, { apiKey: 'hf-own' }).headers).toHaveProperty('authorization', 'Bearer hf-own')
    expect(encode(call, { apiKey: '' }).headers).not.toHaveProperty('authorization')
  })
})

it('refuses embeddings', () => {
  expect(() => encode({ kind: 'embedding', input: 'x' })).toThrowError(
    expect.objectContaining({ code: 'LB_CALL_INVALID' }),
  )
})
