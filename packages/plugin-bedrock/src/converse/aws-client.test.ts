import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { text } from 'node:stream/consumers'
import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bedrockPlugin } from '../plugin.ts'

const MODEL =
  'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-3-7-sonnet-20250219-v1:0'
const IMAGE = Buffer.from('an image')
const SCHEMA = { type: 'object', properties: { a: { type: 'number' } } }

let server: Server
let base: string
const heard: { path: string | undefined; body: unknown }[] = []

beforeAll(async () => {
  server = createServer((request, response) => {
    void text(request).then((body) => {
      heard.push({ path: request.url, body: JSON.parse(body) })
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  base = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}/base` : ''
})

afterAll(() => {
  server.closeAllConnections()
  server.close()
})

it("a request of Converse has the path and the body of AWS's own client", async () => {
  const client = new BedrockRuntimeClient({
    endpoint: base,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKID', secretAccessKey: 'SECRET' },
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler(),
  })
  const command = new ConverseCommand({
    modelId: MODEL,
    system: [{ text: 'Be brief.' }],
    messages: [
      {
        role: 'user',
        content: [{ text: 'What is this?' }, { image: { format: 'png', source: { bytes: IMAGE } } }],
      },
      { role: 'assistant', content: [{ toolUse: { toolUseId: 't1', name: 'look', input: { a: 1 } } }] },
      { role: 'user', content: [{ toolResult: { toolUseId: 't1', content: [{ text: 'a cat' }] } }] },
    ],
    inferenceConfig: { maxTokens: 5, temperature: 0.5, topP: 0.9, stopSequences: ['END'] },
    toolConfig: {
      tools: [{ toolSpec: { name: 'look', description: 'Looks.', inputSchema: { json: SCHEMA } } }],
      toolChoice: { any: {} },
    },
    guardrailConfig: { guardrailIdentifier: 'g', guardrailVersion: '1', trace: 'enabled' },
    performanceConfig: { latency: 'optimized' },
    serviceTier: { type: 'flex' },
    requestMetadata: { team: 'a' },
    additionalModelRequestFields: { top_k: 5 },
    additionalModelResponseFieldPaths: ['/stop_sequence'],
  })
  await client.send(command)
  client.destroy()

  const plugin = bedrockPlugin({
    guardrail: { identifier: 'g', version: '1', trace: 'enabled' },
    latency: 'optimized',
    serviceTier: 'flex',
    requestMetadata: { team: 'a' },
    additionalModelRequestFields: { top_k: 5 },
    additionalModelResponseFieldPaths: ['/stop_sequence'],
  })
  const { path, body } = plugin.encode(
    {
      kind: 'chat',
      model: MODEL,
      stream: false,
      messages: [
        { role: 'system', content: 'Be brief.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is this?' },
            { type: 'image', url: `data:image/png;base64,${IMAGE.toString('base64')}` },
          ],
        },
        { role: 'assistant', content: '', toolCalls: [{ id: 't1', name: 'look', arguments: '{"a":1}' }] },
        { role: 'tool', toolCallId: 't1', content: 'a cat' },
      ],
      maxTokens: 5,
      temperature: 0.5,
      topP: 0.9,
      stop: 'END',
      tools: [{ name: 'look', description: 'Looks.', parameters: SCHEMA }],
      toolChoice: 'required',
    },
    new URL(base),
  )
  expect(heard).toEqual([{ path, body: JSON.parse(String(body)) }])
})
