import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Simulator } from '../../packages/simulator/src/index.ts'
import { lastTruth, simulated, TEXT, TOKENS } from './simulated.ts'

let simulator: Simulator
let client: OpenAI
beforeAll(async () => {
  simulator = await simulated()
  client = new OpenAI({ baseURL: `${simulator.url}/v1`, apiKey: 'none', maxRetries: 0 })
})
afterAll(() => simulator.stop())

const MESSAGES = [{ role: 'user' as const, content: 'Why is the sky blue?' }]
const PARAMETERS = { type: 'object', properties: { city: { type: 'string' } } }
const sim = (settings: object) => ({ headers: { 'x-sim': JSON.stringify(settings) } })

describe('the OpenAI client streams a chat', () => {
  it('with its text, finish reason and usage', async () => {
    const stream = await client.chat.completions.create({
      model: 'm',
      messages: MESSAGES,
      stream: true,
      stream_options: { include_usage: true },
    })
    let text = ''
    let finish: string | null | undefined
    let usage: OpenAI.CompletionUsage | null | undefined
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? ''
      finish = chunk.choices[0]?.finish_reason ?? finish
      usage = chunk.usage
    }
    const truth = await lastTruth(simulator)
    expect([text, finish]).toEqual([TEXT, 'stop'])
    expect(usage).toMatchObject({
      prompt_tokens: truth.promptTokens,
      completion_tokens: truth.outputTokens,
    })
    expect(truth.tokens).toHaveLength(TOKENS)
  })

  it('with as many logprobs as tokens', async () => {
    const runner = client.chat.completions.stream({
      model: 'm',
      messages: MESSAGES,
      logprobs: true,
      top_logprobs: 2,
    })
    const [choice] = (await runner.finalChatCompletion()).choices
    expect(choice?.message.content).toBe(TEXT)
    expect(choice?.logprobs?.content?.map(({ token }) => token).join('')).toBe(TEXT)
    expect(choice?.logprobs?.content).toHaveLength(TOKENS)
    expect(choice?.logprobs?.content?.[0]?.top_logprobs).toHaveLength(2)
  })

  it('with several choices', async () => {
    const runner = client.chat.completions.stream({ model: 'm', messages: MESSAGES, n: 3 })
    const { choices } = await runner.finalChatCompletion()
    expect(choices.map(({ message }) => message.content)).toEqual([TEXT, TEXT, TEXT])
    expect(await lastTruth(simulator)).toMatchObject({ outputTokens: 3 * TOKENS })
  })

  it('that calls a tool', async () => {
    const runner = client.chat.completions.stream({
      model: 'm',
      messages: MESSAGES,
      tools: [{ type: 'function', function: { name: 'weather', parameters: PARAMETERS } }],
      tool_choice: 'required',
    })
    const [choice] = (await runner.finalChatCompletion()).choices
    expect(choice?.finish_reason).toBe('tool_calls')
    const [call] = choice?.message.tool_calls ?? []
    expect(call).toMatchObject({ type: 'function', function: { name: 'weather' } })
    expect(JSON.parse(call?.type === 'function' ? call.function.arguments : '')).toEqual({
      city: expect.any(String),
    })
  })

  it('that fails in its middle', async () => {
    const runner = client.chat.completions.stream(
      { model: 'm', messages: MESSAGES },
      sim({ fault: 'stream-error' }),
    )
    await expect(runner.finalChatCompletion()).rejects.toThrow(/error while generating/)
  })
})

it('the OpenAI client streams a completion', async () => {
  const stream = await client.completions.create({ model: 'm', prompt: 'Why?', stream: true, logprobs: 1 })
  let text = ''
  let finish: string | undefined
  let tokens = 0
  for await (const { choices } of stream) {
    text += choices[0]?.text ?? ''
    finish = choices[0]?.finish_reason ?? finish
    tokens += choices[0]?.logprobs?.tokens?.length ?? 0
  }
  expect([text, finish, tokens]).toEqual([TEXT, 'stop', (await lastTruth(simulator)).outputTokens])
})

describe('the OpenAI client streams a response', () => {
  it('with reasoning, text and usage, put together as in its last event', async () => {
    const stream = client.responses.stream({ model: 'm', input: 'Why?' }, sim({ reasoningTokens: 3 }))
    let text = ''
    let reasoned = 0
    for await (const event of stream) {
      if (event.type === 'response.output_text.delta') text += event.delta
      if (event.type === 'response.reasoning_text.delta') reasoned++
    }
    const final = await stream.finalResponse()
    const truth = await lastTruth(simulator)
    expect([text, final.output_text, final.status, reasoned]).toEqual([TEXT, TEXT, 'completed', 3])
    expect(final.usage).toMatchObject({
      input_tokens: truth.promptTokens,
      output_tokens: truth.outputTokens,
      output_tokens_details: { reasoning_tokens: 3 },
    })
    expect(truth.outputTokens).toBe(TOKENS + 3)
  })

  it('that calls a tool', async () => {
    const stream = client.responses.stream({
      model: 'm',
      input: 'Why?',
      tools: [{ type: 'function', name: 'weather', parameters: PARAMETERS, strict: false }],
      tool_choice: 'required',
    })
    const { output } = await stream.finalResponse()
    expect(output).toMatchObject([{ type: 'function_call', name: 'weather', status: 'completed' }])
  })

  it('that fails in its middle', async () => {
    const stream = client.responses.stream({ model: 'm', input: 'Why?' }, sim({ fault: 'stream-error' }))
    await expect(stream.finalResponse()).rejects.toThrow(/error/i)
  })
})

it('the OpenAI client reads embeddings, for which it asks in base64', async () => {
  const input = ['one', 'two']
  const { data, usage } = await client.embeddings.create({ model: 'm', input, dimensions: 8 })
  expect(data.map(({ embedding }) => embedding.length)).toEqual([8, 8])
  const plain = await client.embeddings.create({ model: 'm', input, dimensions: 8, encoding_format: 'float' })
  expect(data).toEqual(plain.data)
  expect(usage.prompt_tokens).toBe((await lastTruth(simulator)).promptTokens)
})

it.each([
  ['rate-limit', OpenAI.RateLimitError],
  ['auth', OpenAI.AuthenticationError],
  ['model-not-found', OpenAI.NotFoundError],
  ['bad-request', OpenAI.BadRequestError],
  ['server-error', OpenAI.InternalServerError],
] as const)('the OpenAI client knows %s by its kind', async (fault, kind) => {
  const create = client.chat.completions.create(
    { model: 'm', messages: MESSAGES, stream: true },
    sim({ fault }),
  )
  await expect(create).rejects.toBeInstanceOf(kind)
})

it('the OpenAI client lists the models', async () => {
  expect((await client.models.list()).data.map(({ id }) => id)).toEqual(['sim-8b'])
})
