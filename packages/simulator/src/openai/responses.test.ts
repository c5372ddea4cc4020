import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, documentsOf, truthOf, type Asking } from '../../test/client.ts'
import type { Simulator } from '../server.ts'
import { serveSimulator } from '../simulator.ts'

let simulator: Simulator
beforeAll(async () => {
  simulator = await serveSimulator({ ttft: 1, itl: 1, text: 'one two three', truth: 100 })
})
afterAll(() => simulator.stop())

const post = (body: object = {}, asking: Asking = {}) =>
  ask(simulator.port, {
    path: '/v1/responses',
    body: { model: 'm', input: 'Hello, world', ...body },
    ...asking,
  })
const streamed = (body: object = {}, asking: Asking = {}) => post({ stream: true, ...body }, asking)
const typesOf = (heard: { body: string }) => documentsOf(heard).map(({ type }) => type)
const TOOLS = [
  { type: 'function', name: 'weather', parameters: { properties: { city: { type: 'string' } } } },
]

const MESSAGE = [
  'response.output_item.added',
  'response.content_part.added',
  'response.output_text.delta',
  'response.output_text.delta',
  'response.output_text.delta',
  'response.output_text.done',
  'response.content_part.done',
  'response.output_item.done',
]
const START = ['response.created', 'response.in_progress']

describe('a stream of the Responses API', () => {
  it('is typed and numbered, and has no [DONE]', async () => {
    const heard = await streamed()
    expect(typesOf(heard)).toEqual([...START, ...MESSAGE, 'response.completed'])
    expect(documentsOf(heard).map((event) => event['sequence_number'])).toEqual(
      Array.from({ length: 11 }, (_, n) => n),
    )
    for (const event of heard.body.split('\n\n').slice(0, -1)) {
      const [, name, type] = /^event: (\S+)\ndata: \{"type":"([^"]+)"/.exec(event) ?? []
      expect([event, type]).toEqual([event, name ?? 'an event has a name'])
    }
  })

  it('says its text in deltas, then again in one piece', async () => {
    const events = documentsOf(await streamed())
    const deltas = events.filter(({ type }) => type === 'response.output_text.delta')
    expect(deltas.map(({ delta }) => delta)).toEqual(['one', ' two', ' three'])
    expect(events.at(-1)).toMatchObject({
      response: {
        status: 'completed',
        incomplete_details: null,
        output: [{ type: 'message', content: [{ type: 'output_text', text: 'one two three' }] }],
        usage: {
          input_tokens: 3,
          output_tokens: 3,
          total_tokens: 6,
          output_tokens_details: { reasoning_tokens: 0 },
        },
      },
    })
  })

  it('has reasoning as an item before the message', async () => {
    const headers = { 'x-sim-id': 'reasoned' }
    const heard = await streamed({}, { sim: { reasoningTokens: 2, tokensPerChunk: 4 }, headers })
    expect(typesOf(heard).slice(2, 8)).toEqual([
      'response.output_item.added',
      'response.content_part.added',
      'response.reasoning_text.delta',
      'response.reasoning_text.done',
      'response.content_part.done',
      'response.output_item.done',
    ])
    const { response } = documentsOf(heard).at(-1) as { response: { output: unknown[]; usage: unknown } }
    expect(response.output).toMatchObject([{ type: 'reasoning' }, { type: 'message' }])
    expect(response.usage).toMatchObject({ output_tokens: 5, output_tokens_details: { reasoning_tokens: 2 } })
    expect(await truthOf(simulator.port, 'reasoned')).toMatchObject({ tokensPerChunk: [4, 1] })
  })

  it('calls the tool the request insists on', async () => {
    const heard = await streamed({ tools: TOOLS, tool_choice: { type: 'function', name: 'weather' } })
    const events = documentsOf(heard)
    expect(typesOf(heard)).toEqual([
      ...START,
      'response.output_item.added',
      ...Array.from({ length: 3 }, () => 'response.function_call_arguments.delta'),
      'response.function_call_arguments.done',
      'response.output_item.done',
      'response.completed',
    ])
    const written = events.filter(({ type }) => String(type).endsWith('.delta')).map(({ delta }) => delta)
    expect(JSON.parse(written.join(''))).toEqual({ city: expect.any(String) })
    expect(events.at(-1)).toMatchObject({
      response: { output: [{ type: 'function_call', name: 'weather', arguments: written.join('') }] },
    })
  })

  it('ends incomplete at its limit, and when it is filtered', async () => {
    const limited = documentsOf(await streamed({ max_output_tokens: 2 })).at(-1)
    expect(limited).toMatchObject({
      type: 'response.incomplete',
      response: { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } },
    })
    const filtered = documentsOf(await streamed({}, { sim: { fault: 'content-filter' } })).at(-1)
    expect(filtered).toMatchObject({ response: { incomplete_details: { reason: 'content_filter' } } })
  })

  it('starts early where it is set so', async () => {
    const sim = { roleChunk: 'early', fault: 'stall-before-first-token' } as const
    expect(typesOf(await streamed({}, { sim, patience: 300 }))).toEqual(START)
  })

  it('ends with an error event where it is to fail', async () => {
    const events = documentsOf(await streamed({}, { sim: { fault: 'stream-error' } }))
    expect(events.at(-1)).toEqual({
      type: 'error',
      sequence_number: events.length - 1,
      code: 'server_error',
      message: expect.any(String),
      param: null,
    })
  })

  it('that is cut has no end, and that is empty has one', async () => {
    expect(typesOf(await streamed({}, { sim: { fault: 'truncate', faultAfter: 99 } }))).toEqual([
      ...START,
      ...MESSAGE,
    ])
    expect(typesOf(await streamed({}, { sim: { fault: 'empty' } }))).toEqual([...START, 'response.completed'])
  })
})

it('a response in one piece is what a stream ends with', async () => {
  const sim = { seed: 5, reasoningTokens: 1 }
  const { response } = documentsOf(await streamed({}, { sim })).at(-1) as { response: object }
  const own = { id: expect.any(String), created_at: expect.any(Number), output: expect.any(Array) }
  expect(JSON.parse((await post({}, { sim })).body)).toEqual({ ...response, ...own })
})

it.each([
  ['text', 'x'.repeat(40), 10],
  [
    'messages',
    [
      { role: 'user', content: 'x'.repeat(8) },
      { role: 'user', content: [{ type: 'input_text', text: 'x'.repeat(32) }] },
    ],
    10,
  ],
  ['what a tool gave', [{ type: 'function_call_output', call_id: 'c', output: 'x'.repeat(40) }], 10],
])('the prompt may be %s', async (_, input, tokens) => {
  expect(JSON.parse((await post({ input })).body)).toMatchObject({ usage: { input_tokens: tokens } })
})

it.each([
  ['no input', { input: undefined }],
  ['no tokens wanted', { max_output_tokens: 0 }],
  ['a tool that is not there', { tool_choice: 'required' }],
])('a request with %s is refused', async (_, body) => {
  const heard = await post(body)
  expect(heard.status).toBe(400)
  expect(JSON.parse(heard.body)).toMatchObject({ error: { type: 'invalid_request_error' } })
})
