import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, documentsOf, truthOf, type Asking } from '../../test/client.ts'
import type { Simulator } from '../server.ts'
import { serveSimulator } from '../simulator.ts'

let simulator: Simulator
beforeAll(async () => {
  simulator = await serveSimulator({ ttft: 20, itl: 5, text: 'one two three', truth: 100 })
})
afterAll(() => simulator.stop())

const post = (path: string, body: object, asking: Asking = {}) =>
  ask(simulator.port, { path, body, ...asking })
const MESSAGES = [{ role: 'user', content: 'Hello, world' }]
const chat = (body: object = {}, asking: Asking = {}) =>
  post('/api/chat', { model: 'm', messages: MESSAGES, ...body }, asking)
const generate = (body: object = {}, asking: Asking = {}) =>
  post('/api/generate', { model: 'm', prompt: 'Hello, world', ...body }, asking)
const errorOf = ({ body }: { body: string }) => JSON.parse(body) as unknown

const TOOLS = [
  {
    type: 'function',
    function: { name: 'weather', parameters: { properties: { city: { type: 'string' } } } },
  },
]
const END = { done: true, done_reason: 'stop', prompt_eval_count: 3, eval_count: 3 }

describe('a chat of Ollama', () => {
  it('is streamed unless told not to be: one line a token, then one with counts and times', async () => {
    const heard = await chat()
    expect(heard).toMatchObject({ status: 200, headers: { 'content-type': 'application/x-ndjson' } })
    const lines = documentsOf(heard)
    const line = (content: string) => ({ model: 'm', done: false, message: { role: 'assistant', content } })
    expect(lines).toMatchObject([
      line('one'),
      line(' two'),
      line(' three'),
      { ...END, message: { content: '' } },
    ])
    expect(lines[0]).toMatchObject({ created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) })
  })

  it('tells its durations in nanoseconds, and they add up', async () => {
    const last = documentsOf(await chat()).at(-1) as Record<string, number>
    expect(last).not.toHaveProperty('load_duration')
    expect(last['prompt_eval_duration']).toBe(20e6)
    expect(last['eval_duration']).toBeGreaterThanOrEqual(10e6)
    expect(last['total_duration']).toBeGreaterThanOrEqual(30e6)
    const sum = (last['prompt_eval_duration'] ?? 0) + (last['eval_duration'] ?? 0)
    expect(Math.abs((last['total_duration'] ?? 0) - sum)).toBeLessThan(1e6)
  })

  it('thinks in a field of its own, unless told not to', async () => {
    const sim = { reasoningTokens: 2 }
    const said = documentsOf(await chat({}, { sim })).map(({ message }) => message)
    expect(said.slice(0, 3)).toEqual([
      { role: 'assistant', content: '', thinking: expect.any(String) },
      { role: 'assistant', content: '', thinking: expect.any(String) },
      { role: 'assistant', content: 'one' },
    ])
    expect((await chat({ think: false }, { sim })).body).not.toContain('thinking')
    const whole = errorOf(await chat({ stream: false }, { sim }))
    expect(whole).toMatchObject({
      message: { content: 'one two three', thinking: expect.stringMatching(/^\S+ \S+$/) },
    })
  })

  it('sends a call in one line, with the last of its tokens', async () => {
    const sim = { toolCalls: 'always', outputTokens: 8, itl: 20, reasoningTokens: 1 } as const
    const asking = { sim, headers: { 'x-sim-id': 'call' } }
    const lines = documentsOf(await chat({ tools: TOOLS }, asking))
    expect(lines).toMatchObject([
      { message: { thinking: expect.any(String) } },
      {
        message: {
          content: '',
          tool_calls: [{ function: { name: 'weather', arguments: { city: expect.any(String) } } }],
        },
      },
      { ...END, eval_count: 4 },
    ])
    const record = await truthOf(simulator.port, 'call')
    expect(record).toMatchObject({ tokensPerChunk: [1, 3], outputTokens: 4 })
    expect((record.tokens[1] ?? 0) - record.acceptedAt).toBeGreaterThanOrEqual(20 + 3 * 20)
  })

  it('in one piece has a call as well', async () => {
    const whole = errorOf(await chat({ tools: TOOLS, stream: false }, { sim: { toolCalls: 'always' } }))
    expect(whole).toMatchObject({
      done: true,
      message: {
        content: '',
        tool_calls: [{ function: { name: 'weather', arguments: { city: expect.any(String) } } }],
      },
    })
  })

  it('ends for its length where num_predict says so', async () => {
    const lines = documentsOf(await chat({ options: { num_predict: 2 } }))
    expect(lines.at(-1)).toMatchObject({ done_reason: 'length', eval_count: 2 })
  })

  it('keeps its counts to itself where it is set so', async () => {
    const last = documentsOf(await chat({}, { sim: { usage: 'never' } })).at(-1)
    expect(Object.keys(last ?? {}).filter((name) => name.endsWith('_count'))).toEqual([])
  })
})

describe('a completion of Ollama', () => {
  it('says the same in the field response', async () => {
    const lines = documentsOf(await generate())
    expect(lines.map(({ response }) => response)).toEqual(['one', ' two', ' three', ''])
    expect(lines.at(-1)).toMatchObject(END)
    expect(errorOf(await generate({ stream: false }))).toMatchObject({ ...END, response: 'one two three' })
  })

  it('thinks beside an empty response', async () => {
    const [first] = documentsOf(await generate({}, { sim: { reasoningTokens: 1 } }))
    expect(first).toMatchObject({ response: '', thinking: expect.any(String), done: false })
  })
})

describe('a model of Ollama', () => {
  const LOAD = { sim: { loadTime: 80 } }
  const loadOf = (heard: { body: string }) =>
    documentsOf(heard).at(-1)?.['load_duration'] as number | undefined

  it('is loaded for the first request, and stays', async () => {
    const first = await generate({ model: 'fresh' }, { ...LOAD, headers: { 'x-sim-id': 'load' } })
    expect(loadOf(first)).toBe(80e6)
    expect(documentsOf(first).at(-1)).toMatchObject({ prompt_eval_duration: 20e6 })
    const { acceptedAt, tokens } = await truthOf(simulator.port, 'load')
    expect((tokens[0] ?? 0) - acceptedAt).toBeGreaterThanOrEqual(100)
    expect(loadOf(await generate({ model: 'fresh' }, LOAD))).toBeUndefined()
  })

  it('is loaded and unloaded by a request without a prompt', async () => {
    const loaded = await post(
      '/api/generate',
      { model: 'warm' },
      { ...LOAD, headers: { 'x-sim-id': 'warm' } },
    )
    expect(errorOf(loaded)).toMatchObject({ done: true, done_reason: 'load', response: '' })
    const { acceptedAt, endedAt = 0 } = await truthOf(simulator.port, 'warm')
    expect(endedAt - acceptedAt).toBeGreaterThanOrEqual(80)
    expect(loadOf(await chat({ model: 'warm' }, LOAD))).toBeUndefined()
    const gone = await post('/api/chat', { model: 'warm', messages: [], keep_alive: 0 })
    expect(errorOf(gone)).toMatchObject({ done: true, done_reason: 'unload', message: { content: '' } })
    expect(loadOf(await chat({ model: 'warm' }, LOAD))).toBe(80e6)
  })

  it('is listed while it is there', async () => {
    const names = async () => {
      const { body } = await ask(simulator.port, { method: 'GET', path: '/api/ps' })
      return (JSON.parse(body) as { models: { name: string }[] }).models.map(({ name }) => name)
    }
    await generate({ model: 'seen', keep_alive: '1h' })
    expect(await names()).toContain('seen')
    await generate({ model: 'seen', keep_alive: 0 })
    expect(await names()).not.toContain('seen')
  })
})

describe('an embedding of Ollama', () => {
  it('has a vector for each input, but no eval counts', async () => {
    const body = { model: 'm', input: ['Hello, world', 'x'], dimensions: 4 }
    const heard = await post('/api/embed', body)
    expect(errorOf(heard)).toEqual({
      model: 'm',
      embeddings: [0, 1].map((): unknown => expect.objectContaining({ length: 4 })),
      total_duration: expect.any(Number),
      prompt_eval_count: 4,
    })
  })
})

describe('an error of Ollama', () => {
  it.each([
    ['rate-limit', 429],
    ['server-error', 500],
    ['overloaded', 503],
    ['bad-request', 400],
    ['auth', 401],
    ['model-not-found', 404],
    ['context-length', 400],
  ] as const)('(%s) is %i with a sentence', async (fault, status) => {
    const heard = await chat({}, { sim: { fault } })
    expect(heard.status).toBe(status)
    expect(errorOf(heard)).toEqual({ error: expect.stringMatching(/\w/) })
  })

  it('in the middle of a stream is its last line', async () => {
    const lines = documentsOf(await generate({}, { sim: { fault: 'stream-error' } }))
    expect(lines).toEqual([
      expect.objectContaining({ response: 'one' }),
      expect.objectContaining({ response: ' two' }),
      { error: expect.any(String) },
    ])
  })

  it('is given for a body without a model', async () => {
    expect((await post('/api/chat', { messages: MESSAGES })).status).toBe(400)
    expect((await post('/api/embed', { input: 'x' })).status).toBe(400)
  })
})
