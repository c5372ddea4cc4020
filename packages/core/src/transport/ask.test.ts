import { once } from 'node:events'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { HttpRequest } from '../model/provider.ts'
import { kindOf } from './__fixtures__/carry-out.ts'
import { proxyServer } from './__fixtures__/proxy.ts'
import { CERT, deafServer, httpServer, httpsServer, pause, rawServer } from './__fixtures__/servers.ts'
import { ask } from './ask.ts'

afterEach(() => void vi.unstubAllEnvs())

const GET: HttpRequest = { method: 'GET', path: '/about?x=%3A', headers: { 'x-one': '1' } }
const LIMITS = { timeout: 5_000, bytes: 1_000 }

describe('a request beside the load', () => {
  it('arrives as it is, and brings head and body', async () => {
    const { url } = await httpServer(async (request, response) => {
      const [body] = (await once(request, 'data')) as [Buffer]
      response.setHeader('set-cookie', ['a', 'b'])
      response.end(`${request.method} ${request.url} ${String(request.headers['x-one'])} ${body.toString()}`)
    })
    const asked = await ask(kindOf(url), { ...GET, method: 'POST', body: 'grüße' }, LIMITS)
    expect(asked).toMatchObject({ body: 'POST /about?x=%3A 1 grüße', whole: true })
    expect(asked.head).toMatchObject({ status: 200, headers: { 'set-cookie': 'a, b' } })
    expect(asked).not.toHaveProperty('failure')
  })

  it('speaks TLS as its client was told to', async () => {
    const { url } = await httpsServer((_, response) => response.end('safe'))
    expect(await ask(kindOf(url, { tls: { ca: CERT } }), GET, LIMITS)).toMatchObject({ body: 'safe' })
    expect(await ask(kindOf(url), GET, LIMITS)).toMatchObject({
      failure: { class: 'connection', fault: 'tls' },
    })
  })

  it('goes through the proxy of the environment', async () => {
    const proxy = await proxyServer()
    const { port } = await httpServer((_, response) => response.end('behind'))
    vi.stubEnv('http_proxy', proxy.url.href)
    const origin = new URL(`http://llm.test:${port}`)
    expect(await ask(kindOf(origin), GET, LIMITS)).toMatchObject({ body: 'behind', whole: true })
    expect(proxy.asked).toEqual([`GET http://llm.test:${port}/about?x=%3A`])
  })

  it('ends with the part of the body that was asked for', async () => {
    const server = await httpServer((_, response) => void response.write('a'.repeat(5_000)))
    const asked = await ask(kindOf(server.url), GET, LIMITS)
    expect(asked).toMatchObject({ body: 'a'.repeat(1_000), whole: false })
    await server.quiet()
  })

  it.each([
    ['nothing at all', ''],
    ['half an answer', 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf'],
  ])('ends in time with %s', async (_, words) => {
    const server = await rawServer((socket) => void socket.write(words))
    const asked = await ask(kindOf(server.url), GET, { ...LIMITS, timeout: 100 })
    expect(asked.failure).toMatchObject({ class: 'timeout', message: 'no answer within 100 ms' })
    expect(asked.whole).toBe(false)
    await server.quiet()
  })

  it('ends earlier where there is no connection', async () => {
    const asked = await ask(kindOf(await deafServer()), GET, { ...LIMITS, connect: 100 })
    expect(asked.failure).toEqual({
      class: 'timeout',
      phase: 'connect',
      message: 'no connection within 100 ms',
    })
  })

  it.each([httpServer, httpsServer])('has its time where there is a connection', async (listening) => {
    const { url } = await listening((_, response) => void setTimeout(() => response.end('late'), 600))
    const asked = await ask(kindOf(url, { tls: { ca: CERT } }), GET, { ...LIMITS, connect: 400 })
    expect(asked).toMatchObject({ body: 'late', whole: true })
  })

  it('fails where the connection breaks', async () => {
    const server = await rawServer((socket) => {
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf')
    })
    const asked = await ask(kindOf(server.url), GET, LIMITS)
    expect(asked).toMatchObject({
      body: 'half',
      whole: false,
      failure: { class: 'connection', fault: 'reset' },
    })
  })

  it.each([
    ['path', { ...GET, path: '/a b' }],
    ['header', { ...GET, headers: { 'x-one': 'a\nb' } }],
  ])('fails where its %s cannot be sent', async (_, request) => {
    const { url } = await httpServer((__, response) => response.end())
    expect((await ask(kindOf(url), request, LIMITS)).failure).toMatchObject({
      class: 'connection',
      fault: 'other',
    })
  })

  it('can be taken back, also before it was sent', async () => {
    const server = await rawServer(() => undefined)
    const taken = new AbortController()
    const asking = ask(kindOf(server.url), GET, { ...LIMITS, signal: taken.signal })
    await pause(50)
    taken.abort()
    expect((await asking).failure).toMatchObject({ class: 'aborted' })
    expect(server.connections).toBe(1)
    expect((await ask(kindOf(server.url), GET, { ...LIMITS, signal: taken.signal })).failure).toMatchObject({
      class: 'aborted',
    })
    expect(server.connections).toBe(1)
    await server.quiet()
  })
})
