import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, documentsOf, truthOf, type Asking } from '../../test/client.ts'
import type { Simulator } from '../server.ts'
import { serveSimulator } from '../simulator.ts'

let simulator: Simulator
beforeAll(async () => {
  simulator = await serveSimulator({ ttft: 1, itl: 1, text: 'one two three', truth: 100, apiKey: 'key' })
})
afterAll(() => simulator.stop())

const HEADERS = { authorization: 'Bearer key' }
const post = (path: string, parameters: object = {}, asking: Asking = {}) =>
  ask(simulator.port, {
    path,
    body: { inputs: 'Hello, world', parameters },
    ...asking,
    headers: { ...HEADERS, ...asking.headers },
  })
const streamed = (parameters: object = {}, asking: Asking = {}) =>
  post('/generate_stream', parameters, asking)

describe('a stream of TGI', () => {
  it('is one event a token, the last of which has no text of its own and tells the whole', async () => {
    const heard = await streamed({ details: true, seed: 7 })
    expect(heard).toMatchObject({
      status: 200,
      complete: true,
      headers: {
        'content-type': 'text/event-stream',
        'x-accel-buffering': 'no',
        'x-compute-characters': '12',
      },
    })
    expect(heard.body).toMatch(/^data:\{/)
    const events = documentsOf(heard)
    expect(events.map(({ index }) => index)).toEqual([1, 2, 3, 4])
    expect(events.map(({ token }) => token)).toMatchObject([
      { text: 'one', special: false, id: expect.any(Number), logprob: expect.any(Number) },
      { text: ' two', special: false },
      { text: ' three', special: false },
      { text: '</s>', special: true },
    ])
    expect(events.map(({ generated_text: text }) => text)).toEqual([null, null, null, 'one two three'])
    expect(events.at(-1)?.['details']).toEqual({
      finish_reason: 'eos_token',
      generated_tokens: 4,
      seed: 7,
      input_length: 3,
    })
  })

  it('that reaches its limit ends with a token of the text', async () => {
    const events = documentsOf(await streamed({ details: true, max_new_tokens: 2 }))
    expect(events).toMatchObject([
      { token: { text: 'one' }, generated_text: null },
      {
        token: { text: ' two' },
        generated_text: 'one two',
        details: { finish_reason: 'length', generated_tokens: 2 },
      },
    ])
  })

  it('has no details unless asked for, and repeats the prompt if asked to', async () => {
    const last = documentsOf(await streamed({ return_full_text: true })).at(-1)
    expect(last).toMatchObject({ details: null, generated_text: 'Hello, worldone two three' })
  })

  it.each([
    ['always', {}, 4],
    ['never', { details: true }, undefined],
  ] as const)('follows the setting of usage: %s', async (usage, parameters, generated) => {
    const last = documentsOf(await streamed(parameters, { sim: { usage } })).at(-1)
    const details = last?.['details'] as { generated_tokens: number } | null
    expect(details?.generated_tokens).toBe(generated)
  })

  it('counts the end token in the truth, but gives it no time: it has no content', async () => {
    await streamed({}, { headers: { 'x-sim-id': 'tgi' } })
    expect(await truthOf(simulator.port, 'tgi')).toMatchObject({
      promptTokens: 3,
      outputTokens: 4,
      tokensPerChunk: [1, 1, 1],
    })
  })

  it('leaves several tokens at once as several events', async () => {
    const headers = { 'x-sim-id': 'chunked' }
    expect(documentsOf(await streamed({}, { sim: { tokensPerChunk: 3 }, headers }))).toHaveLength(4)
    expect(await truthOf(simulator.port, 'chunked')).toMatchObject({ outputTokens: 4, tokensPerChunk: [3] })
  })
})

describe('an answer of TGI in one piece', () => {
  it('has text, details and the times of the server in headers', async () => {
    const heard = await post('/generate', { details: true })
    expect(JSON.parse(heard.body)).toEqual({
      generated_text: 'one two three',
      details: {
        finish_reason: 'eos_token',
        generated_tokens: 4,
        seed: null,
        prefill: [],
        tokens: ['one', ' two', ' three', '</s>'].map((text): unknown => expect.objectContaining({ text })),
      },
    })
    expect(heard.headers).toMatchObject({
      'x-compute-type': 'cpu',
      'x-compute-characters': '12',
      'x-queue-time': '0',
      'x-validation-time': '0',
      'x-prompt-tokens': '3',
      'x-generated-tokens': '4',
    })
    const header = (name: string) => Number(heard.headers[name])
    expect(header('x-inference-time')).toBeGreaterThanOrEqual(4)
    expect(header('x-total-time')).toBeGreaterThanOrEqual(header('x-inference-time'))
    expect(header('x-compute-time')).toBeGreaterThanOrEqual(0.004)
    expect(header('x-time-per-token')).toBeGreaterThanOrEqual(1)
  })

  it('stands in a list at /, where a stream has to be asked for', async () => {
    expect(JSON.parse((await post('/')).body)).toEqual([{ generated_text: 'one two three' }])
    const heard = await ask(simulator.port, {
      path: '/',
      headers: HEADERS,
      body: { inputs: 'x', stream: true },
    })
    expect(documentsOf(heard)).toHaveLength(4)
  })
})

describe('an error of TGI', () => {
  it.each([
    ['rate-limit', 429, 'overloaded'],
    ['overloaded', 429, 'overloaded'],
    ['server-error', 424, 'generation'],
    ['bad-request', 422, 'validation'],
    ['model-not-found', 422, 'validation'],
    ['context-length', 422, 'validation'],
  ] as const)('(%s) is %i, and %s inside a stream of status 200', async (fault, status, type) => {
    const error = { error: expect.stringMatching(/\w/), error_type: type }
    const whole = await post('/generate', {}, { sim: { fault } })
    expect(whole.status).toBe(status)
    expect(whole.headers).not.toHaveProperty('retry-after')
    expect(JSON.parse(whole.body)).toEqual(error)
    const stream = await streamed({}, { sim: { fault } })
    expect(stream).toMatchObject({ status: 200, headers: { 'content-type': 'text/event-stream' } })
    expect(documentsOf(stream)).toEqual([error])
  })

  it.each(['/generate', '/generate_stream', '/'])('of a key at %s is 401 without a body', async (path) => {
    expect(await post(path, {}, { headers: { authorization: 'Bearer other' } })).toMatchObject({
      status: 401,
      body: '',
    })
  })

  it.each([
    ['no inputs', { parameters: {} }],
    ['no tokens wanted', { inputs: 'x', parameters: { max_new_tokens: 0 } }],
    ['the best of several', { inputs: 'x', parameters: { best_of: 2 } }],
    ['no JSON', '{"inputs"'],
  ])('of validation (%s) is told in the stream', async (_, body) => {
    const heard = await ask(simulator.port, { path: '/generate_stream', headers: HEADERS, body })
    expect(heard.status).toBe(200)
    expect(documentsOf(heard)).toMatchObject([
      { error_type: 'validation', error: expect.stringMatching(/^Input validation error: ./) },
    ])
  })

  it('in the middle of a stream is its last event', async () => {
    const events = documentsOf(await streamed({}, { sim: { fault: 'stream-error' } }))
    expect(events).toMatchObject([
      { index: 1 },
      { index: 2 },
      { error: expect.any(String), error_type: 'generation' },
    ])
  })

  it.each([
    [1, 0],
    [3, 2],
  ])('that comes after the answer of %i tokens comes before the end instead', async (limit, tokens) => {
    const sim = { fault: 'truncate', faultAfter: 99 } as const
    const heard = await streamed({ max_new_tokens: limit }, { sim })
    expect(heard.complete).toBe(true)
    expect(heard.body === '' ? [] : documentsOf(heard)).toHaveLength(tokens)
    expect(heard.body).not.toContain('"generated_text":"')
  })
})

it('an empty answer of TGI is nothing but the end token', async () => {
  const events = documentsOf(await streamed({ details: true }, { sim: { fault: 'empty' } }))
  expect(events).toMatchObject([
    { token: { special: true }, generated_text: '', details: { generated_tokens: 1 } },
  ])
})

it('an answer cut by a filter ends without an end token', async () => {
  const events = documentsOf(await streamed({ details: true }, { sim: { fault: 'content-filter' } }))
  expect(events.at(-1)).toMatchObject({
    token: { special: false },
    details: { finish_reason: 'stop_sequence' },
  })
})
