import { Ollama } from 'ollama'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Simulator } from '../../packages/simulator/src/index.ts'
import { lastTruth, simulated, TEXT, TOKENS } from './simulated.ts'

let simulator: Simulator
let client: Ollama
beforeAll(async () => {
  simulator = await simulated()
  client = clientWith({})
})
afterAll(() => simulator.stop())

const clientWith = (sim: object) =>
  new Ollama({ host: simulator.url, headers: { 'x-sim': JSON.stringify(sim) } })
const MESSAGES = [{ role: 'user', content: 'Why is the sky blue?' }]

describe('the Ollama client streams a chat', () => {
  it('with thinking, text, the reason of its end and usage', async () => {
    const said = { text: '', thinking: '', reason: '', counts: [0, 0] }
    const stream = await clientWith({ reasoningTokens: 2 }).chat({
      model: 'm',
      messages: MESSAGES,
      stream: true,
    })
    for await (const { message, done, done_reason: reason, ...rest } of stream) {
      said.text += message.content
      said.thinking += message.thinking ?? ''
      if (!done) continue
      said.reason = reason
      said.counts = [rest.prompt_eval_count, rest.eval_count]
      expect(rest.total_duration).toBeGreaterThanOrEqual(rest.prompt_eval_duration + rest.eval_duration - 1e6)
    }
    const { promptTokens, outputTokens } = await lastTruth(simulator)
    expect(said).toEqual({
      text: TEXT,
      thinking: expect.stringMatching(/^\S+ \S+$/),
      reason: 'stop',
      counts: [promptTokens, outputTokens],
    })
    expect(outputTokens).toBe(TOKENS + 2)
  })

  it('that calls a tool', async () => {
    const tools = [
      {
        type: 'function',
        function: {
          name: 'weather',
          description: 'Tells the weather',
          parameters: { type: 'object', properties: { city: { type: 'string' } } },
        },
      },
    ]
    const asking = clientWith({ toolCalls: 'always' })
    const stream = await asking.chat({ model: 'm', messages: MESSAGES, tools, stream: true })
    const calls = []
    for await (const { message } of stream) calls.push(...(message.tool_calls ?? []))
    expect(calls).toMatchObject([{ function: { name: 'weather', arguments: { city: expect.any(String) } } }])
  })

  it('that fails in its middle', async () => {
    const stream = await clientWith({ fault: 'stream-error' }).chat({
      model: 'm',
      messages: MESSAGES,
      stream: true,
    })
    const read = async () => {
      for await (const part of stream) expect(part.done).toBe(false)
    }
    await expect(read()).rejects.toThrow(/error was encountered/)
  })

  it('that is cut', async () => {
    const stream = await clientWith({ fault: 'truncate' }).chat({
      model: 'm',
      messages: MESSAGES,
      stream: true,
    })
    const read = async () => {
      for await (const part of stream) expect(part.done).toBe(false)
    }
    await expect(read()).rejects.toThrow(/Did not receive done/)
  })
})

describe('the Ollama client completes a prompt', () => {
  it('in a stream', async () => {
    let text = ''
    for await (const { response } of await client.generate({ model: 'm', prompt: 'Why?', stream: true }))
      text += response
    expect(text).toBe(TEXT)
  })

  it('in one piece', async () => {
    const answer = await client.generate({ model: 'm', prompt: 'Why?', options: { num_predict: 3 } })
    expect(answer).toMatchObject({ done: true, done_reason: 'length', eval_count: 3 })
  })
})

it('the Ollama client embeds, lists, shows, and sees what is loaded', async () => {
  const { embeddings } = await client.embed({ model: 'm', input: ['one', 'two'], dimensions: 4 })
  expect(embeddings.map((vector) => vector.length)).toEqual([4, 4])
  expect((await client.list()).models.map(({ name }) => name)).toEqual(['sim-8b'])
  expect((await client.ps()).models.map(({ name }) => name)).toContain('m')
  expect((await client.show({ model: 'm' })).details.family).toBe('llama')
  expect((await client.version()).version).toMatch(/^\d+\.\d+/)
})

it('the Ollama client knows an error by its status', async () => {
  const chat = clientWith({ fault: 'overloaded' }).chat({ model: 'm', messages: MESSAGES })
  await expect(chat).rejects.toMatchObject({
    status_code: 503,
    message: expect.stringContaining('server busy'),
  })
})
