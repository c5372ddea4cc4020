import { afterAll, beforeAll, expect, it } from 'vitest'
import { ask } from '../../test/client.ts'
import type { Simulator } from '../server.ts'
import { serveSimulator } from '../simulator.ts'

let simulator: Simulator
beforeAll(async () => {
  simulator = await serveSimulator({ speaks: ['ollama'], models: ['llama3:8b', 'qwen3'] })
})
afterAll(() => simulator.stop())

const get = async (path: string): Promise<unknown> =>
  JSON.parse((await ask(simulator.port, { method: 'GET', path })).body)

it('lists the models there are, none of them in memory', async () => {
  expect(await get('/api/tags')).toMatchObject({
    models: [
      { name: 'llama3:8b', model: 'llama3:8b', size: expect.any(Number), details: { format: 'gguf' } },
      { name: 'qwen3' },
    ],
  })
  expect(await get('/api/ps')).toEqual({ models: [] })
})

it('shows one of them', async () => {
  const show = (body: unknown) => ask(simulator.port, { path: '/api/show', body })
  const shown = await show({ model: 'qwen3' })
  expect(JSON.parse(shown.body)).toMatchObject({ model_info: { 'general.architecture': 'llama' } })
  expect((await show({ model: 'none' })).status).toBe(404)
  expect((await show({})).status).toBe(400)
  expect((await show('null')).status).toBe(400)
})

it('tells in /api/ps what is loaded, how much of it is on the GPU, and until when', async () => {
  await ask(simulator.port, { path: '/api/generate', body: { model: 'qwen3', keep_alive: -1 } })
  expect(await get('/api/ps')).toMatchObject({
    models: [
      { name: 'qwen3', size_vram: expect.any(Number), context_length: 4_096, expires_at: /^2300-/ },
    ].map((model) => ({ ...model, expires_at: expect.stringMatching(model.expires_at) })),
  })
})
