import { InferenceClient, setLogger, type TextGenerationStreamOutput } from '@huggingface/inference'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Simulator } from '../../packages/simulator/src/index.ts'
import { lastTruth, simulated, TEXT, TOKENS } from './simulated.ts'

let simulator: Simulator
let client: InferenceClient
beforeAll(async () => {
  simulator = await simulated({ speaks: ['tgi'] })
  client = new InferenceClient(undefined, { endpointUrl: simulator.url, retry_on_error: false })
})
afterAll(() => simulator.stop())

// It would warn with every request that one of its methods is to go.
setLogger({ debug: ignore, info: ignore, log: ignore, warn: ignore, error: ignore })
function ignore(): void {}

const INPUTS = 'Why is the sky blue?'
const withSim = (sim: object): typeof fetch => {
  return async (url, init) => {
    const headers = new Headers(init?.headers)
    headers.set('x-sim', JSON.stringify(sim))
    return await fetch(url, { ...init, headers })
  }
}

/** By the client's own way to ask for a stream at any path; its methods for text have moved on to `/v1`. */
const streamed = async (path: string, parameters: Record<string, unknown>, sim: object = {}) => {
  const args = { endpointUrl: `${simulator.url}${path}`, inputs: INPUTS, parameters }
  const events: TextGenerationStreamOutput[] = []
  const options = { fetch: withSim(sim) }
  for await (const event of client.streamingRequest<TextGenerationStreamOutput>(args, options))
    events.push(event)
  return events
}

describe.each(['/generate_stream', '/'])("Hugging Face's client streams from %s", (path) => {
  it('the text, with the end token counted, but not said', async () => {
    const events = await streamed(path, { details: true })
    expect(events.map(({ token }) => (token.special ? '' : token.text)).join('')).toBe(TEXT)
    const truth = await lastTruth(simulator)
    expect(events.at(-1)).toMatchObject({
      token: { special: true },
      generated_text: TEXT,
      details: {
        finish_reason: 'eos_token',
        generated_tokens: truth.outputTokens,
        input_length: truth.promptTokens,
      },
    })
    expect(truth.outputTokens).toBe(TOKENS + 1)
    expect(truth.tokens).toHaveLength(TOKENS)
  })

  it('up to its limit', async () => {
    const events = await streamed(path, { details: true, max_new_tokens: 3 })
    expect(events).toHaveLength(3)
    expect(events.at(-1)?.details).toMatchObject({ finish_reason: 'length', generated_tokens: 3 })
    expect((await lastTruth(simulator)).outputTokens).toBe(3)
  })

  it('and hears of an error in place of the stream, and in it', async () => {
    await expect(streamed(path, {}, { fault: 'overloaded' })).rejects.toThrow(/Model is overloaded/)
    await expect(streamed(path, {}, { fault: 'stream-error' })).rejects.toThrow(/failed during generation/)
  })
})

describe("Hugging Face's client uses the OpenAI routes of TGI", () => {
  it('for text in one piece', async () => {
    const answer = await client.textGeneration({ inputs: INPUTS, parameters: { max_new_tokens: 100 } })
    expect(answer.generated_text).toBe(TEXT)
  })

  it('for a chat', async () => {
    let text = ''
    const messages = [{ role: 'user' as const, content: INPUTS }]
    for await (const { choices } of client.chatCompletionStream({ model: 'm', messages }))
      text += choices[0]?.delta.content ?? ''
    expect(text).toBe(TEXT)
    expect((await lastTruth(simulator)).outputTokens).toBe(TOKENS)
  })
})
