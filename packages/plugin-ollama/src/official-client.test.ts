import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { text } from 'node:stream/consumers'
import { Ollama } from 'ollama'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { answers } from './__fixtures__/answers.ts'
import { recording } from './__fixtures__/feed.ts'
import { ollama } from './index.ts'

/** Ollama's own client, asked for the same, sends the same and reads the same. */
let server: Server
let host: string
let bodies: { path: string | undefined; body: unknown }[]
let answer: string

beforeEach(async () => {
  for (const name of ['LOADBENCH_TARGET', 'OLLAMA_API_KEY', 'OLLAMA_HOST']) vi.stubEnv(name, undefined)
  bodies = []
  server = createServer((request, response) => {
    void text(request).then((body) => {
      bodies.push({ path: request.url, body: JSON.parse(body) as unknown })
      response.writeHead(200, { 'content-type': 'application/x-ndjson' }).end(answer)
      return undefined
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port')
  host = `http://127.0.0.1:${address.port}`
})

afterEach(async () => {
  vi.unstubAllEnvs()
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
})

function expectSameRequests(): void {
  expect(bodies).toHaveLength(2)
  expect(bodies[0]).toEqual(bodies[1])
}

it('chat with tools, an image and options', async () => {
  answer = recording('chat.ndjson')
  const image = 'iVBORw0='
  const theirs = await new Ollama({ host }).chat({
    model: 'llama3',
    messages: [
      { role: 'user', content: 'What is it?', images: [image] },
      { role: 'assistant', content: '', tool_calls: [{ function: { name: 'f', arguments: { a: 1 } } }] },
      { role: 'tool', content: 'a cat', tool_name: 'f' },
    ],
    tools: [{ type: 'function', function: { name: 'f', description: 'F', parameters: { type: 'object' } } }],
    think: false,
    format: 'json',
    keep_alive: '10m',
    options: { num_ctx: 4096, num_predict: 50, top_p: 0.5, stop: ['x'] },
    stream: true,
  })
  let said = ''
  let tokens: number | undefined
  for await (const { message, eval_count: count } of theirs) {
    said += message.content
    tokens = count
  }
  const client = ollama({
    baseURL: host,
    model: 'llama3',
    think: false,
    format: 'json',
    keepAlive: '10m',
    options: { num_ctx: 4096 },
  })
  const ours = await client.chat({
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is it?' },
          { type: 'image', url: `data:image/png;base64,${image}` },
        ],
      },
      // The official client of this version knows no ids.
      JSON.parse('{"role":"assistant","content":"","toolCalls":[{"name":"f","arguments":"{\\"a\\":1}"}]}'),
      { role: 'tool', content: 'a cat', name: 'f' },
    ],
    tools: [{ name: 'f', description: 'F', parameters: { type: 'object' } }],
    maxTokens: 50,
    topP: 0.5,
    stop: 'x',
  })
  expectSameRequests()
  expect(ours).toMatchObject({ ok: true, text: said, outputTokens: tokens })
})

it('generate', async () => {
  answer = recording('generate-cached-prompt.ndjson')
  let said = ''
  const theirs = await new Ollama({ host }).generate({ model: 'llama3', prompt: 'Hi', stream: true })
  for await (const { response } of theirs) said += response
  const ours = await ollama({ baseURL: host }).complete({ model: 'llama3', prompt: 'Hi' })
  expectSameRequests()
  expect(ours).toMatchObject({ ok: true, text: said })
})

it('embed', async () => {
  answer = String(answers.others?.['embeddings']?.body)
  const theirs = await new Ollama({ host }).embed({ model: 'all-minilm', input: ['a', 'b'], dimensions: 2 })
  const ours = await ollama({ baseURL: host }).embed({
    model: 'all-minilm',
    input: ['a', 'b'],
    dimensions: 2,
  })
  expectSameRequests()
  expect(ours).toMatchObject({
    embeddings: theirs.embeddings,
    usage: { inputTokens: theirs.prompt_eval_count },
  })
})
