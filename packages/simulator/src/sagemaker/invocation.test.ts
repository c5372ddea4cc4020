import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, type Asking } from '../../test/client.ts'
import { decode, httpChunks } from '../aws/__fixtures__/decode.ts'
import type { Simulator } from '../server.ts'
import { serveSimulator } from '../simulator.ts'

let simulator: Simulator
beforeAll(async () => {
  simulator = await serveSimulator({ ttft: 1, itl: 1, text: 'one two', outputTokens: 2 })
})
afterAll(() => simulator.stop())

const CHAT = { messages: [{ role: 'user', content: 'Why?' }], stream: true }
const INPUTS = { inputs: 'Why?', parameters: { max_new_tokens: 9 }, stream: true }

async function invoke(endpoint: string, body: object, asking: Asking = {}) {
  const path = `/endpoints/${endpoint}/invocations-response-stream`
  const heard = await ask(simulator.port, { path, headers: { authorization: 'Bearer any' }, body, ...asking })
  const chunks = httpChunks(heard.raw)
  const inner = () => Buffer.concat(decode(chunks.join('')).map(({ payload }) => payload)).toString()
  return { ...heard, chunks, inner }
}

describe('a stream of SageMaker', () => {
  it("carries the container's bytes, one HTTP chunk a token, and one at the end", async () => {
    const { chunks, headers, inner } = await invoke('mine', CHAT)
    expect(headers).toMatchObject({
      'content-type': 'application/vnd.amazon.eventstream',
      'x-amzn-sagemaker-content-type': 'text/event-stream; charset=utf-8',
      'x-amzn-invoked-production-variant': 'AllTraffic',
    })
    expect(chunks).toHaveLength(3)
    expect(inner()).toMatch(/^data: \{.*"content":"one".*"content":" two".*data: \[DONE\]\n\n$/s)
  })

  it('of DJL is lines of JSON without an end mark', async () => {
    const { inner, headers } = await invoke('mine-djl', CHAT)
    const lines = inner().trimEnd().split('\n')
    expect(headers['x-amzn-sagemaker-content-type']).toBe('application/jsonlines')
    expect(lines.map((line) => (JSON.parse(line) as { object: string }).object)).toEqual(
      Array.from({ length: 4 }, () => 'chat.completion.chunk'),
    )
  })

  it('of DJL with tokens tells the text in the last line', async () => {
    const lines = (await invoke('mine-djl-tokens', INPUTS)).inner().trimEnd().split('\n')
    const token = (text: string) => ({
      token: { id: expect.any(Number), text, log_prob: expect.any(Number) },
    })
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
      token('one'),
      token(' two'),
      {
        ...token(''),
        generated_text: 'one two',
        details: { finish_reason: 'eos_token', generated_tokens: 3, inputs: 'Why?' },
      },
    ])
  })

  it('of DJL with tokens ends after thirty where the request says nothing', async () => {
    const lines = await invoke(
      'mine-djl-tokens',
      { inputs: 'Why?' },
      { sim: { outputTokens: 100, text: 'a '.repeat(100) } },
    )
    expect(lines.inner().trimEnd().split('\n')).toHaveLength(30)
    expect(lines.inner()).toContain('"finish_reason":"length"')
  })

  it.each([
    ['no-done', /"finish_reason":"stop"\}\]\}\n\n$/],
    ['malformed', /" unfin\n\n.*\[DONE\]\n\n$/s],
    ['truncate', /"content":"one"(?!.*(two|DONE|"stop")).*\n\n$/s],
  ] as const)('with the fault %s is sound, but what is in it is not', async (fault, end) => {
    const { inner } = await invoke('mine', CHAT, { sim: { fault, faultAfter: 1 } })
    expect(inner()).toMatch(end)
  })

  it('needs a signature for SageMaker', async () => {
    const { status, headers } = await invoke('mine', CHAT, { headers: {} })
    expect([status, headers['x-amzn-errortype']?.split(':')[0]]).toEqual([
      403,
      'MissingAuthenticationTokenException',
    ])
  })

  it('is not had of another operation', async () => {
    const path = '/endpoints/mine/async-invocations'
    expect((await invoke('mine', CHAT, { path })).status).toBe(404)
  })
})
