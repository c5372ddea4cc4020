import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openai } from './index.ts'

interface Seen {
  readonly path: string | undefined
  readonly headers: IncomingMessage['headers']
  readonly body: Record<string, unknown>
}

let server: Server
let baseURL: string
let seen: Seen[]
let answer: { status: number; type: string; body: string }

beforeEach(async () => {
  for (const name of Object.keys(process.env)) {
    if (/^(AZURE_)?OPENAI_|^LOADBENCH_TARGET$/.test(name)) vi.stubEnv(name, undefined)
  }
  seen = []
  server = createServer((request, response) => void reply(request, response))
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

async function reply(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = JSON.parse(await text(request)) as Seen['body']
  seen.push({ path: request.url, headers: request.headers, body })
  response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body)
}

const recording = (name: string) => ({
  status: 200,
  type: 'text/event-stream',
  body: readFileSync(join(import.meta.dirname, '__fixtures__', name), 'utf8'),
})
const MESSAGES = [{ role: 'user', content: 'Hi' }] as const

describe('a client made by openai()', () => {
  it('chats', async () => {
    answer = recording('chat-groq-usage.sse')
    const result = await openai({ baseURL, model: 'm', apiKey: 'sk-1' }).chat({ messages: MESSAGES })
    expect(result).toMatchObject({ ok: true, finishReason: 'stop', outputTokens: 73, tokenSource: 'usage' })
    expect(result.text).toMatch(/on your face!\)$/)
    expect(seen).toMatchObject([
      {
        path: '/v1/chat/completions',
        headers: { authorization: 'Bearer sk-1', accept: 'text/event-stream', 'accept-encoding': 'identity' },
        body: { model: 'm', stream: true, messages: MESSAGES },
      },
    ])
  })

  it('collects tool calls', async () => {
    answer = recording('chat-parallel-tool-calls.sse')
    const { toolCalls } = await openai({ baseURL, model: 'm' }).chat({ messages: MESSAGES })
    expect(toolCalls.map(({ name }) => name)).toEqual(['get_current_weather', 'get_current_weather'])
    for (const call of toolCalls) expect(JSON.parse(call.arguments)).toHaveProperty('location')
  })

  it('completes', async () => {
    answer = recording('completion-length.sse')
    const result = await openai({ baseURL: `${baseURL}/openai/v1/` }).complete({ model: 'm', prompt: 'Once' })
    expect(result).toMatchObject({ ok: true, finishReason: 'length', tokenSource: 'chunks' })
    expect(seen).toMatchObject([{ path: '/openai/v1/completions', body: { model: 'm', prompt: 'Once' } }])
  })

  it('embeds', async () => {
    answer = {
      status: 200,
      type: 'application/json',
      body: '{"object":"list","data":[{"index":0,"embedding":[0.5,-1]}],"usage":{"prompt_tokens":3,"total_tokens":3}}',
    }
    const result = await openai({ baseURL, model: 'm' }).embed({ input: 'Hi' })
    expect(result).toMatchObject({ ok: true, embeddings: [[0.5, -1]], usage: { inputTokens: 3 }, text: '' })
    expect(result.outputTokens).toBeUndefined()
    expect(seen).toMatchObject([{ path: '/v1/embeddings', body: { model: 'm', input: 'Hi' } }])
  })

  it('responds', async () => {
    answer = recording('responses-text.sse')
    const result = await openai({ baseURL, model: 'm' }).respond({ messages: MESSAGES, maxTokens: 9 })
    expect(result).toMatchObject({
      ok: true,
      text: '2 + 2 equals 4.',
      finishReason: 'completed',
      tokenSource: 'usage',
    })
    expect(seen).toMatchObject([
      {
        path: '/v1/responses',
        body: { model: 'm', stream: true, max_output_tokens: 9, input: [{ role: 'user', content: 'Hi' }] },
      },
    ])
  })

  it('asks a deployment of Azure', async () => {
    answer = recording('chat-azure.sse')
    const llm = openai.azure({
      endpoint: baseURL,
      deployment: 'gpt',
      apiVersion: '2024-10-21',
      apiKey: 'k-1',
    })
    const result = await llm.chat({ messages: MESSAGES })
    expect(result).toMatchObject({ ok: true, finishReason: 'stop' })
    expect(seen).toMatchObject([
      {
        path: '/openai/deployments/gpt/chat/completions?api-version=2024-10-21',
        headers: { 'api-key': 'k-1' },
        body: { model: 'gpt' },
      },
    ])
    expect(seen[0]?.headers).not.toHaveProperty('authorization')
  })

  it('sends headers of its own over those of the provider, those of the call over both', async () => {
    answer = recording('chat-short.sse')
    const headers = { AUTHORIZATION: 'Basic x', 'X-A': 'client' }
    await openai({ baseURL, model: 'm', apiKey: 'sk-1', headers }).chat({
      messages: MESSAGES,
      headers: { 'x-a': 'call', Accept: '*/*' },
    })
    expect(seen[0]?.headers).toMatchObject({ authorization: 'Basic x', 'x-a': 'call', accept: '*/*' })
  })

  it('gives a failed call back as a result', async () => {
    answer = { status: 404, type: 'application/json', body: '{"error":{"message":"no model x","code":404}}' }
    const result = await openai({ baseURL, model: 'x' }).chat({ messages: MESSAGES })
    expect(result).toMatchObject({
      ok: false,
      error: { class: 'model_not_found', message: 'no model x', status: 404 },
    })
  })

  it('a stream that breaks off is a failure', async () => {
    const whole = recording('chat-short.sse')
    answer = { ...whole, body: whole.body.slice(0, whole.body.length / 2) }
    const result = await openai({ baseURL, model: 'm' }).chat({ messages: MESSAGES })
    expect(result).toMatchObject({ ok: false, error: { class: 'stream_truncated' } })
  })

  it('asks for the model of the call before its own', async () => {
    answer = recording('chat-short.sse')
    const client = openai({ baseURL, model: 'client' })
    await client.chat({ messages: MESSAGES, model: 'call' })
    await client.chat({ messages: MESSAGES })
    expect(seen.map(({ body }) => body['model'])).toEqual(['call', 'client'])
  })

  it('refuses a call without a model', async () => {
    const call = openai({ baseURL }).chat({ messages: MESSAGES })
    await expect(call).rejects.toMatchObject({ code: 'LB_CALL_INVALID' })
  })
})
