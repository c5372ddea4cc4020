import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serveSimulator } from '../simulator.ts'
import type { Simulator } from '../server.ts'

let simulator: Simulator
beforeAll(async () => {
  simulator = await serveSimulator({ ttft: 1, itl: 0, text: 'The sky.', apiKey: 'azure-key' })
})
afterAll(() => simulator.stop())

const CHAT = { messages: [{ role: 'user', content: 'Why?' }] }

async function post(path: string, body: unknown, headers: Record<string, string>): Promise<Response> {
  const request = { method: 'POST', body: JSON.stringify(body), headers }
  return fetch(`${simulator.url}${path}`, request)
}

describe("Azure's paths", () => {
  it.each([
    ['/openai/deployments/my-gpt/chat/completions?api-version=2024-10-21', CHAT],
    ['/openai/deployments/my-gpt/completions?api-version=2024-10-21', { prompt: 'Why?' }],
    ['/openai/deployments/my-gpt/embeddings?api-version=2024-10-21', { input: 'Why?' }],
    ['/openai/v1/chat/completions', { ...CHAT, model: 'my-gpt' }],
    ['/openai/v1/responses', { input: 'Why?', model: 'my-gpt' }],
  ])('%s answers, the deployment being the model', async (path, body) => {
    const answer = await post(path, body, { 'api-key': 'azure-key' })
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ model: 'my-gpt' })
  })

  it('want the key in `api-key` or as a bearer', async () => {
    const path = '/openai/deployments/my-gpt/chat/completions'
    expect((await post(path, CHAT, { 'api-key': 'another' })).status).toBe(401)
    expect((await post(path, CHAT, { authorization: 'Bearer azure-key' })).status).toBe(200)
  })
})
