import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Call } from '../model/call.ts'
import { now } from '../model/clock.ts'
import { LoadbenchError } from '../model/errors.ts'
import { loopTurn } from '../model/turn.ts'
import type { ClientSettings, HttpRequest, ProviderPlugin } from '../model/provider.ts'
import { runInScope } from '../script/scope.ts'
import {
  chunk,
  event,
  finish,
  partsPlugin,
  reasoning,
  STREAM_HEAD,
  text,
} from '../transport/__fixtures__/parts-plugin.ts'
import {
  CERT,
  deafServer,
  http2Server,
  httpServer,
  pause,
  rawServer,
  type TestServer,
} from '../transport/__fixtures__/servers.ts'
import { testVu, type TestVu } from './__fixtures__/scope.ts'
import { connect } from './connect.ts'
import { closeSharedConnections } from './pools.ts'

const SSE = { 'content-type': 'text/event-stream' }
const CALL: Call = { kind: 'chat', messages: [], model: 'm' }
const ANSWER = event(text('a')) + event(finish)

beforeEach(() => {
  for (const name of ['LOADBENCH_TARGET', 'PARTS_URL', 'PARTS_HOST']) vi.stubEnv(name, undefined)
})
afterEach(() => {
  vi.unstubAllEnvs()
  closeSharedConnections()
})

const clientOf = ({ url }: Pick<TestServer, 'url'>, settings: ClientSettings = {}, plugin = partsPlugin) =>
  connect(plugin, { baseURL: url.href, ...settings })

const inVu = <T>({ scope }: TestVu, work: () => T): T => runInScope(scope, work)

const answering = (body = ANSWER) =>
  httpServer(async (request, response) => {
    request.resume()
    await once(request, 'end')
    response.writeHead(200, SSE).end(body)
  })

/** Streams tokens for ever. */
const endless = () =>
  rawServer((socket) => {
    socket.write(STREAM_HEAD)
    const timer = setInterval(() => socket.write(chunk(event(text('a')))), 5)
    socket.once('close', () => clearInterval(timer))
  })

describe('a call inside a run', () => {
  it('is recorded once, under the id the script sees', async () => {
    const server = await answering(
      event(reasoning('hm')) + event(text('a')) + event({ type: 'usage', outputTokens: 2 }, finish),
    )
    const vu = testVu()
    const result = await inVu(vu, () => clientOf(server).call(CALL))
    expect(result).toMatchObject({
      ok: true,
      text: 'a',
      reasoning: 'hm',
      usage: { outputTokens: 2 },
      outputTokens: 2,
      tokenSource: 'usage',
      finishReason: 'stop',
      status: 200,
      headers: SSE,
    })
    expect(vu.samples).toHaveLength(1)
    const [{ sample, tags } = {}] = vu.samples
    expect(tags).toBe(vu.scope.tags)
    expect(sample).toMatchObject({
      id: result.id,
      outcome: 'ok',
      streamed: true,
      chunks: 2,
      status: 200,
      usage: { outputTokens: 2 },
      keepGaps: false,
      tags: { provider: 'parts', model: 'm' },
    })
    expect(sample?.gaps).toHaveLength(1)
    expect(sample?.connect.connecting).toBeGreaterThan(0)
    expect(sample?.bytesReceived).toBeGreaterThan(100)
    expect(vu.streams()).toBe(0)
  })

  it('shows the script the times that were measured', async () => {
    const server = await rawServer(async (socket) => {
      await pause(30)
      socket.write(STREAM_HEAD + chunk(event(reasoning('a'))))
      await pause(30)
      socket.write(chunk(event(text('b'))))
      await pause(30)
      socket.write(chunk(event(finish)) + chunk(''))
    })
    const vu = testVu()
    const { timings } = await inVu(vu, () => clientOf(server).call(CALL))
    const { startedAt, headersAt, firstTokenAt, firstAnswerAt, lastTokenAt, endedAt } =
      vu.samples[0]?.sample.stamps ?? {}
    expect(timings).toEqual({
      headers: (headersAt ?? 0) - (startedAt ?? 0),
      ttft: (firstTokenAt ?? 0) - (startedAt ?? 0),
      ttfat: (firstAnswerAt ?? 0) - (startedAt ?? 0),
      lastToken: (lastTokenAt ?? 0) - (startedAt ?? 0),
      duration: (endedAt ?? 0) - (startedAt ?? 0),
    })
    expect(timings.ttft).toBeGreaterThan(25)
    expect(timings.ttfat).toBeGreaterThan(50)
    expect(timings.duration).toBeGreaterThan(75)
  })

  it('a failed one is a result, and recorded all the same', async () => {
    const server = await httpServer((_, response) =>
      response.writeHead(404, { 'x-request-id': '7' }).end('no such model'),
    )
    const vu = testVu()
    const result = await inVu(vu, () => clientOf(server).call(CALL))
    expect(result).toMatchObject({
      ok: false,
      text: '',
      toolCalls: [],
      status: 404,
      headers: { 'x-request-id': '7' },
      error: { class: 'http_4xx', message: 'no such model', status: 404 },
    })
    expect(result).not.toHaveProperty('outputTokens')
    expect(result.timings).not.toHaveProperty('ttft')
    expect(vu.samples).toMatchObject([{ sample: { outcome: 'failed', status: 404, failure: result.error } }])
  })

  it('one that never got through has status 0, no headers and sent nothing', async () => {
    const vu = testVu()
    const result = await inVu(vu, () => clientOf({ url: new URL('http://127.0.0.1:1') }).call(CALL))
    expect(result).toMatchObject({
      ok: false,
      status: 0,
      headers: {},
      error: { class: 'connection', fault: 'refused' },
    })
    expect(vu.samples).toMatchObject([
      { sample: { outcome: 'failed', bytesSent: 0, bytesReceived: 0, connect: {} } },
    ])
  })

  it.each([
    [
      'what the server counted',
      event({ type: 'text-delta', text: 'a', tokens: 3 }, { type: 'usage', outputTokens: 9 }, finish),
      9,
      'usage',
    ],
    [
      'what the server counted on its chunks',
      event({ type: 'text-delta', text: 'a', tokens: 3 }, finish),
      3,
      'usage',
    ],
    [
      'frames with content',
      event(text('a')) + event(text('')) + event(text('b'), text('c')) + event(finish),
      2,
      'chunks',
    ],
  ])('counts tokens by %s', async (_, body, outputTokens, tokenSource) => {
    expect(await clientOf(await answering(body)).call(CALL)).toMatchObject({
      ok: true,
      outputTokens,
      tokenSource,
    })
  })

  it('does not take a whole answer without a count for one token', async () => {
    const server = await httpServer((_, response) =>
      response.end(JSON.stringify([text('a long answer'), finish])),
    )
    const result = await clientOf(server).call({ ...CALL, stream: false })
    expect(result).toMatchObject({ ok: true, text: 'a long answer' })
    expect(result).not.toHaveProperty('outputTokens')
    expect(result).not.toHaveProperty('tokenSource')
  })

  it("the due time of an iteration belongs to its first call only, the call's other stamps to itself", async () => {
    const client = clientOf(await answering())
    const vu = testVu()
    const due = now() - 5
    vu.scope.vu.scheduledAt = due
    await inVu(vu, async () => {
      await client.call(CALL)
      await client.call(CALL)
    })
    expect(vu.samples[0]?.sample.stamps.scheduledAt).toBe(due)
    expect(vu.samples[1]?.sample.stamps).not.toHaveProperty('scheduledAt')
  })

  it('carries the tags of the client and of the call, the same object for the same model', async () => {
    const client = clientOf(await answering(), { tags: { team: 'blue', tier: 'client' }, recordGaps: true })
    const vu = testVu()
    await inVu(vu, async () => {
      await client.call(CALL)
      await client.call(CALL)
      await client.call({ ...CALL, model: 'other', tags: { tier: 'call' } })
      await client.call({ kind: 'chat', messages: [] })
    })
    const tags = vu.samples.map(({ sample }) => sample.tags)
    expect(tags).toEqual([
      { provider: 'parts', model: 'm', team: 'blue', tier: 'client' },
      { provider: 'parts', model: 'm', team: 'blue', tier: 'client' },
      { provider: 'parts', model: 'other', team: 'blue', tier: 'call' },
      { provider: 'parts', team: 'blue', tier: 'client' },
    ])
    expect(tags[1]).toBe(tags[0])
    expect(vu.samples.every(({ sample }) => sample.keepGaps)).toBe(true)
    expect(new Set(vu.samples.map(({ sample }) => sample.id)).size).toBe(4)
  })

  it.each(['scenario', 'group', 'outcome', 'error', 'token_source'])(
    'cannot carry the tag %s, which would hide it from its metric',
    async (name) => {
      const server = await answering()
      const refused = { code: 'LB_CALL_INVALID', message: `the tag "${name}" is set by loadbench itself` }
      await expect(clientOf(server).call({ ...CALL, tags: { [name]: 'mine' } })).rejects.toMatchObject(
        refused,
      )
      expect(() => clientOf(server, { tags: { [name]: 'mine' } })).toThrow(expect.objectContaining(refused))
      expect(server.connections).toBe(0)
    },
  )

  it('has a script go on when the sockets were looked at once more, after the answer was recorded', async () => {
    const server = await answering()
    const vu = testVu()
    let recordedIn = Number.NaN
    vi.spyOn(vu.scope.vu.sink, 'exchange').mockImplementation(() => {
      recordedIn = loopTurn()
    })
    await inVu(vu, () => clientOf(server).call(CALL))
    expect(loopTurn()).toBeGreaterThan(recordedIn)
  })

  it('fails aloud where recording it fails, rather than never to end', async () => {
    const server = await answering()
    const vu = testVu()
    vi.spyOn(vu.scope.vu.sink, 'exchange').mockImplementation(() => {
      throw new Error('no room')
    })
    await expect(inVu(vu, () => clientOf(server).call(CALL))).rejects.toThrow('no room')
  })
})

describe('a call outside of a run', () => {
  it('works and records nothing', async () => {
    const server = await answering()
    const client = clientOf(server)
    expect(await client.call(CALL)).toMatchObject({ ok: true, text: 'a' })
    expect(await client.call(CALL)).toMatchObject({ ok: true, text: 'a' })
    expect(server.connections).toBe(1)
  })

  it('works in a plain Node program, which ends by itself', async () => {
    const server = await answering()
    const secure = await deafServer()
    const program = fileURLToPath(new URL('./__fixtures__/plain-program.ts', import.meta.url))
    const args = ['--conditions=@loadbench/source', '--import', 'tsx', program, server.url.href, secure.href]
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { timeout: 15_000 })
    expect(stderr).toBe('')
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      { ok: true, text: 'a', status: 200, timed: true },
      { ok: false, text: '', status: 0, error: 'timeout', phase: 'connect', timed: true },
    ])
  })
})

describe('connections', () => {
  const times = async (count: number, work: () => Promise<unknown>) => {
    // oxlint-disable-next-line no-await-in-loop
    for (let done = 0; done < count; done += 1) await work()
  }

  it('a VU keeps its own over its iterations', async () => {
    const server = await answering()
    const client = clientOf(server)
    const [one, other] = [testVu(), testVu()]
    await times(5, () => inVu(one, () => client.call(CALL)))
    expect(server.connections).toBe(1)
    await times(5, () => inVu(other, () => client.call(CALL)))
    expect(server.connections).toBe(2)
    expect(one.samples.map(({ sample }) => 'connecting' in sample.connect)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ])
  })

  it('two clients of one VU share those to one server', async () => {
    const server = await answering()
    const vu = testVu()
    await inVu(vu, () => clientOf(server).call(CALL))
    await inVu(vu, () => clientOf(server, { tags: { other: 'yes' } }).call(CALL))
    expect(server.connections).toBe(1)
  })

  it('calls that run side by side get one each, and leave them to later ones', async () => {
    const server = await httpServer(async (_, response) => {
      response.writeHead(200, SSE).flushHeaders()
      await pause(40)
      response.end(ANSWER)
    })
    const client = clientOf(server)
    const vu = testVu()
    const four = () => Promise.all([1, 2, 3, 4].map(() => inVu(vu, () => client.call(CALL))))
    await four()
    expect(server.connections).toBe(4)
    await four()
    expect(server.connections).toBe(4)
    // None waited behind another.
    for (const { sample } of vu.samples) {
      expect(sample.stamps.endedAt - sample.stamps.startedAt).toBeLessThan(1_000)
    }
  })

  it("'shared' ones serve every VU", async () => {
    const server = await answering()
    const client = clientOf(server, { connections: 'shared' })
    const [one, other] = [testVu(), testVu()]
    await times(3, () => inVu(one, () => client.call(CALL)))
    await times(3, () => inVu(other, () => client.call(CALL)))
    expect(server.connections).toBe(1)
    await Promise.all([one, other].map((vu) => inVu(vu, () => client.call(CALL))))
    expect(server.connections).toBe(2)
    closeSharedConnections()
    await server.quiet()
  })

  it('a call that was cut does not spoil the next one, and leaves nothing behind', async () => {
    let cut = true
    const server = await rawServer((socket) => {
      socket.write(STREAM_HEAD + chunk(event(text('a'))))
      if (!cut) socket.write(chunk(event(finish)) + chunk(''))
    })
    const client = clientOf(server)
    const vu = testVu()
    const first = await inVu(vu, () => client.call({ ...CALL, signal: AbortSignal.timeout(250) }))
    expect(first).toMatchObject({ ok: false, text: 'a', error: { class: 'aborted' } })
    await server.quiet()
    cut = false
    await times(3, async () =>
      expect(await inVu(vu, () => client.call(CALL))).toMatchObject({ ok: true, text: 'a' }),
    )
    expect(server).toMatchObject({ connections: 2, open: 1 })
  })

  it('an HTTP error leaves its connection to the next call', async () => {
    const server = await httpServer((_, response) => response.writeHead(503).end('busy'))
    const client = clientOf(server)
    const vu = testVu()
    await times(4, () => inVu(vu, () => client.call(CALL)))
    expect(server.connections).toBe(1)
  })

  it('HTTP/2 is one per VU too', async () => {
    const server = await http2Server((stream) => {
      stream.respond({ ':status': 200, ...SSE })
      stream.end(ANSWER)
    })
    const client = clientOf(server, { http2: true, tls: { ca: CERT } })
    const vu = testVu()
    await times(3, async () => expect(await inVu(vu, () => client.call(CALL))).toMatchObject({ ok: true }))
    expect(server.connections).toBe(1)
    expect(vu.samples[0]?.sample.connect).toHaveProperty('tlsHandshaking')
    expect(vu.samples[1]?.sample.connect).toEqual({})
  })
})

describe('an AbortSignal', () => {
  it('that has fired before the call: nothing is sent, the call counts as aborted', async () => {
    const server = await answering()
    const client = clientOf(server)
    const vu = testVu()
    await inVu(vu, () => client.call(CALL))
    const result = await inVu(vu, () => client.call({ ...CALL, signal: AbortSignal.abort() }))
    expect(result).toMatchObject({ ok: false, status: 0, error: { class: 'aborted' } })
    expect(vu.samples[1]?.sample).toMatchObject({
      outcome: 'failed',
      bytesSent: 0,
      failure: { class: 'aborted' },
    })
    expect(vu.samples[1]?.sample.stamps).not.toHaveProperty('sentAt')
    // The connection that stood by was not taken for it.
    await inVu(vu, () => client.call(CALL))
    expect(server.connections).toBe(1)
    expect(vu.streams()).toBe(0)
  })

  it('ends a call in flight, and its connection', async () => {
    const server = await endless()
    const vu = testVu()
    const result = await inVu(vu, () => clientOf(server).call({ ...CALL, signal: AbortSignal.timeout(250) }))
    expect(result).toMatchObject({ ok: false, error: { class: 'aborted', status: 200 } })
    expect(result.text).toMatch(/^a+$/)
    expect(result.timings.duration).toBeLessThan(2_000)
    await server.quiet()
  })

  it('is let go of when the call is over', async () => {
    const controller = new AbortController()
    const listening = vi.spyOn(controller.signal, 'addEventListener')
    const letting = vi.spyOn(controller.signal, 'removeEventListener')
    const result = await clientOf(await answering()).call({ ...CALL, signal: controller.signal })
    controller.abort()
    expect(result.ok).toBe(true)
    expect(letting.mock.calls.map(([, listener]) => listener)).toEqual(
      listening.mock.calls.map(([, listener]) => listener),
    )
  })
})

describe('the end of the run', () => {
  it('interrupts a call: recorded as such, and the script goes no further', async () => {
    const server = await endless()
    const vu = testVu()
    const call = inVu(vu, () => clientOf(server).call(CALL))
    const heard = vi.fn()
    call.then(heard, heard)
    await pause(250)
    expect(vu.streams()).toBe(1)
    for (const running of vu.scope.vu.running) running.interrupt()
    vu.scope.vu.closed = true
    await pause(20)
    expect(heard).not.toHaveBeenCalled()
    expect(vu.samples).toMatchObject([{ sample: { outcome: 'interrupted', status: 200 } }])
    expect(vu.samples[0]?.sample).not.toHaveProperty('failure')
    expect(vu.samples[0]?.sample.chunks).toBeGreaterThan(0)
    expect(vu.scope.vu.running.size).toBe(0)
    expect(vu.streams()).toBe(0)
    await server.quiet()
  })

  it('what an abandoned iteration still calls is neither sent nor recorded', async () => {
    const server = await answering()
    const vu = testVu()
    vu.scope.vu.closed = true
    const heard = vi.fn()
    inVu(vu, () => clientOf(server).call(CALL)).then(heard, heard)
    await pause(50)
    expect(heard).not.toHaveBeenCalled()
    expect(vu.samples).toEqual([])
    expect(server.connections).toBe(0)
  })
})

describe('headers', () => {
  const echo = () =>
    httpServer((request, response) => {
      const { 'x-a': a, 'x-b': b, 'content-type': type } = request.headers
      response.writeHead(200, SSE).end(event(text(JSON.stringify({ a, b, type }))) + event(finish))
    })

  it('of the call go before those of the client, these before those of the plugin, whatever their case', async () => {
    const client = clientOf(await echo(), { headers: { 'X-A': 'client', 'X-B': 'client' } })
    const { text: seen } = await client.call({
      ...CALL,
      headers: { 'x-B': 'call', 'Content-Type': 'text/x' },
    })
    expect(JSON.parse(seen)).toEqual({ a: 'client', b: 'call', type: 'text/x' })
  })

  it.each([
    ['a value with a line end', { 'x-key': 'secret\n' }, '"x-key"'],
    ['a value with a character HTTP does not know', { 'x-key': 'secret→' }, '"x-key"'],
    ['a name with a space', { 'x key': 'secret' }, '"x key"'],
    ['what the transport sets', { 'Content-Length': '5' }, '"content-length"'],
    ['what the transport sets', { 'transfer-encoding': 'chunked' }, '"transfer-encoding"'],
  ])('%s is refused before anything is sent, without repeating it', async (_, headers, name) => {
    const server = await echo()
    const call = clientOf(server).call({ ...CALL, headers })
    await expect(call).rejects.toMatchObject({
      code: 'LB_CALL_INVALID',
      message: expect.stringContaining(`the header ${name}`) as string,
    })
    await expect(call).rejects.not.toMatchObject({ message: expect.stringContaining('secret') as string })
    expect(server.connections).toBe(0)
  })

  it('of JavaScript: a number is sent, what is undefined is not', async () => {
    const headers = { 'x-a': 5, 'x-b': undefined } as object as Record<string, string>
    const { text: seen } = await clientOf(await echo()).call({ ...CALL, headers })
    expect(JSON.parse(seen)).toEqual({ a: '5', type: 'application/json' })
  })

  it("'connection: close' asks for a connection each time", async () => {
    const server = await echo()
    const client = clientOf(server, { headers: { connection: 'close' } })
    const vu = testVu()
    for (let call = 1; call <= 3; call += 1) {
      // oxlint-disable-next-line no-await-in-loop
      expect(await inVu(vu, () => client.call(CALL))).toMatchObject({ ok: true })
      expect(server.connections).toBe(call)
    }
  })
})

describe('signing', () => {
  const signing = (sign: (request: HttpRequest, target: URL) => Promise<HttpRequest>): ProviderPlugin => ({
    ...partsPlugin,
    sign,
  })

  it('is done to the request as it will be sent, before the clock starts', async () => {
    const server = await httpServer((request, response) => {
      response.writeHead(200, SSE).end(event(text(String(request.headers['x-signature']))) + event(finish))
    })
    const plugin = signing(async (request, target) => {
      await pause(60)
      return {
        ...request,
        headers: { ...request.headers, 'x-signature': `${request.headers['x-a']} ${target.port}` },
      }
    })
    const client = clientOf(server, { headers: { 'x-a': 'signed' } }, plugin)
    const began = now()
    const { text: seen, timings } = await client.call(CALL)
    expect(seen).toBe(`signed ${server.port}`)
    expect(now() - began - timings.duration).toBeGreaterThan(50)
  })

  it('that fails is a failed call of class auth, and nothing is sent', async () => {
    const server = await answering()
    const vu = testVu()
    const plugin = signing(() => Promise.reject(new Error('no credentials')))
    const result = await inVu(vu, () => clientOf(server, {}, plugin).call(CALL))
    expect(result).toMatchObject({ ok: false, status: 0 })
    expect(result.error).toEqual({
      class: 'auth',
      message: 'the request could not be signed: no credentials',
    })
    expect(vu.samples).toMatchObject([
      { sample: { outcome: 'failed', failure: { class: 'auth' }, bytesSent: 0 } },
    ])
    expect(server.connections).toBe(0)
  })

  it('that finds the script wrong says so', async () => {
    const plugin = signing(() =>
      Promise.reject(new LoadbenchError('LB_CALL_INVALID', 'no region', 'Set one.')),
    )
    await expect(clientOf(await answering(), {}, plugin).call(CALL)).rejects.toMatchObject({
      message: 'no region',
    })
  })
})

describe('a client that cannot be made', () => {
  it('of a plugin for another contract', () => {
    const plugin = JSON.parse(JSON.stringify({ ...partsPlugin, apiVersion: 2 })) as ProviderPlugin
    expect(() => connect(plugin, {})).toThrow(expect.objectContaining({ code: 'LB_PLUGIN_INCOMPATIBLE' }))
  })

  it.each([
    ['ca', { ca: './ca.pem' }],
    ['cert or key', { cert: CERT, key: 'nonsense' }],
  ])('with a %s that cannot be read', (name, tls) => {
    expect(() => connect(partsPlugin, { tls })).toThrow(
      expect.objectContaining({
        code: 'LB_CALL_INVALID',
        message: expect.stringContaining(`tls.${name} cannot be read`) as string,
      }),
    )
  })
})
