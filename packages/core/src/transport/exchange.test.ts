import { randomBytes } from 'node:crypto'
import net from 'node:net'
import { describe, expect, it, vi } from 'vitest'
import { now } from '../model/clock.ts'
import type { Failure } from '../model/failure.ts'
import type { Part } from '../model/part.ts'
import { carryOut, wireTo, type Doing } from './__fixtures__/carry-out.ts'
import {
  chunk,
  event,
  finish,
  partsPlugin,
  reasoning,
  STREAM_HEAD,
  text,
  tool,
} from './__fixtures__/parts-plugin.ts'
import {
  CERT,
  deafServer,
  http2Server,
  httpServer,
  httpsServer,
  pause,
  rawServer,
  tcpServer,
  type TestServer,
} from './__fixtures__/servers.ts'
import type { Exchange } from './exchange.ts'
import { FRAME_LIMIT } from './frames/framer.ts'

const SSE = { 'content-type': 'text/event-stream' }

/** Streams each list of parts as an event, `gap` ms apart. */
function streaming(events: readonly (readonly Part[])[], gap = 0): Promise<TestServer> {
  return httpServer(async (_, response) => {
    response.writeHead(200, SSE).flushHeaders()
    for (const parts of events) {
      // oxlint-disable-next-line no-await-in-loop
      await pause(gap)
      response.write(event(...parts))
    }
    response.end()
  })
}

/** A server that writes these bytes at once and lets the connection stand. */
const writing = (bytes: string) => rawServer((socket) => socket.write(bytes))

describe('the stamps of a streamed answer', () => {
  it('come in the order of what they stamp', async () => {
    const before = now()
    const { url } = await streaming([[text('')], [reasoning('hm')], [text('a')], [text('b')], [finish]], 15)
    const { timeline, failure } = await carryOut(url)
    expect(failure).toBeUndefined()
    const { startedAt, sentAt, headersAt, firstFrameAt, firstTokenAt, firstAnswerAt, lastTokenAt, endedAt } =
      timeline
    const stamps = [
      startedAt,
      sentAt,
      headersAt,
      firstFrameAt,
      firstTokenAt,
      firstAnswerAt,
      lastTokenAt,
      endedAt,
    ]
    expect(stamps).not.toContain(undefined)
    expect(stamps).toEqual(stamps.toSorted((a = 0, b = 0) => a - b))
    expect(new Set(stamps).size).toBe(stamps.length)
    expect(startedAt).toBeGreaterThan(before)
    expect(endedAt).toBeLessThan(now())
  })

  it.each<[string, readonly (readonly Part[])[], { first: number; answer?: number; last: number }]>([
    ['a delta that holds only a role', [[], [text('a')], [finish]], { first: 1, answer: 1, last: 1 }],
    ['an empty text', [[text('')], [text('a')], [finish]], { first: 1, answer: 1, last: 1 }],
    ['an empty thought', [[reasoning('')], [text('a')], [finish]], { first: 1, answer: 1, last: 1 }],
    ["a tool call's name", [[tool('')], [tool('{}')], [finish]], { first: 1, last: 1 }],
    [
      'usage and the end',
      [[text('a')], [{ type: 'usage', outputTokens: 1 }, finish]],
      { first: 0, answer: 0, last: 0 },
    ],
  ])('%s is no token', async (_, events, expected) => {
    await holdsStamps(events, expected)
  })

  it.each<[string, readonly (readonly Part[])[], { first: number; answer?: number; last: number }]>([
    ['white space', [[text(' ')], [text('a')], [finish]], { first: 0, answer: 0, last: 1 }],
    ['a line end', [[text('\n')], [text('a')], [finish]], { first: 0, answer: 0, last: 1 }],
    ['reasoning, but no answer', [[reasoning('a')], [text('b')], [finish]], { first: 0, answer: 1, last: 1 }],
    ['arguments of a tool, but no answer', [[tool('{')], [tool('}')], [finish]], { first: 0, last: 1 }],
    [
      'reasoning and text of one frame',
      [[reasoning('a'), text('b')], [finish]],
      { first: 0, answer: 0, last: 0 },
    ],
    [
      'white space after reasoning',
      [[reasoning('a')], [text(' ')], [finish]],
      { first: 0, answer: 1, last: 1 },
    ],
  ])('%s is a token', async (_, events, expected) => {
    await holdsStamps(events, expected)
  })

  /** Events are 40 ms apart, so each stamp tells which event it belongs to. */
  async function holdsStamps(
    events: readonly (readonly Part[])[],
    expected: { first: number; answer?: number; last: number },
  ): Promise<void> {
    const arrivals: number[] = []
    const plugin = {
      ...partsPlugin,
      decoder: (...args: Parameters<typeof partsPlugin.decoder>) => {
        const decode = partsPlugin.decoder(...args)
        return (frame: Parameters<typeof decode>[0]) => {
          arrivals.push(now())
          return decode(frame)
        }
      },
    }
    const { url } = await streaming(events, 40)
    const { timeline, failure } = await carryOut(url, { plugin })
    expect(failure).toBeUndefined()
    // The event that arrived last when the stamp was taken; decoding follows the stamp at once.
    const eventAt = (at: number | undefined) => at && arrivals.findIndex((arrival) => arrival >= at)
    expect(eventAt(timeline.firstFrameAt)).toBe(0)
    expect(eventAt(timeline.firstTokenAt)).toBe(expected.first)
    expect(eventAt(timeline.firstAnswerAt)).toBe(expected.answer)
    expect(eventAt(timeline.lastTokenAt)).toBe(expected.last)
  }

  it('comments are neither frames nor tokens', async () => {
    const { url } = await httpServer(async (_, response) => {
      response.writeHead(200, SSE)
      response.write(': keep-alive\n\n')
      await pause(120)
      response.end(event(text('a')) + event(finish))
    })
    const { timeline, assembly } = await carryOut(url)
    expect(timeline.firstFrameAt).toBe(timeline.firstTokenAt)
    expect((timeline.firstTokenAt ?? 0) - (timeline.headersAt ?? 0)).toBeGreaterThan(50)
    expect(assembly.chunks).toBe(1)
  })

  it('the gaps are those the server made', async () => {
    const { url } = await streaming([[text('a')], [text('b')], [text('c')], [text('d')], [finish]], 80)
    const { gaps, coalesced, assembly } = await carryOut(url)
    expect(assembly.text).toBe('abcd')
    expect(coalesced).toBe(0)
    expect(gaps).toHaveLength(3)
    for (const gap of gaps) {
      expect(gap).toBeGreaterThan(30)
      expect(gap).toBeLessThan(1_000)
    }
  })

  it('the end waits for what follows the last token', async () => {
    const { url } = await streaming([[text('a')], [{ type: 'usage', outputTokens: 1 }], [finish], []], 60)
    const { timeline } = await carryOut(url)
    expect(timeline.endedAt - (timeline.lastTokenAt ?? 0)).toBeGreaterThan(90)
  })

  it('an answer in one piece has none of tokens', async () => {
    const { url } = await httpServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify([text('whole'), { type: 'usage', outputTokens: 7 }, finish]))
    })
    const exchange = await carryOut(url, { call: { stream: false } })
    expect(exchange).toMatchObject({ streamed: false, failure: undefined, gaps: [], coalesced: 0 })
    expect(exchange.assembly).toMatchObject({
      text: 'whole',
      usage: { outputTokens: 7 },
      finishReason: 'stop',
    })
    expect(exchange.timeline).not.toHaveProperty('firstTokenAt')
    expect(exchange.timeline).not.toHaveProperty('lastTokenAt')
  })
})

describe('what one read of the socket brought', () => {
  it('shares one stamp, also where HTTP had it in several chunks: gaps of 0, counted as coalesced', async () => {
    const events = [[reasoning('a')], [text('b')], [text('c')], [text('d')]].map((parts) =>
      chunk(event(...parts)),
    )
    const { url } = await rawServer((socket) => {
      socket.write(STREAM_HEAD + events.join('') + chunk(event(finish)) + chunk(''))
    })
    const { gaps, coalesced, timeline, assembly, failure } = await carryOut(url)
    expect(failure).toBeUndefined()
    expect(assembly.chunks).toBe(4)
    expect(gaps).toEqual([0, 0, 0])
    expect(coalesced).toBe(3)
    expect(timeline.firstAnswerAt).toBe(timeline.firstTokenAt)
    expect(timeline.lastTokenAt).toBe(timeline.firstTokenAt)
    expect(timeline.headersAt).toBe(timeline.firstTokenAt)
  })

  it('several events of one chunk do too', async () => {
    const { url } = await rawServer((socket) => {
      socket.write(STREAM_HEAD + chunk(event(text('a')) + event(text('b'))))
      setTimeout(() => socket.write(chunk(event(text('c'))) + chunk(event(finish)) + chunk('')), 100)
    })
    const { gaps, coalesced } = await carryOut(url)
    expect(gaps[0]).toBe(0)
    expect(gaps[1]).toBeGreaterThan(40)
    expect(coalesced).toBe(1)
  })

  it('an event split over two reads is stamped by the read that completed it', async () => {
    const whole = event(text('grün'))
    const { url } = await rawServer(async (socket) => {
      const bytes = Buffer.from(whole)
      // In the middle of ü.
      const at = bytes.indexOf(0xbc)
      socket.write(`${STREAM_HEAD}${bytes.length.toString(16)}\r\n`)
      socket.write(bytes.subarray(0, at))
      await pause(120)
      socket.write(bytes.subarray(at))
      socket.write(`\r\n${chunk(event(finish))}${chunk('')}`)
    })
    const { timeline, assembly } = await carryOut(url)
    expect(assembly.text).toBe('grün')
    expect((timeline.firstTokenAt ?? 0) - (timeline.headersAt ?? 0)).toBeGreaterThan(50)
  })
})

describe('every wait has an end', () => {
  const fast = { connect: 10_000, headers: 10_000, firstToken: 10_000, betweenTokens: 10_000, total: 15_000 }

  it.each<[Failure['phase'], Doing['limits'], () => Promise<TestServer>]>([
    ['headers', { headers: 80 }, () => tcpServer(() => undefined)],
    ['first-token', { firstToken: 80 }, () => writing(STREAM_HEAD)],
    ['total', { total: 80 }, () => tcpServer(() => undefined)],
  ])('%s', async (phase, limits, serve) => {
    await timesOut(phase, { ...fast, ...limits }, await serve())
  })

  it('first-token, from the start, also while headers are waited for', async () => {
    await timesOut('first-token', { ...fast, firstToken: 80 }, await tcpServer(() => undefined))
  })

  it('first-token: comments and role-only frames are no tokens', async () => {
    const server = await rawServer((socket) => {
      socket.write(STREAM_HEAD)
      const timer = setInterval(() => socket.write(chunk(`: still here\n\n${event()}`)), 15)
      socket.once('close', () => clearInterval(timer))
    })
    await timesOut('first-token', { ...fast, firstToken: 150 }, server)
  })

  it('between-tokens, from the last one: frames without content do not count', async () => {
    const server = await rawServer((socket) => {
      socket.write(STREAM_HEAD + chunk(event(text('a'))))
      setTimeout(() => socket.write(chunk(event(text('b')))), 60)
      const timer = setInterval(() => socket.write(chunk(`: still here\n\n${event(text(''))}`)), 15)
      socket.once('close', () => clearInterval(timer))
    })
    const { gaps, assembly } = await timesOut(
      'between-tokens',
      { ...fast, firstToken: 1_000, betweenTokens: 300 },
      server,
    )
    expect(assembly.text).toBe('ab')
    expect(gaps).toHaveLength(1)
  })

  it('between-tokens: a stream that goes on may go on', async () => {
    const { url } = await streaming([...Array.from({ length: 12 }, () => [text('a')]), [finish]], 60)
    const { failure } = await carryOut(url, { limits: { ...fast, firstToken: 500, betweenTokens: 500 } })
    expect(failure).toBeUndefined()
  })

  it('total, in the middle of a stream that never ends', async () => {
    const server = await rawServer((socket) => {
      socket.write(STREAM_HEAD)
      const timer = setInterval(() => socket.write(chunk(event(text('a')))), 10)
      socket.once('close', () => clearInterval(timer))
    })
    const { assembly } = await timesOut('total', { ...fast, total: 400 }, server)
    expect(assembly.chunks).toBeGreaterThan(0)
  })

  it('connect: a TLS handshake that never comes', async () => {
    const server = await tcpServer(() => undefined)
    await timesOut('connect', { ...fast, connect: 80 }, server, new URL(`https://127.0.0.1:${server.port}`))
  })

  it('connect: a server that takes nobody in', async () => {
    const url = await deafServer()
    const sockets = () => process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length
    const before = sockets()
    const exchange = await carryOut(url, { limits: { ...fast, connect: 80 } })
    expect(exchange.failure).toMatchObject({ class: 'timeout', phase: 'connect' })
    expect(exchange.timeline).not.toHaveProperty('sentAt')
    await vi.waitFor(() => expect(sockets()).toBe(before))
  })

  it('deadlines of months are no deadlines of a millisecond', async () => {
    const far = 3_000_000_000
    const { url } = await streaming([[text('a')], [finish]], 30)
    const limits = { connect: far, headers: far, firstToken: far, betweenTokens: far, total: far }
    expect((await carryOut(url, { limits })).failure).toBeUndefined()
  })

  async function timesOut(
    phase: Failure['phase'],
    limits: Required<NonNullable<Doing['limits']>>,
    server: TestServer,
    url = server.url,
  ): Promise<Exchange> {
    const exchange = await carryOut(url, { limits })
    const { timeline, failure } = exchange
    const limit = Math.min(...Object.values(limits))
    expect(failure).toMatchObject({ class: 'timeout', phase })
    expect(failure?.message).toMatch(/^no .* within \d+ ms$/)
    expect(timeline.endedAt - timeline.startedAt).toBeGreaterThan(limit - 3)
    expect(timeline.endedAt - timeline.startedAt).toBeLessThan(limit + 2_000)
    await server.quiet()
    // Nor does a new connection take the place of the one that was cut.
    await pause(20)
    expect(server).toMatchObject({ connections: 1, open: 0 })
    return exchange
  }
})

describe('a connection that fails', () => {
  it('refused', async () => {
    const { url } = await closedPort()
    expect((await carryOut(url)).failure).toMatchObject({
      class: 'connection',
      fault: 'refused',
      code: 'ECONNREFUSED',
    })
  })

  it('refused at every address of a name', async () => {
    const { port } = await closedPort()
    const { failure } = await carryOut(new URL(`http://localhost:${port}`))
    expect(failure).toMatchObject({ class: 'connection', fault: 'refused', code: 'ECONNREFUSED' })
    expect(failure?.message).toMatch(/^connect ECONNREFUSED /)
  })

  it('no such name', async () => {
    // Labels end at 63 characters, so this is refused on the spot, without a network.
    const { failure } = await carryOut(new URL(`http://${'x'.repeat(64)}.invalid:1`))
    expect(failure).toMatchObject({ class: 'connection', fault: 'dns', code: 'ENOTFOUND' })
  })

  it('reset before headers', async () => {
    const { url } = await rawServer((socket) => socket.resetAndDestroy())
    const { failure, timeline } = await carryOut(url)
    expect(failure).toMatchObject({ class: 'connection', fault: 'reset', code: 'ECONNRESET' })
    expect(failure).not.toHaveProperty('status')
    expect(timeline).not.toHaveProperty('headersAt')
  })

  it('closed before headers', async () => {
    const { url } = await rawServer((socket) => socket.end())
    const message = 'the server closed the connection before it answered'
    expect((await carryOut(url)).failure).toMatchObject({ class: 'connection', fault: 'reset', message })
  })

  it('reset in the middle of a stream keeps what came', async () => {
    const { url } = await rawServer((socket) => {
      socket.write(STREAM_HEAD + chunk(event(text('a'))))
      setTimeout(() => socket.resetAndDestroy(), 30)
    })
    const { failure, timeline, assembly } = await carryOut(url)
    expect(failure).toMatchObject({ class: 'connection', fault: 'reset', status: 200 })
    expect(assembly.text).toBe('a')
    expect(timeline).toHaveProperty('firstTokenAt')
  })

  it('reset after the terminal mark: the answer is whole', async () => {
    const { url } = await rawServer((socket) => {
      socket.write(STREAM_HEAD + chunk(event(text('a')) + event(finish)))
      setTimeout(() => socket.resetAndDestroy(), 30)
    })
    const { failure, assembly } = await carryOut(url)
    expect(failure).toBeUndefined()
    expect(assembly.finishReason).toBe('stop')
  })

  it('reset after an error in the stream: the error is what counts', async () => {
    const { url } = await rawServer((socket) => {
      socket.write(STREAM_HEAD + chunk(event({ type: 'error', message: 'out of memory', code: 'oom' })))
      setTimeout(() => socket.resetAndDestroy(), 30)
    })
    const { failure } = await carryOut(url)
    expect(failure).toEqual({ class: 'stream_error', message: 'out of memory', code: 'oom', status: 200 })
  })

  it('reset after the head of an HTTP error: the status is what counts', async () => {
    const { url } = await rawServer((socket) => {
      socket.write('HTTP/1.1 413 Payload Too Large\r\ncontent-length: 900\r\n\r\nprompt too la')
      setTimeout(() => socket.resetAndDestroy(), 30)
    })
    expect((await carryOut(url)).failure).toEqual({
      class: 'http_4xx',
      message: 'prompt too la',
      status: 413,
    })
  })

  it.each([
    ['chunked', STREAM_HEAD + chunk(event(text('a')))],
    [
      'chunked, on a connection to be closed',
      STREAM_HEAD.replace('\r\n', '\r\nconnection: close\r\n') + chunk(event(text('a'))),
    ],
    [
      'of known length',
      `HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: 900\r\n\r\n${event(text('a'))}`,
    ],
    [
      'of known length, on a connection to be closed',
      `HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: text/event-stream\r\ncontent-length: 900\r\n\r\n${event(text('a'))}`,
    ],
  ])('closed in the middle of a stream %s: a reset in other words', async (_, bytes) => {
    const { url } = await rawServer((socket) => socket.end(bytes))
    const { failure, assembly } = await carryOut(url)
    const message = 'the server closed the connection before the end of the answer'
    expect(failure).toMatchObject({ class: 'connection', fault: 'reset', message, status: 200 })
    expect(assembly.text).toBe('a')
  })

  it('reset while the last token is still on its way', async () => {
    const { url } = await rawServer((socket) => {
      socket.write(STREAM_HEAD + chunk(event(text('a'))))
      socket.resetAndDestroy()
    })
    expect((await carryOut(url)).failure).toMatchObject({ class: 'connection', fault: 'reset' })
  })

  it('closed where only that tells the end: whole with its terminal mark, truncated without', async () => {
    const head = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n'
    const whole = await rawServer((socket) => socket.end(`${head}${event(text('a'))}${event(finish)}`))
    expect((await carryOut(whole.url)).failure).toBeUndefined()
    const half = await rawServer((socket) => socket.end(`${head}${event(text('a'))}`))
    expect((await carryOut(half.url)).failure).toMatchObject({ class: 'stream_truncated', status: 200 })
  })

  /** A port nobody listens on. */
  async function closedPort(): Promise<{ url: URL; port: number }> {
    const server = net.createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const address = server.address()
    await new Promise((resolve) => server.close(resolve))
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0
    return { port, url: new URL(`http://127.0.0.1:${port}`) }
  }
})

describe('TLS', () => {
  const good = () =>
    httpsServer((_, response) => {
      response.writeHead(200, SSE).end(event(text('secret')) + event(finish))
    })

  it('refuses a certificate nobody vouches for', async () => {
    const { url } = await good()
    const { failure } = await carryOut(url)
    expect(failure).toMatchObject({ class: 'connection', fault: 'tls', code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })
  })

  it('takes one the settings name', async () => {
    const { url } = await good()
    const exchange = await carryOut(url, { tls: { ca: CERT } })
    expect(exchange.failure).toBeUndefined()
    expect(exchange.assembly.text).toBe('secret')
  })

  it('takes any where the settings say so', async () => {
    const { url } = await good()
    expect((await carryOut(url, { tls: { rejectUnauthorized: false } })).failure).toBeUndefined()
  })

  it('refuses a certificate for another name', async () => {
    const { url } = await good()
    const { failure } = await carryOut(url, { tls: { ca: CERT, servername: 'elsewhere.test' } })
    expect(failure).toMatchObject({ class: 'connection', fault: 'tls', code: 'ERR_TLS_CERT_ALTNAME_INVALID' })
  })

  it('asks for the name in the settings, whatever the Host header says', async () => {
    const { url } = await good()
    const tls = { ca: CERT, servername: 'llm.test' }
    expect((await carryOut(url, { tls, headers: { host: 'elsewhere.test' } })).failure).toBeUndefined()
  })

  it('a server without it', async () => {
    const { port } = await tcpServer((socket) => socket.write('SSH-2.0-OpenSSH_9.9\r\n'))
    const { failure } = await carryOut(new URL(`https://127.0.0.1:${port}`), { tls: { ca: CERT } })
    expect(failure).toMatchObject({ class: 'connection', fault: 'tls' })
  })

  it('reset in the middle of the handshake', async () => {
    const { port } = await tcpServer((socket) => socket.once('data', () => socket.resetAndDestroy()))
    const { failure } = await carryOut(new URL(`https://127.0.0.1:${port}`), { tls: { ca: CERT } })
    expect(failure).toMatchObject({ class: 'connection', fault: 'reset' })
  })

  it('tells the time of TCP and of the handshake apart', async () => {
    const { url } = await good()
    const wire = wireTo(url, { tls: { ca: CERT } })
    await carryOut(url, { wire })
    const { connecting = 0, tlsHandshaking = 0 } = wire.connectTimes
    expect(connecting).toBeGreaterThan(0)
    expect(tlsHandshaking).toBeGreaterThan(0)
  })

  it('carries HTTP/2 where it is asked for', async () => {
    const { url } = await http2Server(async (stream) => {
      stream.respond({ ':status': 200, ...SSE, 'x-many': ['a', 'b'] })
      for (const parts of [[text('a')], [text('b')], [text('c')]]) {
        stream.write(event(...parts))
        // oxlint-disable-next-line no-await-in-loop
        await pause(80)
      }
      stream.end(event(finish))
    })
    const { failure, assembly, gaps, response, timeline, bytesReceived } = await carryOut(url, {
      http2: true,
      tls: { ca: CERT },
    })
    expect(failure).toBeUndefined()
    expect(assembly.text).toBe('abc')
    expect(response).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/event-stream', 'x-many': 'a, b' },
    })
    expect(gaps).toHaveLength(2)
    for (const gap of gaps) expect(gap).toBeGreaterThan(30)
    expect(timeline.sentAt).toBeLessThan(timeline.headersAt ?? 0)
    expect(bytesReceived).toBeGreaterThan(100)
  })

  it('an HTTP/2 stream the server resets: truncated, for all that is told of it', async () => {
    const { url } = await http2Server((stream) => {
      stream.respond({ ':status': 200, ...SSE })
      stream.write(event(text('a')))
      setTimeout(() => stream.close(2), 30)
    })
    const { failure } = await carryOut(url, { http2: true, tls: { ca: CERT } })
    expect(failure).toMatchObject({ class: 'stream_truncated', status: 200 })
  })

  it('an HTTP/2 stream the server resets before it answers', async () => {
    const { url } = await http2Server((stream) => stream.close(8))
    const { failure } = await carryOut(url, { http2: true, tls: { ca: CERT } })
    expect(failure).toMatchObject({ class: 'connection', fault: 'reset' })
    expect(failure).not.toHaveProperty('status')
  })
})

describe('an answer that is wrong', () => {
  it.each([
    ['no HTTP at all', 'SSH-2.0-OpenSSH_9.9\r\n\r\n', { class: 'malformed' }],
    ['a broken chunk size', `${STREAM_HEAD}zz\r\n`, { class: 'malformed', status: 200 }],
    [
      'a frame that does not parse',
      `${STREAM_HEAD}${chunk('data: {\n\n')}${chunk(event(finish))}${chunk('')}`,
      { class: 'malformed', message: 'not JSON: {', status: 200 },
    ],
    [
      'a stream without its terminal mark',
      `${STREAM_HEAD}${chunk(event(text('a')))}${chunk('')}`,
      { class: 'stream_truncated', status: 200 },
    ],
    [
      'an event without its blank line',
      `${STREAM_HEAD}${chunk(event(text('a')))}${chunk(event(finish).trimEnd())}${chunk('')}`,
      { class: 'stream_truncated' },
    ],
    ['a stream of nothing', `${STREAM_HEAD}${chunk('')}`, { class: 'stream_truncated' }],
    [
      'an end without an answer',
      `${STREAM_HEAD}${chunk(event(finish))}${chunk('')}`,
      { class: 'empty', status: 200 },
    ],
    [
      'an answer of empty texts',
      `${STREAM_HEAD}${chunk(event(text(''), finish))}${chunk('')}`,
      { class: 'empty' },
    ],
    [
      'an error in the stream',
      `${STREAM_HEAD}${chunk(event(text('a')))}${chunk(event({ type: 'error', message: 'no', code: '7' }, finish))}${chunk('')}`,
      { class: 'stream_error', message: 'no', code: '7', status: 200 },
    ],
    [
      'an error with a class of its own',
      `${STREAM_HEAD}${chunk(event({ type: 'error', class: 'content_filter', message: 'no' }, finish))}${chunk('')}`,
      { class: 'content_filter' },
    ],
    [
      'the first of several errors',
      `${STREAM_HEAD}${chunk(event({ type: 'error', message: 'one' }, { type: 'error', message: 'two' }))}${chunk('')}`,
      { message: 'one' },
    ],
    [
      'a compressed stream',
      STREAM_HEAD.replace('\r\n', '\r\ncontent-encoding: gzip\r\n'),
      {
        class: 'malformed',
        message: 'the server compressed its answer (gzip), which holds tokens back; ask for identity',
      },
    ],
  ])('%s', async (_, bytes, expected) => {
    const { url } = await writing(bytes)
    expect((await carryOut(url)).failure).toMatchObject(expected)
  })

  it('a tool call without arguments is an answer', async () => {
    const { url } = await streaming([[tool('')], [finish]])
    expect((await carryOut(url)).failure).toBeUndefined()
  })

  it.each([
    [400, 'http_4xx'],
    [401, 'auth'],
    [403, 'auth'],
    [404, 'http_4xx'],
    [429, 'rate_limited'],
    [499, 'http_4xx'],
    [500, 'http_5xx'],
    [502, 'http_5xx'],
    [503, 'overloaded'],
    [599, 'http_5xx'],
    [302, 'stream_error'],
  ])('HTTP %i is %s, with a body and without', async (status, errorClass) => {
    const { url } = await httpServer((request, response) => {
      response.writeHead(status).end(request.headers['x-body'] === 'yes' ? 'what went wrong' : '')
    })
    const told = await carryOut(url, { headers: { 'x-body': 'yes' } })
    expect(told.failure).toEqual({ class: errorClass, message: 'what went wrong', status })
    const untold = await carryOut(url)
    expect(untold.failure).toEqual({ class: errorClass, message: `HTTP ${status}`, status })
  })

  it('a compressed HTTP error is told by its status', async () => {
    const { url } = await httpServer((_, response) => {
      response.writeHead(502, { 'content-encoding': 'gzip' }).end(randomBytes(64))
    })
    expect((await carryOut(url)).failure).toEqual({ class: 'http_5xx', message: 'HTTP 502', status: 502 })
  })

  it.each<[string, Record<string, string>, number | undefined]>([
    ['seconds', { 'retry-after': '7' }, 7_000],
    ['milliseconds, which are more precise', { 'retry-after': '7', 'retry-after-ms': '6500' }, 6_500],
    ['a date that is over', { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }, 0],
    ['nonsense', { 'retry-after': 'soon', 'retry-after-ms': '' }, undefined],
    ['nothing', {}, undefined],
  ])('429 keeps Retry-After: %s', async (_, headers, expected) => {
    const { url } = await httpServer((_request, response) => response.writeHead(429, headers).end())
    const { failure } = await carryOut(url)
    expect(failure?.class).toBe('rate_limited')
    expect(failure?.retryAfter).toBe(expected)
  })

  it('429 keeps Retry-After: a date to come', async () => {
    const { url } = await httpServer((_, response) => {
      response.writeHead(429, { 'retry-after': new Date(Date.now() + 3_600_000).toUTCString() }).end()
    })
    const { retryAfter } = (await carryOut(url)).failure ?? {}
    // The date counts whole seconds.
    expect(retryAfter).toBeGreaterThan(3_600_000 - 60_000)
    expect(retryAfter).toBeLessThanOrEqual(3_600_000)
  })

  it('503 keeps it too, 500 does not', async () => {
    const { url } = await httpServer((request, response) =>
      response.writeHead(Number(request.headers['x-status']), { 'retry-after': '1' }).end(),
    )
    expect((await carryOut(url, { headers: { 'x-status': '503' } })).failure).toHaveProperty(
      'retryAfter',
      1_000,
    )
    expect((await carryOut(url, { headers: { 'x-status': '500' } })).failure).not.toHaveProperty('retryAfter')
  })

  it('a message does not repeat the key of the request, and is not endless', async () => {
    const { url } = await httpServer((request, response) =>
      response.writeHead(401).end(`no: ${request.headers.authorization} ${'x'.repeat(5_000)}`),
    )
    const { failure } = await carryOut(url, { headers: { Authorization: 'Bearer sk-verysecret' } })
    expect(failure?.message).toMatch(/^no: Bearer \[removed\] x+$/)
    expect(failure?.message.length).toBeLessThan(1_100)
  })

  it('a frame without end is cut off, and with it the connection', async () => {
    let sent = 0
    const server = await rawServer((socket) => {
      socket.write(STREAM_HEAD + chunk('data: '))
      const piece = chunk('x'.repeat(256 * 1024))
      const more = () => {
        while (!socket.destroyed && socket.write(piece)) sent += piece.length
        sent += piece.length
      }
      socket.on('drain', more)
      more()
    })
    const exchange = await carryOut(server.url)
    expect(exchange.failure).toMatchObject({
      class: 'malformed',
      message: `an event grew over ${FRAME_LIMIT} characters`,
      status: 200,
    })
    // What was taken in is the frame and one read, not what the server would send.
    expect(exchange.bytesReceived).toBeGreaterThan(FRAME_LIMIT)
    expect(exchange.bytesReceived).toBeLessThan(FRAME_LIMIT + 1024 * 1024)
    await server.quiet()
    expect(sent).toBeLessThan(4 * FRAME_LIMIT)
  })

  it.each([
    ['framing', { framing: () => explode() }],
    ['decoder', { decoder: () => explode() }],
    ['a decode', { decoder: () => () => explode() }],
    ['its own framer', { framing: () => () => ({ push: () => explode(), end: () => undefined }) }],
    ["its own framer's end", { framing: () => () => ({ push: () => undefined, end: () => explode() }) }],
  ])('a plugin that throws in %s fails its call and nothing else', async (_, broken) => {
    const server = await streaming([[text('a')], [finish]])
    const { failure } = await carryOut(server.url, { plugin: { ...partsPlugin, ...broken } })
    expect(failure).toMatchObject({
      class: 'malformed',
      message: "the provider's plugin threw: Error: boom",
      status: 200,
    })
  })

  const explode = (): never => {
    throw new Error('boom')
  }
})

describe('an exchange that is cut', () => {
  const endless = () =>
    rawServer((socket) => {
      socket.write(STREAM_HEAD)
      const timer = setInterval(() => socket.write(chunk(event(text('a')))), 5)
      socket.once('close', () => clearInterval(timer))
    })

  it.each([
    ['while it connects', 0],
    ['while it streams', 60],
  ])('by the end of the run, %s: neither good nor bad', async (_, after) => {
    const server = await endless()
    const exchange = await carryOut(server.url, {
      meanwhile: (one) => {
        if (after === 0) one.interrupt()
        else setTimeout(() => one.interrupt(), after)
      },
    })
    expect(exchange).toMatchObject({ interrupted: true, failure: undefined })
    expect(exchange.timeline.endedAt - exchange.timeline.startedAt).toBeLessThan(after + 2_000)
    await server.quiet()
  })

  it('by the script', async () => {
    const server = await endless()
    const { failure, interrupted } = await carryOut(server.url, {
      meanwhile: (one) => setTimeout(() => one.giveUp({ class: 'aborted', message: 'changed my mind' }), 250),
    })
    expect(failure).toEqual({ class: 'aborted', message: 'changed my mind', status: 200 })
    expect(interrupted).toBe(false)
    await server.quiet()
  })

  it('twice is once, and the first one counts', async () => {
    const server = await endless()
    const exchange = await carryOut(server.url, {
      meanwhile: (one) => {
        one.giveUp({ class: 'aborted', message: 'first' })
        one.giveUp({ class: 'aborted', message: 'second' })
        one.interrupt()
      },
    })
    expect(exchange).toMatchObject({ failure: { message: 'first' }, interrupted: false })
  })
})
