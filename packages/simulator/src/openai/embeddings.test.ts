import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, truthOf, type Asking } from '../../test/client.ts'
import type { Simulator } from '../server.ts'
import { serveSimulator } from '../simulator.ts'

let simulator: Simulator
beforeAll(async () => {
  simulator = await serveSimulator({ ttft: 30, prefillPerToken: 10, dimensions: 6, truth: 100 })
})
afterAll(() => simulator.stop())

interface Embedded {
  readonly data: readonly { readonly index: number; readonly embedding: readonly number[] & string }[]
  readonly usage?: unknown
}
const post = (body: object, asking: Asking = {}) =>
  ask(simulator.port, { path: '/v1/embeddings', body: { model: 'm', ...body }, ...asking })
const embed = async (body: object, asking?: Asking) => JSON.parse((await post(body, asking)).body) as Embedded

describe('embeddings', () => {
  it('are unit vectors, one for each input in its order', async () => {
    const { data, ...rest } = await embed({ input: ['one', 'two', 'one'] })
    expect(rest).toEqual({ object: 'list', model: 'm', usage: { prompt_tokens: 3, total_tokens: 3 } })
    expect(data.map(({ index }) => index)).toEqual([0, 1, 2])
    for (const { embedding } of data) {
      expect(embedding).toHaveLength(6)
      expect(embedding.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 5)
    }
    expect(data[0]?.embedding).toEqual(data[2]?.embedding)
    expect(data[0]?.embedding).not.toEqual(data[1]?.embedding)
  })

  it('are the very same numbers in base64', async () => {
    const numbers = (await embed({ input: 'one' })).data[0]?.embedding
    const text = (await embed({ input: 'one', encoding_format: 'base64' })).data[0]?.embedding
    const bytes = Buffer.from(String(text), 'base64')
    expect(Array.from({ length: 6 }, (_, at) => bytes.readFloatLE(4 * at))).toEqual(numbers)
  })

  it('are as long as asked for', async () => {
    expect((await embed({ input: 'one', dimensions: 3 })).data[0]?.embedding).toHaveLength(3)
  })

  it.each([
    ['text', 'x'.repeat(20), 1, 5],
    ['texts', ['x'.repeat(20), 'y'], 2, 6],
    ['token ids', [1, 2, 3], 1, 3],
    ['lists of token ids', [[1, 2, 3], [4]], 2, 4],
  ])('are made of %s', async (_, input, vectors, tokens) => {
    const { data, usage } = await embed({ input }, { sim: { ttft: 1, prefillPerToken: 0 } })
    expect(data).toHaveLength(vectors)
    expect(usage).toEqual({ prompt_tokens: tokens, total_tokens: tokens })
  })

  it('come when the prompt has been computed, and generate nothing', async () => {
    await embed({ input: 'x'.repeat(20) }, { headers: { 'x-sim-id': 'timed' } })
    const record = await truthOf(simulator.port, 'timed')
    expect(record).toMatchObject({ status: 200, promptTokens: 5, outputTokens: 0, tokens: [] })
    expect((record.firstByteAt ?? 0) - record.acceptedAt).toBeGreaterThanOrEqual(80)
  })

  it('say nothing of tokens where it is set so', async () => {
    expect(await embed({ input: 'x' }, { sim: { usage: 'never' } })).not.toHaveProperty('usage')
  })

  it.each([{}, { input: [] }, { input: 'x', dimensions: 0 }, { input: 'x', encoding_format: 'hex' }])(
    'cannot be made of %j',
    async (body) => expect((await post(body)).status).toBe(400),
  )
})

describe('faults of embeddings', () => {
  const faulty = (fault: 'rate-limit' | 'truncate' | 'malformed' | 'stream-error' | 'no-done') =>
    post({ input: 'one' }, { sim: { fault, ttft: 1 } })

  it('are those of an answer in one piece', async () => {
    expect((await faulty('rate-limit')).status).toBe(429)
    expect((await faulty('stream-error')).status).toBe(500)
    expect((await faulty('no-done')).status).toBe(200)
    const cut = await faulty('truncate')
    expect(cut).toMatchObject({ status: 200, complete: false, ending: 'closed' })
    const half = await faulty('malformed')
    expect(half).toMatchObject({ status: 200, complete: true })
    for (const { body } of [cut, half]) {
      expect(body).toMatch(/^\{"object":"list"/)
      expect(() => JSON.parse(body) as unknown).toThrow()
    }
  })
})
