import { beforeEach, describe, expect, it, vi } from 'vitest'
import { carryOut, wireTo, type Doing } from './__fixtures__/carry-out.ts'
import { chunk, event, finish, STREAM_HEAD, text } from './__fixtures__/parts-plugin.ts'
import { proxyServer } from './__fixtures__/proxy.ts'
import { CERT, http2Server, httpServer, httpsServer, pause, rawServer } from './__fixtures__/servers.ts'

const SSE = { 'content-type': 'text/event-stream' }
const ANSWER = event(text('a')) + event(finish)
const PROXY_VARIABLES = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY', 'no_proxy', 'NO_PROXY']

beforeEach(() => {
  for (const name of PROXY_VARIABLES) vi.stubEnv(name, undefined)
  return () => void vi.unstubAllEnvs()
})

/** Three calls over one wire. */
async function failsEachTime(url: URL, doing: Doing, says: string): Promise<void> {
  const wire = wireTo(url, doing)
  for (let call = 0; call < 3; call += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other, on one wire
    const { failure } = await carryOut(url, { wire })
    expect(failure).toMatchObject({ class: 'connection', fault: 'tls' })
    expect(failure?.message).toContain(says)
  }
}

describe('a wire', () => {
  it('keeps its connection from call to call, and tells what making it took', async () => {
    const server = await httpServer((_, response) => response.writeHead(200, SSE).end(ANSWER))
    const wire = wireTo(server.url)
    for (let call = 0; call < 5; call += 1) {
      // oxlint-disable-next-line no-await-in-loop
      const { failure, timeline } = await carryOut(server.url, { wire })
      expect(failure).toBeUndefined()
      const { begunAt = 0, connecting } = wire.connectTimes
      expect(begunAt > timeline.startedAt).toBe(call === 0)
      expect(connecting).toBeGreaterThan(0)
    }
    expect(server.connections).toBe(1)
  })

  it.each([400, 429, 500, 503])('keeps its connection after HTTP %i', async (status) => {
    const server = await httpServer((_, response) => response.writeHead(status).end('no'))
    const wire = wireTo(server.url)
    await carryOut(server.url, { wire })
    await carryOut(server.url, { wire })
    expect(server.connections).toBe(1)
  })

  it.each([
    ['in good order, as announced', 'connection: close\r\n', (bytes: string) => bytes + chunk('')],
    ['in the middle of an answer', '', (bytes: string) => bytes],
  ])('makes a new one when the server closed it %s', async (_, header, body) => {
    const server = await rawServer((socket) =>
      socket.end(STREAM_HEAD.replace('\r\n', `\r\n${header}`) + body(chunk(ANSWER))),
    )
    const wire = wireTo(server.url)
    for (let call = 1; call <= 3; call += 1) {
      // oxlint-disable-next-line no-await-in-loop
      expect((await carryOut(server.url, { wire })).failure).toBeUndefined()
      expect(server.connections).toBe(call)
    }
  })

  it('makes a new one when the server closed it in between', async () => {
    const server = await rawServer((socket) => {
      socket.write(STREAM_HEAD + chunk(ANSWER) + chunk(''))
      setTimeout(() => socket.end(), 20)
    })
    const wire = wireTo(server.url)
    await carryOut(server.url, { wire })
    await server.quiet()
    await pause(20)
    expect((await carryOut(server.url, { wire })).failure).toBeUndefined()
    expect(server.connections).toBe(2)
  })

  it('makes a new one after a reset', async () => {
    let broken = true
    const server = await rawServer((socket) => {
      if (broken) socket.resetAndDestroy()
      else socket.write(STREAM_HEAD + chunk(ANSWER) + chunk(''))
      broken = false
    })
    const wire = wireTo(server.url)
    expect((await carryOut(server.url, { wire })).failure).toMatchObject({ fault: 'reset' })
    expect((await carryOut(server.url, { wire })).failure).toBeUndefined()
    // The broken call was not repeated behind our back.
    expect(server.connections).toBe(2)
  })

  it.each<[string, Doing, string]>([
    ['nobody vouches for the certificate', {}, 'nobody this machine trusts'],
    ['it is for another name', { tls: { ca: CERT, servername: 'elsewhere.test' } }, 'for another name'],
  ])('where no connection comes about (%s) fails each call, not the first alone', async (_, doing, says) => {
    const server = await httpsServer((_request, response) => response.writeHead(200, SSE).end(ANSWER))
    await failsEachTime(server.url, doing, says)
  })

  it('carries several HTTP/2 calls over one connection', async () => {
    const server = await http2Server((stream) => {
      stream.respond({ ':status': 200, ...SSE })
      stream.end(ANSWER)
    })
    const wire = wireTo(server.url, { http2: true, tls: { ca: CERT } })
    for (let call = 0; call < 3; call += 1) {
      // oxlint-disable-next-line no-await-in-loop
      expect((await carryOut(server.url, { wire })).failure).toBeUndefined()
    }
    expect(server.connections).toBe(1)
  })

  it('speaks HTTP/1.1 where HTTP/2 is offered in vain', async () => {
    const server = await httpsServer((request, response) => {
      response.writeHead(200, SSE).end(event(text(request.httpVersion)) + event(finish))
    })
    const { assembly } = await carryOut(server.url, { http2: true, tls: { ca: CERT } })
    expect(assembly.text).toBe('1.1')
  })

  it('closes when it is destroyed, and the call on it fails', async () => {
    const server = await rawServer((socket) => socket.write(STREAM_HEAD))
    const wire = wireTo(server.url)
    const { failure } = await carryOut(server.url, {
      wire,
      meanwhile: () => setTimeout(() => wire.destroy(), 50),
    })
    expect(failure?.class).toBe('connection')
    await server.quiet()
  })
})

describe('the proxy of the environment', () => {
  const named = (url: URL) => new URL(url.href.replace('127.0.0.1', 'llm.test'))
  const plain = () =>
    httpServer((request, response) => {
      response.writeHead(200, SSE).end(event(text(String(request.headers.host))) + event(finish))
    })

  it('is asked for plain HTTP, whole addresses and no tunnel', async () => {
    const proxy = await proxyServer()
    const server = await plain()
    vi.stubEnv('http_proxy', proxy.url.href)
    const target = named(server.url)
    const { failure, assembly, timeline } = await carryOut(target)
    expect(failure).toBeUndefined()
    expect(assembly.text).toBe(target.host)
    expect(timeline).toHaveProperty('sentAt')
    expect(proxy.asked).toEqual([`POST ${target.origin}/answer`])
  })

  it('tunnels HTTPS, and the certificates of the settings hold inside', async () => {
    const proxy = await proxyServer()
    const server = await httpsServer((_, response) => response.writeHead(200, SSE).end(ANSWER))
    vi.stubEnv('HTTPS_PROXY', proxy.url.href)
    const target = named(server.url)
    expect((await carryOut(target, { tls: { ca: CERT } })).failure).toBeUndefined()
    expect((await carryOut(target)).failure).toMatchObject({ class: 'connection', fault: 'tls' })
    expect(proxy.asked).toEqual([`CONNECT ${target.host}`, `CONNECT ${target.host}`])
  })

  it('tunnels HTTPS, and fails each call where the certificate inside is for another name', async () => {
    const proxy = await proxyServer()
    const server = await httpsServer((_, response) => response.writeHead(200, SSE).end(ANSWER))
    vi.stubEnv('HTTPS_PROXY', proxy.url.href)
    const doing = { tls: { ca: CERT, servername: 'elsewhere.test' } }
    await failsEachTime(named(server.url), doing, 'for another name')
  })

  it('tunnels HTTP/2', async () => {
    const proxy = await proxyServer()
    const server = await http2Server((stream) => {
      stream.respond({ ':status': 200, ...SSE })
      stream.end(ANSWER)
    })
    vi.stubEnv('https_proxy', proxy.url.href)
    const { failure, assembly } = await carryOut(named(server.url), { http2: true, tls: { ca: CERT } })
    expect(failure).toBeUndefined()
    expect(assembly.text).toBe('a')
  })

  it('keeps its connection from call to call', async () => {
    const proxy = await proxyServer()
    const server = await plain()
    vi.stubEnv('http_proxy', proxy.url.href)
    const wire = wireTo(named(server.url))
    for (let call = 0; call < 3; call += 1) {
      // oxlint-disable-next-line no-await-in-loop
      expect((await carryOut(named(server.url), { wire })).failure).toBeUndefined()
    }
    expect(proxy.connections).toBe(1)
  })

  it('streams as it comes', async () => {
    const proxy = await proxyServer()
    const server = await rawServer((socket) => {
      socket.write(STREAM_HEAD + chunk(event(text('a'))))
      setTimeout(() => socket.write(chunk(event(text('b'), finish)) + chunk('')), 120)
    })
    vi.stubEnv('http_proxy', proxy.url.href)
    const { gaps } = await carryOut(named(server.url))
    expect(gaps).toHaveLength(1)
    expect(gaps[0]).toBeGreaterThan(50)
  })

  it('is not asked for this machine', async () => {
    vi.stubEnv('http_proxy', 'http://127.0.0.1:1')
    const server = await plain()
    expect((await carryOut(server.url)).failure).toBeUndefined()
    expect((await carryOut(new URL(`http://localhost:${server.port}`))).failure).toBeUndefined()
  })

  it('is not asked for HTTPS when it is named for plain HTTP only, nor the other way round', async () => {
    const proxy = await proxyServer()
    vi.stubEnv('http_proxy', proxy.url.href)
    expect((await carryOut(new URL(`https://${'x'.repeat(64)}.test`))).failure).toMatchObject({
      fault: 'dns',
    })
    vi.stubEnv('http_proxy', undefined)
    vi.stubEnv('https_proxy', proxy.url.href)
    expect((await carryOut(new URL(`http://${'x'.repeat(64)}.test`))).failure).toMatchObject({ fault: 'dns' })
    expect(proxy.asked).toEqual([])
  })

  it('is not asked where NO_PROXY names the host; the settings hold all the same', async () => {
    const proxy = await proxyServer()
    const server = await httpsServer((_, response) => response.writeHead(200, SSE).end(ANSWER))
    vi.stubEnv('https_proxy', proxy.url.href)
    vi.stubEnv('NO_PROXY', 'elsewhere.test, 0.0.0.0')
    // An address of this machine that does not look like one.
    const target = new URL(`https://0.0.0.0:${server.port}`)
    const wire = wireTo(target, { tls: { ca: CERT, servername: 'llm.test' } })
    expect((await carryOut(target, { wire })).failure).toBeUndefined()
    expect(wire.connectTimes.tlsHandshaking).toBeGreaterThan(0)
    expect(proxy.asked).toEqual([])
  })

  it('refusing a tunnel is a connection that failed, not an answer', async () => {
    const proxy = await proxyServer({ refuse: 403 })
    vi.stubEnv('https_proxy', proxy.url.href)
    const { failure, response } = await carryOut(new URL('https://llm.test'))
    expect(failure).toMatchObject({ class: 'connection', message: expect.stringContaining('403') as string })
    expect(response).toBeUndefined()
  })

  it('that is away is a connection refused', async () => {
    vi.stubEnv('http_proxy', 'http://127.0.0.1:1')
    expect((await carryOut(new URL('http://llm.test'))).failure).toMatchObject({ fault: 'refused' })
  })

  it('wanting a password says so', async () => {
    const proxy = await proxyServer({ refuse: 407 })
    vi.stubEnv('http_proxy', proxy.url.href)
    const { failure } = await carryOut(new URL('http://llm.test'))
    expect(failure).toMatchObject({ class: 'connection', message: 'Proxy Authentication Required (407)' })
  })

  it('does not outlast a call cut while it waits', async () => {
    const proxy = await proxyServer()
    const server = await rawServer(() => undefined)
    vi.stubEnv('http_proxy', proxy.url.href)
    const { failure } = await carryOut(named(server.url), { limits: { headers: 80 } })
    expect(failure).toMatchObject({ class: 'timeout', phase: 'headers' })
    await proxy.quiet()
  })
})
