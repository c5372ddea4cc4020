import {
  BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
  type ConverseStreamOutput,
} from '@aws-sdk/client-bedrock-runtime'
import { serveSimulator, type AnswerSettings, type Simulator } from '../../packages/simulator/src/index.ts'
import { at, joined, KEYS, truthOf, SimHandler } from './aws-harness.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const CLAUDE = 'anthropic.claude-3-5-sonnet-20241022-v2:0'
const TEXT = 'Der Himmel ist blau – größtenteils, sagt 空.'
const ARN = `arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.${CLAUDE}`

let simulator: Simulator
beforeAll(async () => {
  simulator = await serveSimulator({
    ttft: 1,
    itl: 1,
    text: TEXT,
    outputTokens: 8,
    truth: 100,
    speaks: ['bedrock'],
  })
})
afterAll(() => simulator.stop())

/** The client of AWS, which signs; what `sim` says goes along with every request. */
function client(sim: AnswerSettings = {}, own: ConstructorParameters<typeof BedrockRuntimeClient>[0] = {}) {
  return new BedrockRuntimeClient({
    region: 'us-east-1',
    endpoint: simulator.url,
    credentials: KEYS,
    maxAttempts: 1,
    requestHandler: new SimHandler(sim),
    ...own,
  })
}

const truth = () => truthOf(simulator)

const HELLO = { messages: [{ role: 'user' as const, content: [{ text: 'Why is the sky blue?' }] }] }

/** What was heard of a ConverseStream, up to its end or error. */
async function heard(stream: AsyncIterable<ConverseStreamOutput> | undefined) {
  const events: ConverseStreamOutput[] = []
  let error: unknown
  try {
    for await (const event of stream ?? []) events.push(event)
  } catch (thrown) {
    error = thrown
  }
  const deltas = events.flatMap(({ contentBlockDelta }) => contentBlockDelta?.delta ?? [])
  const last = events.at(-1)
  return {
    events,
    error,
    text: deltas.map((delta) => delta.text ?? '').join(''),
    reasoning: deltas.map((delta) => delta.reasoningContent?.text ?? '').join(''),
    input: deltas.map((delta) => delta.toolUse?.input ?? '').join(''),
    stopReason: events.find(({ messageStop }) => messageStop)?.messageStop?.stopReason,
    metadata: last?.metadata,
  }
}

describe('ConverseStream by the client of AWS', () => {
  it.each(['amazon.nova-pro-v1:0', `us.${CLAUDE}`, ARN])(
    'signs for %s and hears all of it',
    async (modelId) => {
      const { stream, $metadata } = await client().send(new ConverseStreamCommand({ modelId, ...HELLO }))
      const { text, stopReason, metadata } = await heard(stream)
      const { promptTokens, outputTokens, status } = await truth()
      expect({ text, stopReason, status }).toEqual({ text: TEXT, stopReason: 'end_turn', status: 200 })
      expect(metadata?.usage).toMatchObject({
        inputTokens: promptTokens,
        outputTokens,
        totalTokens: (promptTokens ?? 0) + outputTokens,
      })
      expect(metadata?.metrics?.latencyMs).toBeGreaterThan(0)
      expect($metadata.requestId).toMatch(/^[\da-f-]{36}$/)
    },
  )

  it('hears reasoning, its signature, then the answer', async () => {
    const { stream } = await client({ reasoningTokens: 5 }).send(
      new ConverseStreamCommand({ modelId: CLAUDE, ...HELLO }),
    )
    const { text, reasoning, events, metadata } = await heard(stream)
    expect(text).toBe(TEXT)
    expect(reasoning.split(' ')).toHaveLength(5)
    expect(
      events.some(({ contentBlockDelta }) => contentBlockDelta?.delta?.reasoningContent?.signature),
    ).toBe(true)
    expect(metadata?.usage?.outputTokens).toBe((await truth()).outputTokens)
  })

  it('hears the call of a tool', async () => {
    const json = { type: 'object', properties: { city: { type: 'string' } } }
    const { stream } = await client().send(
      new ConverseStreamCommand({
        modelId: CLAUDE,
        ...HELLO,
        toolConfig: {
          tools: [{ toolSpec: { name: 'weather', inputSchema: { json } } }],
          toolChoice: { any: {} },
        },
      }),
    )
    const { input, stopReason, events } = await heard(stream)
    expect(stopReason).toBe('tool_use')
    expect(JSON.parse(input)).toEqual({ city: expect.any(String) })
    expect(events.find((event) => event.contentBlockStart)?.contentBlockStart?.start?.toolUse?.name).toBe(
      'weather',
    )
  })

  it('is told of a cache, beside the input', async () => {
    const { stream } = await client({ cachedTokens: 3 }).send(
      new ConverseStreamCommand({ modelId: CLAUDE, ...HELLO }),
    )
    const { promptTokens = 0 } = await truth()
    expect((await heard(stream)).metadata?.usage).toMatchObject({
      inputTokens: promptTokens - 3,
      cacheReadInputTokens: 3,
      cacheWriteInputTokens: 0,
    })
  })

  it.each([
    ['max_tokens', { maxTokens: 3 }, {}],
    ['guardrail_intervened', {}, { fault: 'content-filter' } as const],
  ])('stops for %s', async (stopReason, inferenceConfig, sim) => {
    const guardrailConfig = { guardrailIdentifier: 'g', guardrailVersion: '1' }
    const { stream } = await client(sim).send(
      new ConverseStreamCommand({ modelId: CLAUDE, ...HELLO, inferenceConfig, guardrailConfig }),
    )
    expect((await heard(stream)).stopReason).toBe(stopReason)
  })

  it.each([
    [3, 'ModelStreamErrorException'],
    [0, 'InternalServerException'],
  ])('throws what comes after %i tokens as %s, after what came before', async (faultAfter, name) => {
    const { stream } = await client({ fault: 'stream-error', faultAfter, roleChunk: 'early' }).send(
      new ConverseStreamCommand({ modelId: CLAUDE, ...HELLO }),
    )
    const { text, error, stopReason } = await heard(stream)
    expect(text).toBe(TEXT.split(/(?= )/).slice(0, faultAfter).join(''))
    expect(error).toMatchObject({ name })
    expect(stopReason).toBeUndefined()
  })

  it('refuses a message with a wrong checksum', async () => {
    const { stream } = await client({ fault: 'malformed' }).send(
      new ConverseStreamCommand({ modelId: CLAUDE, ...HELLO }),
    )
    expect((await heard(stream)).error).toMatchObject({ message: expect.stringMatching(/checksum/i) })
  })

  it('ends without the metadata where the end mark is left out', async () => {
    const { stream } = await client({ fault: 'no-done' }).send(
      new ConverseStreamCommand({ modelId: CLAUDE, ...HELLO }),
    )
    expect(await heard(stream)).toMatchObject({
      stopReason: 'end_turn',
      metadata: undefined,
      error: undefined,
    })
  })
})

describe('Converse by the client of AWS', () => {
  it('hears all of it', async () => {
    const { output, stopReason, usage, metrics } = await client({ reasoningTokens: 2 }).send(
      new ConverseCommand({ modelId: ARN, ...HELLO }),
    )
    const { outputTokens, promptTokens } = await truth()
    expect(output?.message?.content).toMatchObject([
      { reasoningContent: { reasoningText: { text: expect.any(String) } } },
      { text: TEXT },
    ])
    expect(stopReason).toBe('end_turn')
    expect(usage).toMatchObject({ inputTokens: promptTokens, outputTokens })
    expect(metrics?.latencyMs).toBeGreaterThan(0)
  })
})

/** A family: a body of its, and where its chunks and whole answers hold text and how they ended. */
interface Family {
  readonly modelId: string
  readonly body: object
  readonly chunkText: string
  readonly chunkEnd: string
  readonly text: string
  readonly end: string
  readonly ending: string
}

const MESSAGES = [{ role: 'user', content: 'Why?' }]
const PROMPTED = { prompt: 'Why is the sky blue?', max_tokens: 20 }
const FAMILIES: readonly Family[] = [
  {
    modelId: CLAUDE,
    body: { anthropic_version: 'bedrock-2023-05-31', max_tokens: 20, messages: MESSAGES },
    chunkText: 'delta.text',
    chunkEnd: 'delta.stop_reason',
    text: 'content.0.text',
    end: 'stop_reason',
    ending: 'end_turn',
  },
  {
    modelId: 'us.amazon.nova-micro-v1:0',
    body: { schemaVersion: 'messages-v1', ...HELLO },
    chunkText: 'contentBlockDelta.delta.text',
    chunkEnd: 'messageStop.stopReason',
    text: 'output.message.content.0.text',
    end: 'stopReason',
    ending: 'end_turn',
  },
  {
    modelId: 'amazon.titan-text-express-v1',
    body: { inputText: 'Why?', textGenerationConfig: { maxTokenCount: 20 } },
    chunkText: 'outputText',
    chunkEnd: 'completionReason',
    text: 'results.0.outputText',
    end: 'results.0.completionReason',
    ending: 'FINISH',
  },
  {
    modelId: 'us.meta.llama3-2-1b-instruct-v1:0',
    body: { prompt: 'Why?', max_gen_len: 20 },
    chunkText: 'generation',
    chunkEnd: 'stop_reason',
    text: 'generation',
    end: 'stop_reason',
    ending: 'stop',
  },
  {
    modelId: 'mistral.mistral-7b-instruct-v0:2',
    body: PROMPTED,
    chunkText: 'outputs.0.text',
    chunkEnd: 'outputs.0.stop_reason',
    text: 'outputs.0.text',
    end: 'outputs.0.stop_reason',
    ending: 'stop',
  },
  {
    modelId: 'cohere.command-text-v14',
    body: { ...PROMPTED, stream: true },
    chunkText: 'text',
    chunkEnd: 'finish_reason',
    text: 'generations.0.text',
    end: 'generations.0.finish_reason',
    ending: 'COMPLETE',
  },
  {
    modelId: 'cohere.command-r-v1:0',
    body: { message: 'Why?', max_tokens: 20 },
    chunkText: 'text',
    chunkEnd: 'finish_reason',
    text: 'text',
    end: 'finish_reason',
    ending: 'COMPLETE',
  },
  {
    modelId: 'us.deepseek.r1-v1:0',
    body: PROMPTED,
    chunkText: 'choices.0.text',
    chunkEnd: 'choices.0.stop_reason',
    text: 'choices.0.text',
    end: 'choices.0.stop_reason',
    ending: 'stop',
  },
  {
    modelId: 'openai.gpt-oss-20b-1:0',
    body: { messages: MESSAGES, max_completion_tokens: 20 },
    chunkText: 'choices.0.delta.content',
    chunkEnd: 'choices.0.finish_reason',
    text: 'choices.0.message.content',
    end: 'choices.0.finish_reason',
    ending: 'stop',
  },
  {
    modelId: 'arn:aws:bedrock:us-east-1:123456789012:imported-model/abc',
    body: PROMPTED,
    chunkText: 'choices.0.text',
    chunkEnd: 'choices.0.finish_reason',
    text: 'choices.0.text',
    end: 'choices.0.finish_reason',
    ending: 'stop',
  },
]

async function chunksOf(modelId: string, body: object, own: AnswerSettings = {}): Promise<unknown[]> {
  const { body: stream, contentType } = await client(own).send(
    new InvokeModelWithResponseStreamCommand({ modelId, body: JSON.stringify(body) }),
  )
  expect(contentType).toBe('application/json')
  const chunks: unknown[] = []
  for await (const { chunk } of stream ?? [])
    chunks.push(JSON.parse(Buffer.from(chunk?.bytes ?? []).toString()))
  return chunks
}

describe.each(FAMILIES)('InvokeModel of $modelId by the client of AWS', (family) => {
  const { modelId, body, ending } = family

  it('streams the text, how it ended and the metrics', async () => {
    const chunks = await chunksOf(modelId, body)
    const { promptTokens, outputTokens } = await truth()
    expect(joined(chunks, family.chunkText)).toBe(TEXT)
    expect(joined(chunks, family.chunkEnd)).toBe(ending)
    expect(at(chunks.at(-1), 'amazon-bedrock-invocationMetrics')).toMatchObject({
      inputTokenCount: promptTokens,
      outputTokenCount: outputTokens,
      invocationLatency: expect.any(Number),
      firstByteLatency: expect.any(Number),
    })
    expect(chunks.slice(0, -1).some((chunk) => at(chunk, 'amazon-bedrock-invocationMetrics'))).toBe(false)
  })

  it('answers in one piece', async () => {
    const { body: bytes, contentType } = await client().send(
      new InvokeModelCommand({ modelId, body: JSON.stringify(body) }),
    )
    const answer: unknown = JSON.parse(Buffer.from(bytes).toString())
    expect(contentType).toBe('application/json')
    expect([at(answer, family.text), at(answer, family.end)]).toEqual([TEXT, ending])
  })
})

describe('InvokeModel by the client of AWS', () => {
  it('hears the tool call of a Claude', async () => {
    const chunks = await chunksOf(CLAUDE, {
      anthropic_version: 'bedrock-2023-05-31',
      max_tokens: 50,
      messages: MESSAGES,
      tools: [{ name: 'weather', input_schema: { properties: { city: { type: 'string' } } } }],
      tool_choice: { type: 'tool', name: 'weather' },
    })
    const input = joined(chunks, 'delta.partial_json')
    expect(JSON.parse(input)).toEqual({ city: expect.any(String) })
    expect(chunks.find((chunk) => at(chunk, 'content_block'))).toMatchObject({
      content_block: { type: 'tool_use', name: 'weather', input: {} },
    })
    expect(joined(chunks, 'delta.stop_reason')).toBe('tool_use')
  })

  it('hears the reasoning of a gpt-oss between tags, before the answer', async () => {
    const chunks = await chunksOf('openai.gpt-oss-20b-1:0', { messages: MESSAGES }, { reasoningTokens: 3 })
    const text = joined(chunks, 'choices.0.delta.content')
    expect(text).toMatch(/^<reasoning>\S+ \S+ \S+<\/reasoning>D/)
    expect(text.endsWith(TEXT)).toBe(true)
  })

  it('says on every chunk whether a guardrail stepped in', async () => {
    const { body } = await client({ fault: 'content-filter' }).send(
      new InvokeModelWithResponseStreamCommand({
        modelId: 'amazon.titan-text-express-v1',
        body: '{"inputText":"Why?"}',
        guardrailIdentifier: 'g',
        guardrailVersion: '1',
      }),
    )
    const chunks: unknown[] = []
    for await (const { chunk } of body ?? [])
      chunks.push(JSON.parse(Buffer.from(chunk?.bytes ?? []).toString()))
    expect(new Set(chunks.map((chunk) => at(chunk, 'amazon-bedrock-guardrailAction')))).toEqual(
      new Set(['INTERVENED']),
    )
    expect(at(chunks.at(-1), 'completionReason')).toBe('CONTENT_FILTERED')
  })

  it('hears an embedding', async () => {
    const { body } = await client().send(
      new InvokeModelCommand({
        modelId: 'amazon.titan-embed-text-v2:0',
        body: '{"inputText":"Why?","dimensions":256}',
      }),
    )
    const answer: unknown = JSON.parse(Buffer.from(body).toString())
    expect(at(answer, 'embedding')).toHaveLength(256)
    expect(at(answer, 'inputTextTokenCount')).toBe((await truth()).promptTokens)
  })
})

const REFUSALS = [
  ['rate-limit', 'ThrottlingException', 429],
  ['server-error', 'InternalServerException', 500],
  ['overloaded', 'ServiceUnavailableException', 503],
  ['bad-request', 'ValidationException', 400],
  ['auth', 'UnrecognizedClientException', 403],
  ['model-not-found', 'ResourceNotFoundException', 404],
  ['context-length', 'ValidationException', 400],
] as const

describe('the client of AWS', () => {
  it.each(REFUSALS)('knows the fault %s as %s', async (fault, name, status) => {
    const asked = client({ fault }).send(new ConverseStreamCommand({ modelId: CLAUDE, ...HELLO }))
    await expect(asked).rejects.toMatchObject({ name, $metadata: { httpStatusCode: status } })
  })

  it.each([
    ['of a wrong secret', 'InvalidSignatureException', { ...KEYS, secretAccessKey: 'another' }],
    ['unknown', 'UnrecognizedClientException', { ...KEYS, accessKeyId: 'ANOTHER' }],
    ['too old', 'ExpiredTokenException', { ...KEYS, sessionToken: 'simulator-expired-token' }],
  ])('is not let in with keys that are %s', async (_what, name, credentials) => {
    const asked = client({}, { credentials }).send(new ConverseStreamCommand({ modelId: ARN, ...HELLO }))
    await expect(asked).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 403 } })
  })

  it('is let in with a session token, and with an API key', async () => {
    const session = client({}, { credentials: { ...KEYS, sessionToken: 'a-token' } })
    const bearer = client({}, { token: { token: 'a-key' }, authSchemePreference: ['httpBearerAuth'] })
    for (const one of [session, bearer]) {
      const { stopReason } = await one.send(new ConverseCommand({ modelId: CLAUDE, ...HELLO }))
      expect(stopReason).toBe('end_turn')
    }
  })
})
