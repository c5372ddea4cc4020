import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { closeSharedConnections } from '../client/pools.ts'
import {
  CERT,
  deafServer,
  httpServer,
  httpsServer,
  pause,
  rawServer,
} from '../transport/__fixtures__/servers.ts'
import { echoServer } from './__fixtures__/echo.ts'
import { httpVu } from './__fixtures__/in-vu.ts'
import { http } from './http.ts'
import type { HttpParams } from './params.ts'

afterEach(() => {
  http.setResponseCallback(http.expectedStatuses({ min: 200, max: 399 }))
  closeSharedConnections()
})

/** Nobody listens there. */
const NOBODY = 'http://127.0.0.1:1/'

describe('a request', () => {
  it.each([
    ['get', 'GET', (url: string) => http.get(url)],
    ['head', 'HEAD', (url: string) => http.head(url)],
    ['post', 'POST', (url: string) => http.post(url, 'body')],
    ['put', 'PUT', (url: string) => http.put(url, 'body')],
    ['patch', 'PATCH', (url: string) => http.patch(url, 'body')],
    ['del', 'DELETE', (url: string) => http.del(url, 'body')],
    ['options', 'OPTIONS', (url: string) => http.options(url)],
    ['request', 'PURGE', (url: string) => http.request('purge', url, 'body')],
    ['asyncRequest', 'POST', (url: string) => http.asyncRequest('POST', url, 'body')],
  ])('of http.%s is a %s', async (_, method, send) => {
    const server = await echoServer()
    const response = await send(server.at('/a?b=c'))
    expect(response.status).toBe(200)
    expect(response.request.method).toBe(method)
    expect(server.seen).toMatchObject([
      { method, url: '/a?b=c', body: ['GET', 'HEAD', 'OPTIONS'].includes(method) ? '' : 'body' },
    ])
  })

  it.each<[string, Parameters<typeof http.post>[1], HttpParams, Readonly<Record<string, string>>, string]>([
    ['text as it is', 'a', {}, { 'content-length': '1' }, 'a'],
    ['an object as a form', { a: 1 }, {}, { 'content-type': 'application/x-www-form-urlencoded' }, 'a=1'],
    [
      'a form under the name the script gives',
      { a: 1 },
      { headers: { 'Content-Type': 'x/y' } },
      { 'content-type': 'x/y' },
      'a=1',
    ],
    [
      'a body compressed',
      'aaaa',
      { compression: 'gzip' },
      { 'content-encoding': 'gzip' },
      gzipSync('aaaa').toString('latin1'),
    ],
    [
      'headers of any spelling',
      null,
      { headers: { 'X-Number': 7 } },
      { 'x-number': '7', 'user-agent': 'loadbench' },
      '',
    ],
    ['another user agent', null, { headers: { 'User-Agent': 'me' } }, { 'user-agent': 'me' }, ''],
  ])('sends %s', async (_, body, params, headers, sent) => {
    const server = await echoServer()
    await http.post(server.at('/'), body, params)
    expect(server.seen).toMatchObject([{ headers, body: sent }])
    if (body === null) expect(server.seen[0]?.headers).not.toHaveProperty('content-type')
  })

  it('takes user and password from the address, and shows them to nobody', async () => {
    const server = await echoServer((_, response) => response.writeHead(500).end())
    const vu = httpVu()
    const address = server.at('/a?q=1&api_key=hunter2').replace('//', '//ann:p%40ss@')
    const response = await vu.run(() => http.get(address, { auth: 'basic' }))
    expect(server.seen[0]?.headers['authorization']).toBe(`Basic ${btoa('ann:p@ss')}`)
    expect(server.seen[0]?.url).toBe('/a?q=1&api_key=hunter2')
    expect(response.url).not.toMatch(/ann|hunter2/)
    expect(JSON.stringify([vu.values, vu.failures])).not.toMatch(/ann:|p%40ss|p@ss|hunter2/)
    expect(vu.tagsOf('http_reqs')?.['name']).toContain('api_key=%5Bremoved%5D')
  })

  it.each<[string, () => Promise<unknown>]>([
    ['an address that is none', () => http.get('/login')],
    ['another protocol', () => http.get('ftp://127.0.0.1/')],
    ['a method that is none', () => http.request('GET IT', NOBODY)],
    ['a tunnel', () => http.request('CONNECT', NOBODY)],
    ['a param nobody knows', () => http.get(NOBODY, { timout: 1 } as HttpParams)],
    ['a timeout that is none', () => http.get(NOBODY, { timeout: 'soon' })],
    ['a negative number of redirects', () => http.get(NOBODY, { redirects: -1 })],
    ['a kind of authentication it does not know', () => http.get(NOBODY, { auth: 'ntlm' as 'basic' })],
    ['a compression it does not know', () => http.post(NOBODY, 'a', { compression: 'zip' })],
    ["a tag that is loadbench's own", () => http.get(NOBODY, { tags: { scenario: 'x' } })],
    ["a header that is the transport's own", () => http.get(NOBODY, { headers: { 'Content-Length': 1 } })],
    ['a header with a line end', () => http.get(NOBODY, { headers: { a: 'b\n' } })],
    ['a certificate that is none', () => http.get('https://127.0.0.1:1/', { tls: { ca: 'no' } })],
    ['one such in a batch', () => http.batch([NOBODY, 'nowhere', ['GET', 'nowhere']])],
  ])('with %s is refused before anything is sent', async (_, send) => {
    const vu = httpVu()
    await expect(vu.run(send)).rejects.toMatchObject({ code: 'LB_CALL_INVALID' })
    expect(vu.values).toEqual([])
    expect(vu.scope.vu.running.size).toBe(0)
  })
})

describe('a response', () => {
  it("has k6's fields", async () => {
    const server = await echoServer((_, response) =>
      response
        .writeHead(
          201,
          'Made',
          [
            ['content-type', 'application/json'],
            ['X-REQUEST-id', '7'],
            ['set-cookie', 'a=1; Path=/'],
            ['set-cookie', 'b=2, 3'],
          ].flat(),
        )
        .end('{"token":"abc","hits":[{"id":7}]}'),
    )
    const response = await http.post(server.at('/login'), 'x', { headers: { Authorization: 'Bearer t' } })
    expect(response).toMatchObject({
      status: 201,
      status_text: '201 Made',
      url: server.at('/login'),
      headers: {
        'Content-Type': 'application/json',
        'X-Request-Id': '7',
        'Set-Cookie': 'a=1; Path=/, b=2, 3',
      },
      body: '{"token":"abc","hits":[{"id":7}]}',
      error: '',
      error_code: 0,
      cookies: { a: [{ value: '1', path: '/' }], b: [{ value: '2, 3' }] },
      request: {
        method: 'POST',
        url: server.at('/login'),
        body: 'x',
        headers: { Authorization: ['Bearer t'] },
      },
    })
    expect(response.json()).toEqual({ token: 'abc', hits: [{ id: 7 }] })
    expect(response.json('hits.0.id')).toBe(7)
    const { sending, waiting, receiving, duration, blocked, connecting } = response.timings
    expect(sending + waiting + receiving).toBeCloseTo(duration, 6)
    expect(blocked).toBeGreaterThanOrEqual(connecting)
    expect(connecting).toBeGreaterThan(0)
  })

  it('that is printed shows no key, password or session', async () => {
    const server = await echoServer((_, response) =>
      response.writeHead(200, { 'set-cookie': 'session=hunter2' }).end(),
    )
    const params = { headers: { 'X-Api-Key': 'hunter2' }, cookies: { id: 'hunter2' } }
    const response = await http.post(server.at('/'), { password: 'hunter2' }, params)
    const { headers, ...rest } = response
    expect(headers).toEqual(expect.objectContaining({ 'Set-Cookie': 'session=hunter2' }))
    expect(JSON.stringify(rest)).not.toContain('hunter2')
    expect(response.request.body).toBe('password=hunter2')
  })

  it('tells waiting from receiving', async () => {
    const server = await rawServer(async (socket) => {
      await pause(40)
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\na')
      await pause(40)
      socket.write('b')
    })
    const { timings, body } = await http.get(server.url)
    expect(body).toBe('ab')
    expect(timings.waiting).toBeGreaterThan(35)
    expect(timings.receiving).toBeGreaterThan(35)
  })

  it.each([
    ['text', 'ä'],
    ['binary', new TextEncoder().encode('ä').buffer],
    ['none', null],
  ] as const)('has a body of kind %s', async (responseType, body) => {
    const server = await echoServer((_, response) => response.end('ä'))
    expect((await http.get(server.at('/'), { responseType })).body).toEqual(body)
  })

  it.each([
    ['gzip', gzipSync('hello')],
    ['identity', Buffer.from('hello')],
    ['unheard-of', Buffer.from('hello')],
  ])('is read whatever its content-encoding: %s', async (coding, bytes) => {
    const server = await echoServer((_, response) =>
      response.writeHead(200, { 'content-encoding': coding }).end(bytes),
    )
    expect(await http.get(server.at('/'))).toMatchObject({ status: 200, body: 'hello', error: '' })
  })

  it('that is not what its content-encoding says has failed', async () => {
    const server = await echoServer((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end('hello'),
    )
    const vu = httpVu()
    const response = await vu.run(() => http.get(server.at('/')))
    expect(response).toMatchObject({ status: 200, body: '', error_code: 1701 })
    expect(response.error).toContain('no gzip')
    expect(vu.of('http_req_failed')).toEqual([1])
  })

  it.each([
    ['no JSON', {}, 'is no JSON'],
    ['not kept', { responseType: 'none' }, "responseType is 'none'"],
  ] as const)('%s says so when it is asked for JSON', async (_, params, message) => {
    const server = await echoServer()
    const response = await http.get(server.at('/'), params)
    expect(() => response.json()).toThrow(message)
  })
})

describe('a request inside a run', () => {
  it("is recorded under k6's metrics and tags", async () => {
    const server = await echoServer()
    const vu = httpVu({ scenario: 'default', group: '::login' })
    const { timings } = await vu.run(() => http.get(server.at('/a'), { tags: { team: 'x' } }))
    const tags = {
      scenario: 'default',
      group: '::login',
      team: 'x',
      method: 'GET',
      name: server.at('/a'),
      url: server.at('/a'),
      status: '200',
      expected_response: 'true',
    }
    const recorded = Object.fromEntries(vu.values.map(({ metric, value }) => [metric, value]))
    expect(recorded).toEqual({
      http_reqs: 1,
      http_req_failed: 0,
      http_req_interrupted: 0,
      http_req_duration: timings.duration,
      http_req_blocked: timings.blocked,
      http_req_connecting: timings.connecting,
      http_req_sending: timings.sending,
      http_req_waiting: timings.waiting,
      http_req_receiving: timings.receiving,
      data_sent: expect.any(Number),
      data_received: expect.any(Number),
    })
    for (const { metric, tags: seen } of vu.values) {
      expect(seen).toEqual(metric.startsWith('data_') ? vu.scope.tags : tags)
    }
    expect(vu.failures).toEqual([])
    expect(vu.scope.vu.running.size).toBe(0)
  })

  it('keeps its connection for the next, which connects no more', async () => {
    const server = await echoServer()
    const vu = httpVu()
    const first = await vu.run(() => http.get(server.at('/')))
    const second = await vu.run(() => http.get(server.at('/')))
    expect(server.connections).toBe(1)
    expect(first.timings.connecting).toBeGreaterThan(0)
    expect(second.timings.connecting).toBe(0)
    expect(vu.of('http_req_connecting')).toHaveLength(1)
    expect(vu.of('http_req_blocked')).toHaveLength(2)
  })

  it('measures the TLS handshake', async () => {
    const server = await httpsServer((_, response) => response.end())
    const vu = httpVu()
    const { status } = await vu.run(() => http.get(server.url, { tls: { ca: CERT } }))
    expect(status).toBe(200)
    expect(vu.of('http_req_tls_handshaking')[0]).toBeGreaterThan(0)
    expect(vu.of('http_req_blocked')[0]).toBeGreaterThanOrEqual(vu.of('http_req_tls_handshaking')[0] ?? 0)
  })

  it.each([
    ['a tag', (at: (path: string) => string) => http.get(at('/users/1'), { tags: { name: 'user' } }), 'user'],
    ['http.url', (at: (path: string) => string) => http.get(http.url`${at('/users/')}${7}`), '${}${}'],
  ])('has the name that %s gives it, in place of its address', async (_, send, name) => {
    const server = await echoServer()
    const vu = httpVu()
    const { url } = await vu.run(() => send((path) => server.at(path)))
    expect(url).toMatch(/users\/\d$/)
    expect(vu.tagsOf('http_reqs')).toMatchObject({ name, url: name })
  })

  it('that is not answered as expected has failed', async () => {
    const server = await echoServer((_, response) => response.writeHead(401).end('who are you?'))
    const vu = httpVu()
    const response = await vu.run(() => http.get(server.at('/login?token=hunter2')))
    expect(response).toMatchObject({ status: 401, body: 'who are you?', error: '', error_code: 1401 })
    expect(vu.of('http_req_failed')).toEqual([1])
    expect(vu.of('http_req_duration')).toHaveLength(1)
    expect(vu.tagsOf('http_req_duration')).toMatchObject({
      status: '401',
      expected_response: 'false',
      error: 'auth',
      error_code: '1401',
    })
    expect(vu.failures).toMatchObject([{ class: 'auth', status: 401 }])
    expect(vu.failures[0]?.message).toMatch(/^GET http:.*: HTTP 401 Unauthorized$/)
    expect(vu.failures[0]?.message).not.toContain('hunter2')
  })

  it('that nobody answers is a response with status 0, and gives no time', async () => {
    const vu = httpVu()
    const response = await vu.run(() => http.get(NOBODY))
    expect(response).toMatchObject({
      status: 0,
      status_text: '',
      body: '',
      headers: {},
      error_code: 1212,
      timings: { duration: 0, blocked: 0 },
    })
    expect(response.error).toContain('ECONNREFUSED')
    expect(vu.tagsOf('http_reqs')).toMatchObject({ status: '0', error: 'connection', error_code: '1212' })
    expect(vu.of('http_req_failed')).toEqual([1])
    expect(vu.of('http_req_duration')).toEqual([])
    expect(vu.of('data_sent')).toEqual([])
    expect(vu.failures).toMatchObject([{ class: 'connection', fault: 'refused' }])
  })

  it('whose answer breaks off has failed', async () => {
    const server = await rawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf')
      setTimeout(() => socket.resetAndDestroy(), 10)
    })
    const vu = httpVu()
    const response = await vu.run(() => http.get(server.url))
    expect(response).toMatchObject({ status: 200, body: '', error_code: 1220 })
    expect(vu.of('http_req_failed')).toEqual([1])
  })
})

describe('a timeout', () => {
  it.each([
    ['before an answer', 'headers', () => undefined],
    [
      'within the answer',
      'total',
      (_: unknown, response: { write(text: string): void }) => response.write('half'),
    ],
  ] as const)('ends a request %s', async (_, phase, answer) => {
    const server = await httpServer(answer)
    const vu = httpVu()
    const response = await vu.run(() => http.get(server.url, { timeout: 80 }))
    expect(response).toMatchObject({ error_code: 1050, body: '' })
    expect(response.error).toContain('80 ms')
    expect(response.timings.duration).toBeGreaterThan(70)
    expect(vu.failures).toMatchObject([{ class: 'timeout', phase }])
    await server.quiet()
  })

  it('ends one that gets no connection', async () => {
    const vu = httpVu()
    const address = await deafServer()
    const response = await vu.run(() => http.get(address, { timeout: '100ms' }))
    expect(response).toMatchObject({ status: 0, error_code: 1050 })
    expect(vu.failures).toMatchObject([{ class: 'timeout', phase: 'connect' }])
  })

  it('counts for all hops together', async () => {
    const server = await echoServer(({ url }, response) => {
      const next = Number(url.slice(1)) + 1
      setTimeout(() => response.writeHead(302, { location: `/${next}` }).end(), 40)
    })
    const { error_code } = await http.get(server.at('/0'), { timeout: 150 })
    expect(error_code).toBe(1050)
    expect(server.seen.length).toBeLessThan(6)
  })
})

describe('what is expected of an answer', () => {
  it.each([
    [200, 'true', 0],
    [399, 'true', 0],
    [404, 'false', 1],
  ])('%i, where nothing is said: %s', async (status, expected, failed) => {
    const server = await echoServer((_, response) => response.writeHead(status).end())
    const vu = httpVu()
    await vu.run(() => http.get(server.at('/')))
    expect(vu.tagsOf('http_reqs')).toMatchObject({ expected_response: expected })
    expect(vu.of('http_req_failed')).toEqual([failed])
  })

  it('can be said for one request, for a VU, and at the top of a script', async () => {
    const server = await echoServer((_, response) => response.writeHead(404).end())
    const failed = async (params?: HttpParams, before = () => {}) => {
      const vu = httpVu()
      await vu.run(() => (before(), http.get(server.at('/'), params)))
      return vu.of('http_req_failed')
    }
    expect(await failed({ responseCallback: http.expectedStatuses({ min: 400, max: 404 }) })).toEqual([0])
    expect(await failed({}, () => http.setResponseCallback(http.expectedStatuses(404, 410)))).toEqual([0])
    // That was the other VU's.
    expect(await failed()).toEqual([1])
    http.setResponseCallback(http.expectedStatuses(404))
    expect(await failed()).toEqual([0])
    http.setResponseCallback(null)
    expect(await failed()).toEqual([])
  })

  it('null judges nothing', async () => {
    const vu = httpVu()
    await vu.run(() => http.get(NOBODY, { responseCallback: null }))
    expect(vu.of('http_req_failed')).toEqual([])
    expect(vu.tagsOf('http_reqs')).not.toHaveProperty('expected_response')
    expect(vu.of('http_reqs')).toEqual([1])
  })

  it.each([[], ['200'], [{ min: 200 }], [200.5]])('%j is refused', (...ranges) => {
    expect(() => http.expectedStatuses(...(ranges as number[]))).toThrow('expectedStatuses was given')
  })
})

describe('a redirect', () => {
  /** `/302?to=…` answers 302 and leads there. */
  const signposts = () =>
    echoServer(({ url }, response) => {
      const { pathname, searchParams } = new URL(url, 'http://x')
      const to = searchParams.get('to')
      response.writeHead(Number(pathname.slice(1)) || 200, to === null ? {} : { location: to }).end('there')
    })

  it.each([
    [301, 'POST', 'GET', ''],
    [302, 'POST', 'GET', ''],
    [303, 'PUT', 'GET', ''],
    [303, 'HEAD', 'HEAD', ''],
    [307, 'POST', 'POST', 'x'],
    [308, 'PUT', 'PUT', 'x'],
  ])('%i of a %s leads to a %s', async (status, method, next, body) => {
    const server = await signposts()
    const response = await http.request(
      method,
      server.at(`/${status}?to=/end`),
      method === 'HEAD' ? null : { x: '' },
      {
        headers: { a: 'b' },
      },
    )
    expect(response).toMatchObject({ status: 200, url: server.at('/end'), request: { method: next } })
    expect(server.seen[1]).toMatchObject({ method: next, headers: { a: 'b' }, body: body && 'x=' })
    expect(server.seen[1]?.headers['content-type']).toBe(
      body === '' ? undefined : 'application/x-www-form-urlencoded',
    )
  })

  it('is recorded hop by hop', async () => {
    const server = await signposts()
    const vu = httpVu()
    await vu.run(() => http.get(server.at('/302?to=/404')))
    const seen = vu.values.filter(({ metric }) => metric === 'http_reqs').map(({ tags }) => tags)
    expect(seen).toMatchObject([
      { status: '302', url: server.at('/302?to=/404'), expected_response: 'true' },
      { status: '404', url: server.at('/404'), expected_response: 'false' },
    ])
    expect(vu.of('http_req_duration')).toHaveLength(2)
  })

  it.each([
    [undefined, 10],
    [3, 3],
    [0, 0],
  ])('is followed, with redirects %s, %i times', async (redirects, hops) => {
    const server = await echoServer((_, response) => response.writeHead(302, { location: '/again' }).end())
    const response = await http.get(server.at('/'), redirects === undefined ? {} : { redirects })
    expect(response).toMatchObject({ status: 302, error: '' })
    expect(server.seen).toHaveLength(hops + 1)
  })

  it.each(['', 'ftp://127.0.0.1/', 'http://'])('to %j leads nowhere', async (to) => {
    const server = await signposts()
    const { status } = await http.get(server.at(`/302${to === '' ? '' : `?to=${encodeURIComponent(to)}`}`))
    expect(status).toBe(302)
    expect(server.seen).toHaveLength(1)
  })

  it('to another server takes no credentials there', async () => {
    const other = await echoServer()
    const server = await signposts()
    const params = {
      headers: { Authorization: 'Bearer t', Cookie: 'a=1', 'X-Kept': '1' },
      cookies: { b: '2' },
    }
    await httpVu().run(() => http.get(server.at(`/302?to=${encodeURIComponent(other.at('/'))}`), params))
    expect(server.seen[0]?.headers).toMatchObject({ authorization: 'Bearer t', cookie: 'a=1; b=2' })
    expect(other.seen[0]?.headers).toMatchObject({ 'x-kept': '1', host: other.url.host })
    expect(other.seen[0]?.headers).not.toHaveProperty('authorization')
    expect(other.seen[0]?.headers).not.toHaveProperty('cookie')
  })
})

describe('cookies', () => {
  const bakery = () =>
    echoServer((_, response) =>
      response.writeHead(200, { 'set-cookie': ['id=1; Path=/', 'x=2; Path=/shop'] }).end(),
    )
  const cookieOf = (server: Awaited<ReturnType<typeof bakery>>) => server.seen.at(-1)?.headers['cookie']

  it('stay with the VU, to the end of the iteration, and go where they are meant to', async () => {
    const server = await bakery()
    const [ann, bob] = [httpVu(), httpVu()]
    await ann.run(() => http.get(server.at('/')))
    await ann.run(() => http.get(server.at('/')))
    expect(cookieOf(server)).toBe('id=1')
    await ann.run(() => http.get(server.at('/shop/cart')))
    expect(cookieOf(server)).toBe('x=2; id=1')
    await bob.run(() => http.get(server.at('/')))
    expect(cookieOf(server)).toBeUndefined()
    ann.scope.vu.iterationInInstance += 1
    await ann.run(() => http.get(server.at('/')))
    expect(cookieOf(server)).toBeUndefined()
  })

  it('set by a redirect go with the next hop', async () => {
    const server = await echoServer(({ url }, response) =>
      url === '/login'
        ? response.writeHead(303, { location: '/home', 'set-cookie': 'id=7' }).end()
        : response.end(),
    )
    await httpVu().run(() => http.post(server.at('/login'), { user: 'ann' }))
    expect(cookieOf(server)).toBe('id=7')
  })

  it.each<[string, HttpParams, string | undefined]>([
    ['beside the jar', { cookies: { id: '9', own: 'a' } }, 'id=9; own=a; id=1'],
    ['in place of it', { cookies: { id: { value: '9', replace: true } } }, 'id=9'],
    ['without it', { jar: null, cookies: { own: 'a' } }, 'own=a'],
    ['from another jar', { jar: new http.CookieJar() }, undefined],
  ])('of one request are sent %s', async (_, params, expected) => {
    const server = await bakery()
    await httpVu().run(async () => {
      await http.get(server.at('/'))
      await http.get(server.at('/'), params)
    })
    expect(cookieOf(server)).toBe(expected)
  })

  it('of the VU are in its jar', async () => {
    const server = await bakery()
    await httpVu().run(async () => {
      const jar = http.cookieJar()
      jar.set(server.at('/'), 'mine', '1')
      await http.get(server.at('/'))
      expect(cookieOf(server)).toBe('mine=1')
      expect(jar.cookiesForURL(server.at('/'))).toEqual({ mine: ['1'], id: ['1'] })
    })
  })
})

describe('the end of a run', () => {
  it('cuts a request off: it counts as interrupted, and its script hears no more of it', async () => {
    const server = await httpServer(() => undefined)
    const vu = httpVu()
    let settled = false
    const answer = vu.run(() => http.get(server.url))
    void answer.finally(() => (settled = true))
    while (server.open === 0) await pause(5)
    expect(vu.scope.vu.running.size).toBe(1)
    for (const one of vu.scope.vu.running) one.interrupt()
    vu.scope.vu.closed = true
    expect(vu.scope.vu.running.size).toBe(0)
    expect(vu.of('http_reqs')).toEqual([1])
    expect(vu.of('http_req_interrupted')).toEqual([1])
    expect(vu.of('http_req_duration')).toEqual([])
    expect(vu.of('http_req_failed')).toEqual([])
    await server.quiet()
    await pause(20)
    expect(settled).toBe(false)
    expect(vu.of('http_reqs')).toEqual([1])
  })

  it('lets nothing more be sent', async () => {
    const server = await echoServer()
    const vu = httpVu()
    vu.scope.vu.closed = true
    const settled = await Promise.race([
      vu.run(() => http.get(server.at('/'))).then(() => true),
      pause(50).then(() => false),
    ])
    expect(settled).toBe(false)
    expect(server.connections).toBe(0)
  })
})

describe('a batch', () => {
  it('gives its responses in order', async () => {
    const server = await echoServer(({ url }, response) => {
      setTimeout(() => response.end(url), url === '/slow' ? 50 : 0)
    })
    const vu = httpVu()
    const responses = await vu.run(() =>
      http.batch([
        server.at('/slow'),
        ['POST', server.at('/list'), 'body', { tags: { name: 'list' } }],
        { method: 'PUT', url: server.at('/object'), body: { a: 1 } },
        { url: http.url`${server.at('/')}${'named'}` },
      ]),
    )
    expect(responses.map(({ body }) => body)).toEqual(['/slow', '/list', '/object', '/named'])
    expect(server.seen.map(({ method }) => method).toSorted()).toEqual(['GET', 'GET', 'POST', 'PUT'])
    expect(vu.of('http_reqs')).toHaveLength(4)
    expect(server.connections).toBe(4)
  })

  it('gives its responses under the names of its requests', async () => {
    const server = await echoServer(({ url }, response) => response.end(url))
    const { user, shop } = await http.batch({ user: server.at('/user'), shop: server.at('/shop') })
    expect([user.body, shop.body]).toEqual(['/user', '/shop'])
  })

  it('is not ended by a request that fails', async () => {
    const server = await echoServer()
    const [bad, good] = await http.batch([NOBODY, server.at('/')])
    expect([bad.status, good.status]).toEqual([0, 200])
  })
})
