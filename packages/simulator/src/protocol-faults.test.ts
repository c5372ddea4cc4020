import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, type Heard } from '../test/client.ts'
import type { FaultName } from './faults.ts'
import type { Simulator } from './server.ts'
import type { AnswerSettings } from './settings.ts'
import { serveSimulator } from './simulator.ts'

let simulator: Simulator
beforeAll(async () => {
  simulator = await serveSimulator({ ttft: 1, itl: 1, text: 'w w w w w w', truth: 100 })
})
afterAll(() => simulator.stop())

interface Wire {
  readonly path: string
  readonly body: object
  /** A piece of text. */
  readonly token: RegExp
  /** Without it a stream has not come to its end. */
  readonly end: RegExp
  /** An error inside a stream. */
  readonly error: RegExp
}

const MESSAGES = [{ role: 'user', content: 'x' }]
const WIRES: Readonly<Record<string, Wire>> = {
  chat: {
    path: '/v1/chat/completions',
    body: { stream: true, messages: MESSAGES },
    token: /"content":" ?w"/g,
    end: /"finish_reason":"/,
    error: /^data: \{"error":\{.*\}\}$/m,
  },
  responses: {
    path: '/v1/responses',
    body: { stream: true, input: 'x' },
    token: /"delta":" ?w"/g,
    end: /^event: response\.(completed|incomplete)$/m,
    error: /^event: error$/m,
  },
  tgi: {
    path: '/generate_stream',
    body: { inputs: 'x' },
    token: /"text":" ?w"/g,
    end: /"generated_text":"/,
    error: /^data:\{"error":".+","error_type":"generation"\}$/m,
  },
  'ollama chat': {
    path: '/api/chat',
    body: { model: 'm', messages: MESSAGES },
    token: /"content":" ?w"/g,
    end: /"done":true/,
    error: /^\{"error":".+"\}$/m,
  },
  'ollama generate': {
    path: '/api/generate',
    body: { model: 'm', prompt: 'x' },
    token: /"response":" ?w"/g,
    end: /"done":true/,
    error: /^\{"error":".+"\}$/m,
  },
}

describe.each(Object.entries(WIRES))('in a stream of %s', (_, { path, body, token, end, error }) => {
  const faulty = (fault: FaultName, sim: AnswerSettings = {}) =>
    ask(simulator.port, {
      path,
      body,
      sim: { fault, faultAfter: 3, ...sim },
      ...(fault.startsWith('stall') && { patience: 300 }),
    })
  const seen = (heard: Heard) => ({
    tokens: heard.body.match(token)?.length ?? 0,
    ended: end.test(heard.body),
    failed: error.test(heard.body),
  })
  const broken = { tokens: 3, ended: false, failed: false }
  const good = { tokens: 6, ended: true, failed: false }

  it('stall is silent after so many tokens', async () => {
    const heard = await faulty('stall')
    expect(heard).toMatchObject({ status: 200, complete: false, ending: 'silent' })
    expect(seen(heard)).toEqual(broken)
  })

  it('stall-before-first-token leaves headers', async () => {
    expect(await faulty('stall-before-first-token')).toMatchObject({
      status: 200,
      body: '',
      ending: 'silent',
    })
  })

  it('reset-mid-stream resets the connection', async () => {
    const heard = await faulty('reset-mid-stream', { itl: 30 })
    // A reset that is read together with data counts as a close; which it is, exchange.test.ts looks at.
    expect(heard).toMatchObject({ status: 200, complete: false, ending: expect.not.stringMatching('silent') })
    expect(seen(heard)).toEqual(broken)
  })

  it('truncate ends without the end mark, even after the last token', async () => {
    for (const faultAfter of [3, 99]) {
      const heard = await faulty('truncate', { faultAfter })
      expect(heard).toMatchObject({ status: 200, complete: true })
      expect(seen(heard)).toMatchObject({ ended: false, tokens: Math.min(6, faultAfter) })
    }
  })

  it.each(['stream-error', 'stream-error-done'] as const)('%s is the error of that server', async (fault) => {
    const heard = await faulty(fault)
    expect(heard).toMatchObject({ status: 200, complete: true })
    expect(seen(heard)).toEqual({ ...broken, failed: true })
  })

  it('malformed is one piece that is no JSON; the stream goes on', async () => {
    const heard = await faulty('malformed')
    expect(heard.body).toMatch(/unfin\n/)
    expect(seen({ ...heard, body: heard.body.replace(/^.*unfin$/m, '') })).toEqual(good)
  })

  it('no-done ends well, for the end has been told', async () => {
    const heard = await faulty('no-done')
    expect(seen(heard)).toEqual(good)
    expect(heard.body).not.toContain('[DONE]')
  })

  it('content-filter ends well, but early', async () => {
    expect(seen(await faulty('content-filter'))).toEqual({ ...good, tokens: 3 })
  })

  it('empty ends well without text', async () => {
    expect(seen(await faulty('empty'))).toEqual({ ...good, tokens: 0 })
  })

  it('not-streamed is one JSON document', async () => {
    const heard = await faulty('not-streamed')
    expect(heard.headers['content-type']).toBe('application/json')
    expect(JSON.stringify(JSON.parse(heard.body))).toContain('w w w w w w')
  })

  it.each([
    ['html-error', 502],
    ['reset-before-headers', 0],
  ] as const)('%s is the same for every server', async (fault, status) => {
    expect(await faulty(fault)).toMatchObject({ status })
  })

  it('a good answer has all of it', async () => {
    expect(seen(await ask(simulator.port, { path, body }))).toEqual(good)
  })
})
