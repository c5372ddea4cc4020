import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { recording } from './__fixtures__/feed.ts'
import { ollama, ollamaPlugin, plugins } from './index.ts'

interface Seen {
  readonly path: string | undefined
  readonly headers: IncomingMessage['headers']
  readonly body: Record<string, unknown>
}

let server: Server
let host: string
let seen: Seen[]
let answer: { status: number; type: string; body: string }

beforeEach(async () => {
  for (const name of ['LOADBENCH_TARGET', 'OLLAMA_API_KEY', 'OLLAMA_HOST']) vi.stubEnv(name, undefined)
  seen = []
  server = createServer((request, response) => void reply(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port')
  host = `127.0.0.1:${address.port}`
})

afterEach(async () => {
  vi.unstubAllEnvs()
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
})

async function reply(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = JSON.parse(await text(request)) as Seen['body']
  seen.push({ path: request.url, headers: request.headers, body })
  response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body)
}

const stream = (name: string) => ({ status: 200, type: 'application/x-ndjson', body: recording(name) })
const json = (body: unknown, status = 200) => ({
  status,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(body),
})
const MESSAGES = [{ role: 'user', content: 'Hi' }] as const

describe('a client made by ollama()', () => {
  it('chats', async () => {
    answer = stream('chat.ndjson')
    const client = ollama({ baseURL: `http://${host}`, model: 'llama3', apiKey: 'ok-1' })
    const result = await client.chat({ messages: MESSAGES, maxTokens: 50 })
    expect(result).toMatchObject({ ok: true, finishReason: 'stop', outputTokens: 50, tokenSource: 'usage' })
    expect(result.text).toMatch(/smile to your face!\)$/)
    expect(seen).toMatchObject([
      {
        path: '/api/chat',
        headers: { authorization: 'Bearer ok-1', accept: 'application/x-ndjson' },
        body: { model: 'llama3', stream: true, messages: MESSAGES, options: { num_predict: 50 } },
      },
    ])
  })

  it('completes, at the address OLLAMA_HOST names', async () => {
    vi.stubEnv('OLLAMA_HOST', host)
    answer = stream('generate-cached-prompt.ndjson')
    const result = await ollama().complete({ model: 'llama3', prompt: 'Hi' })
    expect(result).toMatchObject({ ok: true, usage: { outputTokens: 58 }, finishReason: 'stop' })
    expect(result.usage).not.toHaveProperty('inputTokens')
    expect(seen).toMatchObject([{ path: '/api/generate', body: { prompt: 'Hi' } }])
  })

  it('embeds', async () => {
    answer = json({ model: 'all-minilm', embeddings: [[1, 0], [0.5]], prompt_eval_count: 3 })
    const client = ollama({ baseURL: `http://${host}`, model: 'all-minilm' })
    const result = await client.embed({ input: ['a', 'b'] })
    expect(result).toMatchObject({ ok: true, embeddings: [[1, 0], [0.5]], usage: { inputTokens: 3 } })
    expect(seen).toMatchObject([{ path: '/api/embed', body: { model: 'all-minilm', input: ['a', 'b'] } }])
  })

  it('gives a failed call back as a result', async () => {
    answer = json({ error: "model 'x' not found" }, 404)
    const result = await ollama({ baseURL: `http://${host}`, model: 'x' }).chat({ messages: MESSAGES })
    expect(result).toMatchObject({ ok: false, error: { class: 'model_not_found', status: 404 } })
  })

  it('a stream that breaks off is a failure', async () => {
    const whole = stream('chat.ndjson')
    answer = { ...whole, body: whole.body.slice(0, whole.body.lastIndexOf('\n', whole.body.length - 2) + 1) }
    const result = await ollama({ baseURL: `http://${host}`, model: 'm' }).chat({ messages: MESSAGES })
    expect(result).toMatchObject({ ok: false, error: { class: 'stream_truncated' } })
  })

  it('without an address names where one may be given, OLLAMA_HOST among them', async () => {
    const call = ollama({ model: 'm' }).chat({ messages: MESSAGES })
    await expect(call).rejects.toMatchObject({
      code: 'LB_NO_TARGET',
      hint: expect.stringContaining('OLLAMA_HOST'),
    })
  })
})

it('the package lists its plugins', () => {
  expect(plugins.map(({ name }) => name)).toEqual([ollamaPlugin().name])
})
