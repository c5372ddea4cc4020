import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { answers } from './__fixtures__/answers.ts'
import { sse } from './__fixtures__/wire.ts'
import { plugins, tgi } from './index.ts'

interface Seen {
  readonly path: string | undefined
  readonly headers: IncomingMessage['headers']
  readonly body: Record<string, unknown>
}

let server: Server
let baseURL: string
let seen: Seen[]
let reply: { status?: number; headers?: Readonly<Record<string, string>>; body: string | Uint8Array }

beforeEach(async () => {
  for (const name of ['LOADBENCH_TARGET', 'TGI_API_KEY', 'TGI_BASE_URL']) vi.stubEnv(name, undefined)
  seen = []
  server = createServer((request, response) => void respond(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port')
  baseURL = `http://127.0.0.1:${address.port}`
})

afterEach(async () => {
  vi.unstubAllEnvs()
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
})

async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = JSON.parse(await text(request)) as Seen['body']
  seen.push({ path: request.url, headers: request.headers, body })
  response.writeHead(reply.status ?? 200, reply.headers).end(reply.body)
}

describe('a client made by tgi()', () => {
  it.each(['generate', 'complete'] as const)('%s streams tokens', async (method) => {
    reply = answers.text
    const result = await tgi({ baseURL, apiKey: 'hf-1' })[method]({ prompt: 'Hi', maxTokens: 5 })
    expect(result).toMatchObject({
      ok: true,
      text: 'Deep learning\n 深',
      finishReason: 'eos_token',
      outputTokens: 5,
      tokenSource: 'usage',
    })
    expect(result.timings.ttft).toBeGreaterThanOrEqual(0)
    expect(seen).toMatchObject([
      {
        path: '/generate_stream',
        headers: { authorization: 'Bearer hf-1' },
        body: { inputs: 'Hi', parameters: { max_new_tokens: 5, details: true } },
      },
    ])
  })

  it('counts tokens by itself where the server was not asked for details', async () => {
    reply = answers.others?.['a stream without details'] ?? { body: '' }
    const client = tgi({ baseURL, parameters: { details: false } })
    expect(await client.generate({ prompt: 'Hi' })).toMatchObject({ outputTokens: 2, tokenSource: 'usage' })
    expect(seen).toMatchObject([{ body: { parameters: { details: false } } }])
  })

  it('sends the parameters of a call', async () => {
    reply = answers.text
    const { ok } = await tgi({ baseURL }).generate({
      prompt: 'Hi',
      parameters: { top_k: 3, grammar: { type: 'regex', value: '[0-9]+' } },
    })
    expect(ok).toBe(true)
    expect(seen).toMatchObject([{ body: { parameters: { top_k: 3, grammar: { value: '[0-9]+' } } } }])
    expect(seen[0]?.body).not.toHaveProperty('top_k')
  })

  it('chats by the Messages API', async () => {
    reply = answers.others?.['a chat'] ?? { body: '' }
    const result = await tgi({ baseURL: `${baseURL}/v1` }).chat({
      messages: [{ role: 'user', content: 'Hi' }],
    })
    expect(result).toMatchObject({ ok: true, text: 'Deep learning', outputTokens: 3 })
    expect(seen).toMatchObject([{ path: '/v1/chat/completions', body: { model: 'tgi', stream: true } }])
  })

  it('does not take an error inside a 200 for an answer', async () => {
    const body = sse({ error: 'Model is overloaded', error_type: 'overloaded' })
    reply = { headers: { 'content-type': 'text/event-stream' }, body }
    expect(await tgi({ baseURL }).generate({ prompt: 'Hi' })).toMatchObject({
      ok: false,
      status: 200,
      error: { class: 'overloaded', code: 'overloaded', message: 'Model is overloaded' },
    })
  })

  it('finds its server by TGI_BASE_URL', async () => {
    vi.stubEnv('TGI_BASE_URL', baseURL)
    reply = answers.text
    expect(await tgi().generate({ prompt: 'Hi' })).toMatchObject({ ok: true })
  })
})

it('is probed under the name its samples carry', () => {
  expect(plugins.map(({ name }) => name)).toEqual(['tgi'])
})
