import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  ask,
  chat,
  chunksOf,
  contentOf,
  dataOf,
  finishesOf,
  requestText,
  textOf,
  type Heard,
} from '../test/client.ts'
import type { SimulatorStats } from './backend.ts'
import { FAULT_NAMES, type FaultName } from './faults.ts'
import type { Simulator } from './server.ts'
import { serveSimulator } from './simulator.ts'
import type { AnswerSettings } from './settings.ts'
import type { TruthRecord } from './truth.ts'

const TOKENS = 8
let simulator: Simulator
beforeAll(async () => {
  simulator = await serveSimulator({ ttft: 1, itl: 1, outputTokens: TOKENS, truth: 1_000, slowHeaders: 100 })
})
afterAll(() => simulator.stop())

const STREAM = { stream: true, messages: [{ role: 'user', content: 'x' }] }
const POLL = { timeout: 10_000 }

/** How long a client waits for what does not come. */
const PATIENCE = 700

const faulty = (fault: FaultName, sim: AnswerSettings = {}, stream = true) =>
  chat(simulator.port, {
    sim: { fault, ...sim },
    body: { stream },
    headers: { 'x-sim-id': fault },
    ...(fault.startsWith('stall') && { patience: PATIENCE }),
  })
const errorOf = ({ body }: Heard) => (JSON.parse(body) as { error: unknown }).error
const done = (heard: Heard) => dataOf(heard).at(-1) === '[DONE]'
const get = async (port: number, path: string): Promise<unknown> =>
  JSON.parse((await ask(port, { method: 'GET', path })).body) as unknown
const truthOf = async (port: number, id: string) => (await get(port, `/_sim/truth?id=${id}`)) as TruthRecord[]

describe('a fault that is an HTTP error', () => {
  it.each([
    ['rate-limit', 429, { code: 'rate_limit_exceeded' }],
    ['server-error', 500, { type: 'server_error' }],
    ['overloaded', 503, { code: 'overloaded' }],
    ['bad-request', 400, { type: 'invalid_request_error' }],
    ['auth', 401, { code: 'invalid_api_key' }],
    ['model-not-found', 404, { code: 'model_not_found' }],
    ['context-length', 400, { code: 'context_length_exceeded' }],
  ] as const)('%s is %i', async (fault, status, error) => {
    for (const stream of [true, false]) {
      const heard = await faulty(fault, {}, stream)
      expect(heard).toMatchObject({ status, complete: true, ending: 'closed' })
      expect(errorOf(heard)).toMatchObject({ ...error, message: expect.stringMatching(/\w+/), param: null })
    }
  })

  it.each(['rate-limit', 'overloaded'] as const)('%s says when to come again', async (fault) => {
    expect((await faulty(fault)).headers).toMatchObject({ 'retry-after': '1', 'retry-after-ms': '1000' })
    expect((await faulty(fault, { retryAfter: 2.5 })).headers).toMatchObject({
      'retry-after': '3',
      'retry-after-ms': '2500',
    })
    expect((await faulty('server-error')).headers).not.toHaveProperty('retry-after')
  })

  it('html-error is the page of a proxy', async () => {
    const heard = await faulty('html-error')
    expect(heard).toMatchObject({ status: 502, complete: true, headers: { 'content-type': 'text/html' } })
    expect(heard.body).toContain('<h1>502 Bad Gateway</h1>')
  })
})

describe('a fault before the first token', () => {
  it('reset-before-headers resets the connection with nothing said', async () => {
    expect(await faulty('reset-before-headers')).toMatchObject({ status: 0, raw: '', ending: 'reset' })
  })

  it('stall-before-first-token leaves the client with headers', async () => {
    expect(await faulty('stall-before-first-token')).toMatchObject({
      status: 200,
      body: '',
      ending: 'silent',
    })
    const early = await faulty('stall-before-first-token', { roleChunk: 'early' })
    expect(early).toMatchObject({ status: 200, ending: 'silent' })
    expect(chunksOf(early)).toMatchObject([{ choices: [{ delta: { role: 'assistant' } }] }])
  })

  it('slow-headers holds everything back, then answers well', async () => {
    const heard = await faulty('slow-headers')
    expect(contentOf(heard)).toHaveLength(TOKENS)
    expect(done(heard)).toBe(true)
    const [record] = await truthOf(simulator.port, 'slow-headers')
    expect((record?.headersAt ?? 0) - (record?.acceptedAt ?? 0)).toBeGreaterThanOrEqual(100)
    expect((record?.tokens[0] ?? 0) - (record?.headersAt ?? 0)).toBeGreaterThanOrEqual(0)
  })
})

describe('a fault in the middle of a stream', () => {
  it('stall sends nothing more, but stays', async () => {
    const heard = await faulty('stall')
    expect(heard).toMatchObject({ status: 200, complete: false, ending: 'silent' })
    expect(contentOf(heard)).toHaveLength(TOKENS / 2)
  })

  it('reset-mid-stream resets the connection', async () => {
    // Read together with the data before it, a reset looks like a close; so it comes well after.
    const heard = await faulty('reset-mid-stream', { itl: 200 })
    expect(heard).toMatchObject({ status: 200, complete: false, ending: 'reset' })
    expect(contentOf(heard)).toHaveLength(TOKENS / 2)
  })

  it('truncate ends as HTTP wants it, but without finish reason and [DONE]', async () => {
    const heard = await faulty('truncate')
    expect(heard).toMatchObject({ complete: true, ending: 'closed' })
    expect([contentOf(heard).length, finishesOf(heard), done(heard)]).toEqual([TOKENS / 2, [], false])
  })

  it.each([
    ['stream-error', false],
    ['stream-error-done', true],
  ] as const)('%s puts an error into the stream; [DONE] follows: %s', async (fault, ends) => {
    const heard = await faulty(fault)
    expect(heard).toMatchObject({ status: 200, complete: true })
    const errors = chunksOf(heard).filter(({ error }) => error !== undefined)
    expect(errors).toEqual([{ error: expect.objectContaining({ message: expect.any(String), code: 500 }) }])
    expect(done(heard)).toBe(ends)
    const before = heard.body.slice(0, heard.body.indexOf('data: {"error"'))
    expect(contentOf({ body: before })).toHaveLength(TOKENS / 2)
  })

  it('malformed sends one line that is no JSON and goes on', async () => {
    const heard = await faulty('malformed')
    const bad = dataOf(heard).filter((data) => data !== '[DONE]' && !data.endsWith('}'))
    expect(bad).toHaveLength(1)
    expect(() => JSON.parse(bad[0] ?? '{}') as unknown).toThrow()
    const rest = { body: heard.body.replace(`data: ${bad[0]}\n\n`, '') }
    expect([contentOf(rest).length, finishesOf(rest), done(heard)]).toEqual([TOKENS, ['stop'], true])
  })

  it('no-done has a finish reason only', async () => {
    const heard = await faulty('no-done')
    expect([heard.complete, contentOf(heard).length, finishesOf(heard), done(heard)]).toEqual([
      true,
      TOKENS,
      ['stop'],
      false,
    ])
  })

  it('content-filter ends the answer early, by its name', async () => {
    const heard = await faulty('content-filter')
    expect([contentOf(heard).length, finishesOf(heard), done(heard)]).toEqual([
      TOKENS / 2,
      ['content_filter'],
      true,
    ])
  })

  it('empty ends well without a token', async () => {
    const heard = await faulty('empty')
    expect(chunksOf(heard)[0]?.choices[0]?.delta).toEqual({ role: 'assistant', content: '' })
    expect([contentOf(heard).length, finishesOf(heard), done(heard)]).toEqual([0, ['stop'], true])
  })

  it('not-streamed is one JSON document', async () => {
    const heard = await faulty('not-streamed')
    expect(heard).toMatchObject({
      status: 200,
      complete: true,
      headers: { 'content-type': 'application/json' },
    })
    expect(JSON.parse(heard.body)).toMatchObject({ object: 'chat.completion' })
  })

  it.each([0, 1, 3, TOKENS, 99])('comes after as many tokens as set: %i', async (faultAfter) => {
    const heard = await faulty('truncate', { faultAfter })
    expect(contentOf(heard)).toHaveLength(Math.min(faultAfter, TOKENS))
    expect(finishesOf(heard)).toEqual([])
  })

  it('waits for the chunk to be over', async () => {
    expect(contentOf(await faulty('truncate', { faultAfter: 4, tokensPerChunk: 3 }))).toHaveLength(2)
  })
})

describe('a fault of an answer that is not streamed', () => {
  const halved = (heard: Heard) => {
    expect(heard.body).toMatch(/^\{"id":"chatcmpl-/)
    expect(() => JSON.parse(heard.body) as unknown).toThrow()
  }

  it.each([
    ['reset-mid-stream', { complete: false, ending: 'reset' }],
    ['truncate', { complete: false, ending: 'closed' }],
    ['stall', { complete: false, ending: 'silent' }],
    ['malformed', { complete: true, ending: 'closed' }],
  ] as const)('%s leaves half of the document', async (fault, end) => {
    const heard = await faulty(fault, { itl: 20 }, false)
    expect(heard).toMatchObject({ status: 200, ...end })
    halved(heard)
  })

  it('stall-before-first-token leaves headers', async () => {
    expect(await faulty('stall-before-first-token', {}, false)).toMatchObject({
      status: 200,
      body: '',
      ending: 'silent',
    })
  })

  it.each(['stream-error', 'stream-error-done'] as const)('%s is 500', async (fault) => {
    expect((await faulty(fault, {}, false)).status).toBe(500)
  })

  it.each([
    ['content-filter', 'content_filter'],
    ['empty', 'stop'],
    ['no-done', 'stop'],
    ['not-streamed', 'stop'],
  ] as const)('%s finishes with %s', async (fault, reason) => {
    const { choices } = JSON.parse((await faulty(fault, {}, false)).body) as {
      choices: { finish_reason: string }[]
    }
    expect(choices[0]?.finish_reason).toBe(reason)
  })
})

describe('faults', () => {
  it('are counted by name, and named in the ground truth', async () => {
    const own = await serveSimulator({ ttft: 1, itl: 1, outputTokens: 4, truth: 100, slowHeaders: 1 })
    for (const fault of FAULT_NAMES)
      await chat(own.port, { sim: { fault }, headers: { 'x-sim-id': fault }, patience: 300 })
    const { faults } = (await get(own.port, '/_sim/stats')) as SimulatorStats
    expect(faults).toEqual(Object.fromEntries(FAULT_NAMES.map((name) => [name, 1])))
    const records = (await get(own.port, '/_sim/truth')) as TruthRecord[]
    expect(records.map(({ id, fault }) => [id, fault])).toEqual(FAULT_NAMES.map((name) => [name, name]))
    await own.stop()
  })

  it('happen as often as their odds say, unless a request wants none', async () => {
    const own = await serveSimulator({ ttft: 0, itl: 0, outputTokens: 1, faults: { 'rate-limit': 0.5 } })
    const statuses = async (sim: AnswerSettings) =>
      await Promise.all(Array.from({ length: 60 }, async () => (await chat(own.port, { sim })).status))
    const drawn = (await statuses({})).filter((status) => status === 429).length
    expect(drawn).toBeGreaterThan(10)
    expect(drawn).toBeLessThan(50)
    expect(await statuses({ fault: 'none' })).not.toContain(429)
    expect(await statuses({ faults: { 'rate-limit': 1 } })).not.toContain(200)
    await own.stop()
  })
})

describe('slots', () => {
  it('are given in the order of arrival; the queue waits, and more than it holds get 503', async () => {
    const own = await serveSimulator({
      ttft: 150,
      itl: 1,
      outputTokens: 2,
      slots: 1,
      queueLimit: 2,
      truth: 10,
    })
    const heard: Promise<Heard>[] = []
    for (const id of ['a', 'b', 'c', 'd']) {
      heard.push(chat(own.port, { headers: { 'x-sim-id': id } }))
      await untilAccepted(own.port, heard.length)
    }
    expect((await Promise.all(heard)).map(({ status }) => status)).toEqual([200, 200, 200, 503])
    const [a, b, c, d] = (await get(own.port, '/_sim/truth')) as [
      TruthRecord,
      TruthRecord,
      TruthRecord,
      TruthRecord,
    ]
    expect(a.startedAt).toBe(a.acceptedAt)
    expect(b.startedAt).toBeGreaterThanOrEqual(a.endedAt ?? Infinity)
    expect(c.startedAt).toBeGreaterThanOrEqual(b.endedAt ?? Infinity)
    expect(b.headersAt).toBeGreaterThanOrEqual(b.startedAt ?? Infinity)
    expect((b.tokens[0] ?? 0) - (b.startedAt ?? Infinity)).toBeGreaterThanOrEqual(150)
    expect(d).toMatchObject({ status: 503, tokens: [] })
    expect(d).not.toHaveProperty('startedAt')
    expect(await get(own.port, '/_sim/stats')).toMatchObject({
      accepted: 4,
      active: 0,
      queued: 0,
      finished: 4,
      left: 0,
    })
    await own.stop()
  })

  it('are free again when a client leaves, be it answered or waiting', async () => {
    const own = await serveSimulator({ ttft: 1, itl: 1, outputTokens: 2, slots: 1 })
    const stalled = chat(own.port, { sim: { fault: 'stall' }, patience: 300 })
    await untilAccepted(own.port, 1)
    const impatient = chat(own.port, { patience: 50 })
    await untilAccepted(own.port, 2)
    const third = await chat(own.port)
    expect(textOf(third)).not.toBe('')
    expect([(await stalled).ending, (await impatient).raw]).toEqual(['silent', ''])
    expect(await get(own.port, '/_sim/stats')).toMatchObject({
      active: 0,
      queued: 0,
      finished: 3,
      left: 2,
      faults: { stall: 1 },
    })
    await own.stop()
  })

  it('are free again when a client leaves with several requests on one connection', async () => {
    const own = await serveSimulator({ ttft: 60_000, slots: 5 })
    const request = requestText({
      path: '/v1/chat/completions',
      headers: { connection: 'keep-alive' },
      body: STREAM,
    })
    const socket = connect({ port: own.port, host: '127.0.0.1' })
    socket.write(request.repeat(3))
    await untilAccepted(own.port, 3)
    socket.destroy()
    await expect
      .poll(() => get(own.port, '/_sim/stats'), POLL)
      .toMatchObject({ active: 0, finished: 3, left: 3 })
    await own.stop()
  })

  it('survive clients that leave at any moment', async () => {
    const own = await serveSimulator({ ttft: 'uniform:0,30', itl: 0.2, outputTokens: 200, slots: 20 })
    const impatience = Array.from({ length: 100 }, (_, k) => k)
    const left = impatience.map(async (ms) => {
      const socket = connect({ port: own.port, host: '127.0.0.1' })
      socket.on('error', () => {}).write(requestText({ path: '/v1/chat/completions', body: STREAM }))
      await sleep(ms)
      socket.resetAndDestroy()
    })
    await Promise.all(left)
    await expect.poll(() => get(own.port, '/_sim/stats'), POLL).toMatchObject({ active: 0, queued: 0 })
    expect(textOf(await chat(own.port))).not.toBe('')
    await own.stop()
  })

  async function untilAccepted(port: number, count: number): Promise<void> {
    for (;;) {
      const { active, queued, finished } = (await get(port, '/_sim/stats')) as SimulatorStats
      if (active + queued + finished >= count) return
      await sleep(2)
    }
  }
})

describe('timing', () => {
  it('follows the schedule: never early, and never drifting', async () => {
    const itl = 4
    const count = 200
    const heard = await chat(simulator.port, {
      sim: { ttft: 40, itl, outputTokens: count },
      headers: { 'x-sim-id': 'timing' },
    })
    expect(contentOf(heard)).toHaveLength(count)
    const [record] = await truthOf(simulator.port, 'timing')
    const late = (record?.tokens ?? []).map((at, k) => at - (record?.acceptedAt ?? 0) - 40 - k * itl)
    expect(late).toHaveLength(count)
    expect(Math.min(...late)).toBeGreaterThanOrEqual(0)
    // A timer armed anew after each token is late by half a millisecond a token and more.
    expect(Math.min(...late.slice(150))).toBeLessThan(60)
  })

  it('adds the cost of the prompt, but not of its cached part', async () => {
    const first = async (id: string, sim: AnswerSettings) => {
      const messages = [{ role: 'user', content: 'x'.repeat(400) }]
      await chat(simulator.port, {
        sim: { prefillPerToken: 10, ...sim },
        body: { messages },
        headers: { 'x-sim-id': id },
      })
      const [record] = await truthOf(simulator.port, id)
      expect(record?.promptTokens).toBe(100)
      return (record?.tokens[0] ?? 0) - (record?.acceptedAt ?? 0)
    }
    expect(await first('prefill', {})).toBeGreaterThanOrEqual(1_001)
    const cached = await first('cached', { cachedTokens: 100 })
    expect(cached).toBeGreaterThanOrEqual(1)
    expect(cached).toBeLessThan(900)
  })

  it('sends the role with the first token, or early where set so', async () => {
    const role = async (roleChunk: 'early' | 'with-first-token') => {
      await chat(simulator.port, { sim: { ttft: 100, roleChunk }, headers: { 'x-sim-id': roleChunk } })
      const [record] = await truthOf(simulator.port, roleChunk)
      return (record?.firstByteAt ?? 0) - (record?.tokens[0] ?? 0)
    }
    expect(await role('with-first-token')).toBe(0)
    expect(await role('early')).toBeLessThan(0)
  })
})

describe('the ground truth', () => {
  it('is what the client saw, a little earlier', async () => {
    const heard = await chat(simulator.port, { sim: { ttft: 30, itl: 10 }, headers: { 'x-sim-id': 'seen' } })
    const [record] = await truthOf(simulator.port, 'seen')
    const seen = [...heard.raw.matchAll(/"content":"[^"]/g)].map(({ index }) => heard.timeOf(index))
    const sent = record?.tokens ?? []
    expect(seen).toHaveLength(TOKENS)
    expect(sent).toHaveLength(TOKENS)
    expect(record).toMatchObject({
      status: 200,
      promptTokens: 5,
      outputTokens: TOKENS,
      tokensPerChunk: sent.map(() => 1),
    })
    const delays = seen.map((at, k) => at - (sent[k] ?? Infinity))
    expect(Math.min(...delays)).toBeGreaterThan(-0.1)
    expect(Math.max(...delays)).toBeLessThan(1_000)
    const order = [record?.acceptedAt, record?.headersAt, record?.firstByteAt, ...sent, record?.endedAt].map(
      Number,
    )
    expect(order).toEqual(order.toSorted((a, b) => a - b))
    expect(heard.timeOf(0)).toBeGreaterThan(Number(record?.headersAt) - 0.1)
    expect(record?.longestWrite).toBeGreaterThan(0)
    expect(record?.longestWrite).toBeLessThan(1_000)
  })

  it('counts the tokens of every chunk and choice', async () => {
    const sim = { tokensPerChunk: 3, outputTokens: 8 }
    await chat(simulator.port, { sim, body: { n: 2 }, headers: { 'x-sim-id': 'chunked' } })
    expect(await truthOf(simulator.port, 'chunked')).toMatchObject([
      { tokensPerChunk: [6, 6, 4], outputTokens: 16 },
    ])
  })

  it('has one time for an answer that is not streamed', async () => {
    await chat(simulator.port, { body: { stream: false }, headers: { 'x-sim-id': 'whole' } })
    expect(await truthOf(simulator.port, 'whole')).toMatchObject([
      { tokens: [expect.any(Number)], tokensPerChunk: [TOKENS] },
    ])
  })

  it('tells of a client that left', async () => {
    const heard = await chat(simulator.port, {
      sim: { ttft: 60_000 },
      headers: { 'x-sim-id': 'leaver' },
      patience: 50,
    })
    expect(heard.ending).toBe('silent')
    await expect
      .poll(() => truthOf(simulator.port, 'leaver'), POLL)
      .toMatchObject([{ left: true, endedAt: expect.any(Number), tokens: [], status: 200 }])
  })

  it('goes by the id of the answer where the request names none, and can be cleared', async () => {
    const own = await serveSimulator({ ttft: 1, itl: 1, outputTokens: 2, truth: 10 })
    const id = chunksOf(await chat(own.port))[0]?.id ?? ''
    expect(await truthOf(own.port, id)).toHaveLength(1)
    await ask(own.port, { method: 'DELETE', path: '/_sim/truth' })
    expect(await get(own.port, '/_sim/truth')).toEqual([])
    await own.stop()
  })
})
