import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, type Asking } from '../../test/client.ts'
import { decode, httpChunks } from '../aws/__fixtures__/decode.ts'
import type { Simulator } from '../server.ts'
import { serveSimulator } from '../simulator.ts'

let simulator: Simulator
beforeAll(async () => {
  simulator = await serveSimulator({
    ttft: 1,
    itl: 1,
    text: 'one two three four',
    outputTokens: 4,
    truth: 10,
  })
})
afterAll(() => simulator.stop())

const BODY = { messages: [{ role: 'user', content: [{ text: 'Why is the sky blue?' }] }] }
const BEARER = { authorization: 'Bearer any' }

async function converse({ body, ...asking }: Asking & { body?: object } = {}, to = simulator) {
  const path = '/model/amazon.nova-pro-v1%3A0/converse-stream'
  const heard = await ask(to.port, { path, headers: BEARER, ...asking, body: { ...BODY, ...body } })
  return { ...heard, chunks: httpChunks(heard.raw) }
}

/** Events by their names, each with its payload; padding is taken off, but has to be there. */
function eventsOf(chunks: readonly string[]): (readonly [string, unknown])[] {
  return decode(chunks.join('')).map(({ headers, payload }) => {
    const { p, ...fields } = JSON.parse(payload.toString()) as { p?: string }
    if (headers[':message-type'] === 'event') expect(p).toMatch(/^a[a-zA-Z0-9]*$/)
    return [headers[':event-type'] ?? headers[':exception-type'] ?? '', fields] as const
  })
}
const delta = (fields: object, contentBlockIndex = 0) =>
  ['contentBlockDelta', { contentBlockIndex, delta: fields }] as const
const stop = (contentBlockIndex = 0) => ['contentBlockStop', { contentBlockIndex }] as const
const END = [
  ['messageStop', { stopReason: 'end_turn' }],
  [
    'metadata',
    {
      metrics: { latencyMs: expect.any(Number) },
      usage: { inputTokens: 5, outputTokens: 4, totalTokens: 9 },
    },
  ],
]

describe('ConverseStream', () => {
  it('is a start, a delta for each token, a stop, and the metadata', async () => {
    const heard = await converse()
    expect(heard).toMatchObject({
      status: 200,
      complete: true,
      headers: {
        'content-type': 'application/vnd.amazon.eventstream',
        'x-amzn-requestid': expect.stringMatching(/^[\da-f-]{36}$/),
      },
    })
    expect(eventsOf(heard.chunks)).toEqual([
      ['messageStart', { role: 'assistant' }],
      ...['one', ' two', ' three', ' four'].map((text) => delta({ text })),
      delta({ text: '' }),
      stop(),
      ...END,
    ])
  })

  it('goes out one HTTP chunk a token, and one at the end', async () => {
    const { chunks } = await converse()
    expect(chunks.map((chunk) => eventsOf([chunk]).length)).toEqual([2, 1, 1, 1, 4])
  })

  it('starts early where asked to', async () => {
    const { chunks } = await converse({ sim: { roleChunk: 'early' } })
    expect(chunks.map((chunk) => eventsOf([chunk]).length)).toEqual([1, 1, 1, 1, 1, 4])
  })

  it('reasons in a block of its own, with a signature; a turn within a chunk ends the block', async () => {
    const { chunks } = await converse({
      sim: { reasoningTokens: 1, tokensPerChunk: 2, text: 'one two three' },
    })
    expect(eventsOf(chunks).slice(1, 8)).toEqual([
      delta({ reasoningContent: { text: expect.stringMatching(/^\S+$/) } }),
      delta({ reasoningContent: { signature: expect.any(String) } }),
      stop(),
      delta({ text: 'one' }, 1),
      delta({ text: ' two three' }, 1),
      delta({ text: '' }, 1),
      stop(1),
    ])
  })

  it('calls a tool', async () => {
    const json = { properties: { city: { type: 'string' } } }
    const tools = [{ toolSpec: { name: 'other' } }, { toolSpec: { name: 'weather', inputSchema: { json } } }]
    const { chunks } = await converse({
      body: { toolConfig: { tools, toolChoice: { tool: { name: 'weather' } } } },
    })
    const events = eventsOf(chunks)
    expect(events[1]).toEqual([
      'contentBlockStart',
      { contentBlockIndex: 0, start: { toolUse: { toolUseId: expect.any(String), name: 'weather' } } },
    ])
    expect(events.slice(2, -3)).toHaveLength(4)
    expect(events.slice(2, -3)).toEqual(
      Array.from({ length: 4 }, () => delta({ toolUse: { input: expect.any(String) } })),
    )
    expect(events.slice(-3, -1)).toEqual([stop(), ['messageStop', { stopReason: 'tool_use' }]])
  })

  it('tells no counts where they are kept back, but ends as ever', async () => {
    const events = eventsOf((await converse({ sim: { usage: 'never' } })).chunks)
    expect(events.at(-1)).toEqual(['metadata', { metrics: { latencyMs: expect.any(Number) } }])
  })

  it('tells the time it took, the wait for a slot included', async () => {
    const events = eventsOf((await converse({ sim: { ttft: 60, itl: 10 } })).chunks)
    const { metrics } = (events.at(-1)?.[1] ?? {}) as { metrics?: { latencyMs: number } }
    expect(metrics?.latencyMs).toBeGreaterThanOrEqual(90)
  })

  it('tells that nothing was said', async () => {
    const { chunks } = await converse({ sim: { fault: 'empty' } })
    expect(eventsOf(chunks).map(([name]) => name)).toEqual(['messageStart', 'messageStop', 'metadata'])
  })

  it.each([
    ['truncate', ['messageStart', ...Array<string>(2).fill('contentBlockDelta')]],
    [
      'no-done',
      ['messageStart', ...Array<string>(5).fill('contentBlockDelta'), 'contentBlockStop', 'messageStop'],
    ],
    ['stream-error', ['messageStart', 'contentBlockDelta', 'contentBlockDelta', 'modelStreamErrorException']],
  ] as const)('ends with the fault %s', async (fault, names) => {
    const { chunks } = await converse({ sim: { fault, faultAfter: 2 } })
    expect(eventsOf(chunks).map(([name]) => name)).toEqual(names)
  })

  it('goes on after a message with a wrong checksum', async () => {
    const { chunks } = await converse({ sim: { fault: 'malformed', faultAfter: 1 } })
    expect(() => decode(chunks[1] ?? '')).toThrow('wrong checksum')
    expect(eventsOf(chunks.toSpliced(1, 1)).at(-1)?.[0]).toBe('metadata')
  })

  it('can be filtered, by the model or by a guardrail', async () => {
    const sim = { fault: 'content-filter' } as const
    const filtered = eventsOf((await converse({ sim })).chunks)
    const guarded = eventsOf((await converse({ sim, body: { guardrailConfig: {} } })).chunks)
    expect([filtered.at(-2), guarded.at(-2)]).toEqual([
      ['messageStop', { stopReason: 'content_filtered' }],
      ['messageStop', { stopReason: 'guardrail_intervened' }],
    ])
  })

  it('is padded alike where the answer is the same', async () => {
    const lengths = async (text: string) => {
      const { chunks } = await converse({ sim: { text } })
      return chunks.slice(0, -1).map((chunk) => chunk.length)
    }
    expect(await lengths('one two')).toEqual(await lengths('one two'))
    expect(await lengths('one two')).not.toEqual(await lengths('two one'))
  })
})

describe('Converse', () => {
  it('answers in one piece, in the order of the blocks', async () => {
    const path = '/model/m/converse'
    const heard = await converse({ path, sim: { reasoningTokens: 1 } })
    expect(JSON.parse(heard.body)).toEqual({
      metrics: { latencyMs: expect.any(Number) },
      output: {
        message: {
          role: 'assistant',
          content: [
            {
              reasoningContent: {
                reasoningText: { text: expect.any(String), signature: expect.any(String) },
              },
            },
            { text: 'one two three four' },
          ],
        },
      },
      stopReason: 'end_turn',
      usage: { inputTokens: 5, outputTokens: 5, totalTokens: 10 },
    })
  })
})

describe('a request to Bedrock', () => {
  it.each([
    ['no messages', { messages: [] }, /#\/messages: /],
    [
      'a role that is none',
      { messages: [{ role: 'system', content: [{ text: 'x' }] }] },
      /#\/messages\/0\/role: /,
    ],
    ['no tokens', { inferenceConfig: { maxTokens: 0 } }, /#\/inferenceConfig\/maxTokens: /],
    [
      'a tool that is not there',
      { toolConfig: { tools: [], toolChoice: { tool: { name: 'x' } } } },
      /not among the tools/,
    ],
  ])('with %s is not valid', async (_what, body, message) => {
    const { status, headers, body: answer } = await converse({ body })
    expect([status, headers['x-amzn-errortype']?.split(':')[0]]).toEqual([400, 'ValidationException'])
    expect(JSON.parse(answer)).toEqual({ message: expect.stringMatching(message) })
  })

  it.each([
    ['nothing', {}, 'MissingAuthenticationTokenException'],
    ['another key', { authorization: 'Bearer other' }, 'AccessDeniedException'],
  ])('that bears %s is not let in', async (_what, headers, type) => {
    const locked = await serveSimulator({ apiKey: 'the-key', ttft: 1, itl: 1, outputTokens: 1 })
    const refused = await converse({ headers }, locked)
    const good = await converse({ headers: { authorization: 'Bearer the-key' } }, locked)
    await locked.stop()
    expect([refused.status, refused.headers['x-amzn-errortype']?.split(':')[0]]).toEqual([403, type])
    expect(good.status).toBe(200)
  })

  it('names a model that is served, by its decoded id', async () => {
    const one = await serveSimulator({ models: ['amazon.nova-pro-v1:0'], ttft: 1, itl: 1, outputTokens: 1 })
    const good = await converse({}, one)
    const refused = await converse({ path: '/model/other/converse' }, one)
    await one.stop()
    expect([good.status, refused.status]).toEqual([200, 404])
    expect(refused.headers['x-amzn-errortype']).toMatch(/^ResourceNotFoundException:/)
  })

  it.each(['/model/m/count-tokens', '/model/m/converse-streams'])('for %s is for nothing', async (path) => {
    const { status, headers } = await converse({ path })
    expect([status, headers['x-amzn-errortype']]).toEqual([404, 'UnknownOperationException'])
  })
})

describe('the lists of models', () => {
  const list = async (path: string, name: string, id: string) => {
    const { body } = await ask(simulator.port, { method: 'GET', path, headers: BEARER, body: '' })
    const { [name]: entries = [] } = JSON.parse(body) as Record<string, Record<string, unknown>[]>
    return entries.map((entry) => entry[id])
  }

  it('hold models, and inference profiles apart', async () => {
    expect(await list('/foundation-models', 'modelSummaries', 'modelId')).toContain('amazon.nova-micro-v1:0')
    expect(
      await list('/inference-profiles?maxResults=1000', 'inferenceProfileSummaries', 'inferenceProfileId'),
    ).toEqual(['us.anthropic.claude-3-7-sonnet-20250219-v1:0', 'us.amazon.nova-pro-v1:0'])
  })

  it('are not for everybody', async () => {
    expect((await ask(simulator.port, { method: 'GET', path: '/foundation-models', body: '' })).status).toBe(
      403,
    )
  })
})
