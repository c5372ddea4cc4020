import {
  InvokeEndpointCommand,
  InvokeEndpointWithResponseStreamCommand,
  SageMakerRuntimeClient,
  type ResponseStream,
} from '@aws-sdk/client-sagemaker-runtime'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serveSimulator, type AnswerSettings, type Simulator } from '../../packages/simulator/src/index.ts'
import { at, joined, KEYS, truthOf, SimHandler } from './aws-harness.ts'

const TEXT = 'Größe über Maß: 空の色は青い – sagt ein Stück Text.'

let simulator: Simulator
beforeAll(async () => {
  simulator = await serveSimulator({
    ttft: 1,
    itl: 1,
    text: TEXT,
    outputTokens: 8,
    truth: 100,
    speaks: ['sagemaker'],
  })
})
afterAll(() => simulator.stop())

/** The client of AWS, which signs; what `sim` says goes along with every request. */
function client(sim: AnswerSettings = {}, credentials = KEYS) {
  return new SageMakerRuntimeClient({
    region: 'eu-central-1',
    endpoint: simulator.url,
    credentials,
    maxAttempts: 1,
    requestHandler: new SimHandler(sim),
  })
}

const truth = () => truthOf(simulator)

async function heard(stream: AsyncIterable<ResponseStream> | undefined) {
  const parts: Uint8Array[] = []
  let error: unknown
  try {
    for await (const { PayloadPart } of stream ?? []) if (PayloadPart?.Bytes) parts.push(PayloadPart.Bytes)
  } catch (thrown) {
    error = thrown
  }
  return { parts, body: Buffer.concat(parts).toString(), error }
}

async function invoke(endpoint: string, body: object, sim: AnswerSettings = {}) {
  const { Body, ContentType, InvokedProductionVariant } = await client(sim).send(
    new InvokeEndpointWithResponseStreamCommand({
      EndpointName: endpoint,
      Body: JSON.stringify(body),
      ContentType: 'application/json',
    }),
  )
  return { ...(await heard(Body)), ContentType, InvokedProductionVariant }
}

const CHAT = {
  messages: [{ role: 'user', content: 'Why?' }],
  stream: true,
  stream_options: { include_usage: true },
}
const PROMPT = { prompt: 'Why?', stream: true, max_tokens: 20, stream_options: { include_usage: true } }
const INPUTS = { inputs: 'Why?', parameters: { max_new_tokens: 20, details: true }, stream: true }

interface Container {
  readonly endpoint: string
  readonly body: object
  readonly contentType: RegExp
  /** What stands before the JSON of each message. */
  readonly prefix: string
  readonly mark: string
  readonly text: string
  readonly reason: string
  readonly ending: string
  readonly count: string
}

const OPENAI = {
  text: 'choices.0.delta.content',
  reason: 'choices.0.finish_reason',
  ending: 'stop',
  count: 'usage.completion_tokens',
}
const SSE = { contentType: /^text\/event-stream/, prefix: 'data: ', mark: '[DONE]' }
const LINES = { contentType: /^application\/jsonlines$/, prefix: '', mark: '' }
const TOKENS = {
  text: 'token.text',
  reason: 'details.finish_reason',
  ending: 'eos_token',
  count: 'details.generated_tokens',
}

const CONTAINERS: readonly Container[] = [
  { endpoint: 'mine', body: CHAT, ...SSE, ...OPENAI },
  { endpoint: 'mine-vllm', body: PROMPT, ...SSE, ...OPENAI, text: 'choices.0.text' },
  { endpoint: 'mine-tgi', body: INPUTS, ...SSE, prefix: 'data:', mark: '', ...TOKENS },
  { endpoint: 'mine-tgi', body: CHAT, ...SSE, ...OPENAI },
  { endpoint: 'mine-tgi', body: PROMPT, ...SSE, ...OPENAI, text: 'choices.0.text' },
  { endpoint: 'mine-djl', body: CHAT, ...LINES, ...OPENAI },
  { endpoint: 'mine-djl', body: INPUTS, ...LINES, ...TOKENS },
  { endpoint: 'mine-djl-tokens', body: INPUTS, ...LINES, ...TOKENS },
]

describe.each(CONTAINERS)('a stream of $endpoint by the client of AWS', (container) => {
  const { endpoint, body, contentType, prefix, mark } = container

  it('holds the text, how it ended and its count', async () => {
    const answer = await invoke(endpoint, body)
    const messages = answer.body.split(/\n+/).filter(Boolean)
    if (mark !== '') expect(messages.pop()).toBe(`${prefix}${mark}`)
    expect(messages.every((message) => message.startsWith(prefix))).toBe(true)
    const chunks = messages.map((message): unknown => JSON.parse(message.slice(prefix.length)))
    expect(joined(chunks, container.text).replace('</s>', '')).toBe(TEXT)
    expect(joined(chunks, container.reason)).toBe(container.ending)
    expect(at(chunks.at(-1), container.count)).toBe((await truth()).outputTokens)
    expect(answer.ContentType).toMatch(contentType)
    expect(answer.InvokedProductionVariant).toBe('AllTraffic')
  })

  it('is cut anywhere, also inside a character, and the same way each time', async () => {
    const [one, other] = [await invoke(endpoint, body), await invoke(endpoint, body)]
    const ends = (parts: readonly Uint8Array[]) => parts.map((part) => part.length)
    const broken = one.parts.filter((part) => Buffer.from(part).toString().endsWith('\uFFFD'))
    expect(broken.length).toBeGreaterThan(0)
    expect(ends(one.parts).length).toBe(ends(other.parts).length)
  })

  it.each([
    [3, 'ModelStreamError', { ErrorCode: 'StreamBroken' }],
    [0, 'InternalStreamFailure', {}],
  ])('breaks off after %i tokens with a %s', async (faultAfter, name, fields) => {
    const asked = invoke(endpoint, body, { fault: 'stream-error', faultAfter })
    // Where nothing comes before it, the client throws at once.
    const error = await asked.then(
      (answer) => answer.error,
      (thrown: unknown) => thrown,
    )
    expect(error).toMatchObject({ name, ...fields })
  })
})

describe('an endpoint by the client of AWS', () => {
  it.each([
    ['mine', CHAT, 'choices.0.message.content'],
    ['mine-tgi', INPUTS, '0.generated_text'],
    ['mine-djl', INPUTS, 'generated_text'],
  ])('answers in one piece: %s', async (endpoint, body, text) => {
    const { Body, ContentType, InvokedProductionVariant } = await client().send(
      new InvokeEndpointCommand({
        EndpointName: endpoint,
        Body: JSON.stringify(body),
        TargetVariant: 'blue',
      }),
    )
    const answer: unknown = JSON.parse(Buffer.from(Body ?? []).toString())
    expect(at(answer, text)).toBe(TEXT)
    expect([ContentType, InvokedProductionVariant]).toEqual(['application/json', 'blue'])
  })

  it.each([
    ['rate-limit', 'ThrottlingException', 429],
    ['overloaded', 'ServiceUnavailable', 503],
    ['auth', 'UnrecognizedClientException', 403],
    ['model-not-found', 'ValidationError', 400],
  ] as const)('knows the fault %s as %s', async (fault, name, status) => {
    await expect(invoke('mine', CHAT, { fault })).rejects.toMatchObject({
      name,
      $metadata: { httpStatusCode: status },
    })
  })

  it.each([
    ['mine', CHAT, 'server-error', 500],
    ['mine', CHAT, 'context-length', 400],
    ['mine', { messages: [] }, undefined, 400],
    ['mine-tgi', INPUTS, 'context-length', 422],
    ['mine-djl', INPUTS, 'bad-request', 424],
  ] as const)('is told of an error of the container of %s', async (endpoint, body, fault, status) => {
    await expect(invoke(endpoint, body, fault && { fault })).rejects.toMatchObject({
      name: 'ModelError',
      $metadata: { httpStatusCode: 424 },
      OriginalStatusCode: status,
      OriginalMessage: expect.stringContaining('error'),
    })
  })

  it('is not let in with a wrong secret', async () => {
    const asked = client({}, { ...KEYS, secretAccessKey: 'another' }).send(
      new InvokeEndpointWithResponseStreamCommand({ EndpointName: 'mine', Body: JSON.stringify(CHAT) }),
    )
    await expect(asked).rejects.toMatchObject({ name: 'InvalidSignatureException' })
  })
})
