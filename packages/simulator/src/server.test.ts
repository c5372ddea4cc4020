import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, chat, chunksOf, requestText, textOf } from '../test/client.ts'
import type { Simulator } from './server.ts'
import { serveSimulator } from './simulator.ts'
import type { SimulatorSettings } from './settings.ts'

const FAST: SimulatorSettings = { ttft: 1, itl: 1, outputTokens: 5 }
let open: Simulator
let locked: Simulator
beforeAll(async () => {
  open = await serveSimulator({ ...FAST, truth: 10 })
  locked = await serveSimulator({ ...FAST, apiKey: 'secret', models: ['tiny', 'small'] })
})
afterAll(async () => {
  await open.stop()
  await locked.stop()
})

const get = (port: number, path: string, headers = {}) => ask(port, { method: 'GET', path, headers })
const json = ({ body }: { body: string }): unknown => JSON.parse(body)

describe('the routes beside generation', () => {
  it('list the models served', async () => {
    expect(json(await get(open.port, '/v1/models'))).toMatchObject({
      object: 'list',
      data: [{ id: 'sim-8b', object: 'model' }],
    })
    const listed = await get(locked.port, '/v1/models', { authorization: 'Bearer secret' })
    expect(json(listed)).toMatchObject({ data: [{ id: 'tiny' }, { id: 'small' }] })
  })

  it('tell health and version', async () => {
    expect(await get(open.port, '/health')).toMatchObject({ status: 200, body: '', complete: true })
    expect(json(await get(open.port, '/version'))).toEqual({
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    })
  })

  it.each(['/nothing', '/v1/moderations', '/__proto__', '//', '/nothing?x', '/%'])(
    'answer %s with 404 in OpenAI form',
    async (path) => {
      const heard = await ask(open.port, { path })
      expect(heard.status).toBe(404)
      expect(json(heard)).toMatchObject({
        error: { type: 'invalid_request_error', code: 'unknown_url', param: null },
      })
    },
  )

  it('answer a method they do not have with 405', async () => {
    expect(await get(open.port, '/v1/chat/completions?x=1')).toMatchObject({
      status: 405,
      headers: { allow: 'POST' },
    })
  })
})

describe('a key and a list of models', () => {
  it('keep out who does not bear the key, but leave health open', async () => {
    for (const authorization of ['', 'Bearer wrong', 'secret']) {
      const heard = await chat(locked.port, { headers: { authorization }, body: { model: 'tiny' } })
      expect(heard.status).toBe(401)
      expect(json(heard)).toMatchObject({ error: { code: 'invalid_api_key' } })
    }
    expect((await get(locked.port, '/v1/models')).status).toBe(401)
    expect((await get(locked.port, '/health')).status).toBe(200)
  })

  it('serve the models listed and no other', async () => {
    const headers = { authorization: 'Bearer secret' }
    expect((await chat(locked.port, { headers, body: { model: 'tiny' } })).status).toBe(200)
    const heard = await chat(locked.port, { headers, body: { model: 'huge' } })
    expect(heard.status).toBe(404)
    expect(json(heard)).toMatchObject({
      error: { code: 'model_not_found', message: expect.stringContaining('huge') },
    })
  })

  it('left out let any model be served', async () => {
    const heard = await chat(open.port, { body: { model: 'anything' } })
    expect(chunksOf(heard)[0]?.model).toBe('anything')
  })
})

describe('a request that cannot be read', () => {
  it.each([
    ['no JSON', '{"messages":'],
    ['no object', '5'],
    ['no messages', { stream: true }],
    ['empty messages', { messages: [] }],
    ['limits of the wrong kind', { messages: [{ role: 'user', content: 'x' }], max_tokens: 'many' }],
    ['no answers asked for', { messages: [{ role: 'user', content: 'x' }], n: 0 }],
    [
      'a tool choice without that tool',
      { messages: [{ role: 'user', content: 'x' }], tool_choice: 'required' },
    ],
  ])('(%s) gets 400 in OpenAI form', async (_, body) => {
    const heard = await ask(open.port, { path: '/v1/chat/completions', body })
    expect(heard.status).toBe(400)
    expect(json(heard)).toMatchObject({
      error: { type: 'invalid_request_error', message: expect.stringMatching(/\w+/) },
    })
  })

  it('says everything that is wrong with x-sim', async () => {
    const heard = await chat(open.port, { headers: { 'x-sim': '{"ttft":"soon","slots":4}' } })
    expect(heard.status).toBe(400)
    expect(heard.body).toMatch(/ttft is \\"soon\\".*slots is unknown/)
    expect((await chat(open.port, { headers: { 'x-sim': 'ttft=5' } })).status).toBe(400)
  })
})

describe('x-sim', () => {
  it('overrides settings for its request alone', async () => {
    const own = await chat(open.port, { sim: { text: 'as you wish', roleChunk: 'early' } })
    expect(textOf(own)).toBe('as you wish')
    expect(textOf(await chat(open.port))).not.toBe('as you wish')
  })

  it('with a seed makes the answer independent of how many came before', async () => {
    const sim = { seed: 42, outputTokens: 'uniform:5,50' }
    const said = new Set<string>()
    for (let i = 0; i < 4; i++) said.add(textOf(await chat(open.port, { sim })))
    expect(said.size).toBe(1)
    const unseeded = new Set<string>()
    for (let i = 0; i < 4; i++)
      unseeded.add(textOf(await chat(open.port, { sim: { outputTokens: 'uniform:5,50' } })))
    expect(unseeded.size).toBeGreaterThan(1)
  })

  it('gives the same answers again after a new start', async () => {
    const run = async () => {
      const simulator = await serveSimulator({ ...FAST, outputTokens: 'uniform:5,50', seed: 3 })
      const said = [await chat(simulator.port), await chat(simulator.port)].map((heard) => textOf(heard))
      await simulator.stop()
      return said
    }
    const first = await run()
    expect(await run()).toEqual(first)
    expect(first[0]).not.toBe(first[1])
  })
})

describe('the connection', () => {
  /** Sends everything at once on one connection and reads until so many answers have ended. */
  const converse = (requests: readonly string[]) =>
    new Promise<string>((resolve, reject) => {
      const socket = connect({ port: open.port, host: '127.0.0.1' })
      let raw = ''
      socket.setEncoding('latin1').on('error', reject)
      socket.on('data', (text: string) => {
        raw += text
        if (raw.split('\r\n0\r\n\r\n').length > requests.length) socket.destroy()
      })
      socket.on('close', () => resolve(raw))
      socket.write(requests.join(''))
    })
  const request = (text: string) =>
    requestText({
      path: '/v1/chat/completions',
      headers: { connection: 'keep-alive' },
      body: { stream: true, messages: [{ role: 'user', content: 'x' }] },
      sim: { text, itl: 5 },
    })

  it('carries one stream after the other, in order, even when all were asked for at once', async () => {
    const raw = await converse([request('one 1'), request('two 2'), request('three 3')])
    const said = [...raw.matchAll(/"content":"([^"]+)"/g)].map(([, text]) => text)
    expect(said.join('')).toBe('one 1two 2three 3')
    expect(raw.match(/HTTP\/1.1 200 OK/g)).toHaveLength(3)
    expect(raw.match(/data: \[DONE\]/g)).toHaveLength(3)
  })

  it('is kept open for the next request for longer than clients keep it', async () => {
    const heard = await ask(open.port, {
      method: 'GET',
      path: '/health',
      headers: { connection: 'keep-alive' },
      patience: 200,
    })
    expect(heard.headers['keep-alive']).toBe('timeout=75')
    expect(heard.ending).toBe('silent')
  })

  it('of HTTP/1.0, which knows no chunks, ends with the stream', async () => {
    const heard = await chat(open.port, { version: '1.0' })
    expect(heard.headers).not.toHaveProperty('transfer-encoding')
    expect(heard.body.endsWith('data: [DONE]\n\n')).toBe(true)
    expect(chunksOf(heard).length).toBeGreaterThan(5)
  })

  it('carries text that is not ASCII unharmed', async () => {
    const text = 'Grüße, 世界 😀 fin'
    const body = { messages: [{ role: 'user', content: 'x' }], stream: true }
    const ascii = JSON.stringify({ text }).replace(
      /[^ -~]/g,
      (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
    const heard = await chat(open.port, { body, headers: { 'x-sim': ascii } })
    expect(heard.complete).toBe(true)
    expect(textOf(heard)).toBe(text)
  })

  it('is understood by fetch as well', async () => {
    const response = await fetch(`${open.url}/v1/completions`, {
      method: 'POST',
      body: JSON.stringify({ prompt: 'x', stream: true }),
      headers: { 'x-sim': JSON.stringify({ text: 'hi there' }) },
    })
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    const chunks = chunksOf({ body: await response.text() })
    expect(chunks.map(({ choices }) => choices[0]?.text ?? '').join('')).toBe('hi there')
  })
})
