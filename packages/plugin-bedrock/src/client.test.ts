import { createServer, type Server, type Socket } from 'node:net'
import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { EVENT_STREAM, JSON_BODY, recorded } from './__fixtures__/recorded.ts'
import { bedrock, type BedrockSettings } from './index.ts'

/** What came over the socket, byte for byte: an HTTP server would already have read it. */
let heard: string[]
let server: Server
let baseURL: string
let sockets: Set<Socket>
let answer: { headers: Readonly<Record<string, string>>; body: Uint8Array }

const KEYS = { accessKeyId: 'AKID', secretAccessKey: 'SECRET' }
const ARN = 'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-v2:1'
const IN_PATH =
  'arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Ainference-profile%2Fus.anthropic.claude-v2%3A1'
const MESSAGES = [{ role: 'user', content: 'Hi' }] as const

beforeEach(async () => {
  for (const name of ['LOADBENCH_TARGET', 'AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_BEDROCK_RUNTIME']) {
    vi.stubEnv(name, undefined)
  }
  heard = []
  sockets = new Set()
  server = createServer((socket) => {
    sockets.add(socket)
    socket.on('data', (data) => reply(socket, data.toString('latin1')))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port')
  baseURL = `http://127.0.0.1:${address.port}`
})

afterEach(async () => {
  vi.unstubAllEnvs()
  for (const socket of sockets) socket.destroy()
  server.close()
  await once(server, 'close')
})

function reply(socket: Socket, request: string): void {
  heard.push(request)
  const { headers, body } = answer
  const lines = Object.entries({ ...headers, 'content-length': String(body.length) })
  socket.write(`HTTP/1.1 200 OK\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`)
  socket.write(body)
}

const client = (settings: BedrockSettings = {}) =>
  bedrock({ baseURL, region: 'us-east-1', credentials: KEYS, model: ARN, ...settings })

describe('a client made by bedrock()', () => {
  it('chats by Converse, under a path that leaves as it was signed', async () => {
    answer = { headers: EVENT_STREAM, body: recorded('converse-claude.bin') }
    const result = await client({ baseURL: `${baseURL}/base` }).chat({ messages: MESSAGES })
    expect(result).toMatchObject({
      ok: true,
      text: 'This is a test',
      finishReason: 'end_turn',
      outputTokens: 8,
      tokenSource: 'usage',
    })
    const [request = ''] = heard
    expect(request.split('\r\n')[0]).toBe(`POST /base/model/${IN_PATH}/converse-stream HTTP/1.1`)
    expect(request).toMatch(
      /\r\nauthorization: AWS4-HMAC-SHA256 Credential=AKID\/\d{8}\/us-east-1\/bedrock\/aws4_request/i,
    )
  })

  it('chats by InvokeModel', async () => {
    answer = { headers: EVENT_STREAM, body: recorded('invoke-claude.bin') }
    const result = await client({ api: 'invoke' }).chat({ messages: MESSAGES })
    expect(result).toMatchObject({ ok: true, text: 'This is a test', outputTokens: 8 })
    expect(heard[0]).toContain(`POST /model/${IN_PATH}/invoke-with-response-stream HTTP/1.1`)
    expect(heard[0]).toContain('"anthropic_version":"bedrock-2023-05-31"')
  })

  it('completes', async () => {
    answer = { headers: EVENT_STREAM, body: recorded('invoke-titan.bin') }
    const result = await client({ model: 'amazon.titan-text-lite-v1' }).complete({ prompt: 'Hello' })
    expect(result).toMatchObject({ ok: true, finishReason: 'LENGTH', outputTokens: 10 })
  })

  it('embeds', async () => {
    answer = { headers: JSON_BODY, body: Buffer.from('{"embedding":[1,2],"inputTextTokenCount":3}') }
    const result = await client({ model: 'amazon.titan-embed-text-v2:0' }).embed({ input: 'Hello' })
    expect(result).toMatchObject({ ok: true, embeddings: [[1, 2]], usage: { inputTokens: 3 } })
    expect(heard[0]).toContain('POST /model/amazon.titan-embed-text-v2%3A0/invoke HTTP/1.1')
  })

  it('carries a Bedrock API key instead of a signature', async () => {
    answer = { headers: EVENT_STREAM, body: recorded('converse-claude.bin') }
    await client({ bearerToken: 'bedrock-api-key-1' }).chat({ messages: MESSAGES })
    expect(heard[0]).toMatch(/\r\nauthorization: Bearer bedrock-api-key-1\r\n/i)
  })

  it('takes a stream that breaks off for a failure', async () => {
    const body = recorded('converse-claude.bin')
    answer = { headers: EVENT_STREAM, body: body.subarray(0, body.length / 2) }
    const result = await client().chat({ messages: MESSAGES })
    expect(result).toMatchObject({ ok: false, error: { class: 'stream_truncated' } })
  })

  it('refuses a call without a model', async () => {
    const call = bedrock({ baseURL, credentials: KEYS }).chat({ messages: MESSAGES })
    await expect(call).rejects.toMatchObject({ code: 'LB_CALL_INVALID' })
  })
})
