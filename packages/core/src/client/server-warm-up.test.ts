import { afterEach, describe, expect, it } from 'vitest'
import type { ClientSettings, HttpRequest, ProviderPlugin } from '../model/provider.ts'
import { partsPlugin } from '../transport/__fixtures__/parts-plugin.ts'
import { httpServer, rawServer } from '../transport/__fixtures__/servers.ts'
import { warmUpServers } from './server-warm-up.ts'
import { setTargets, type Bound } from './targets.ts'

afterEach(() => setTargets({}))

const LOAD: HttpRequest = {
  method: 'POST',
  path: '/load',
  headers: { 'x-plugin': '1' },
  body: '{"model":"m"}',
}

const bind = (settings: ClientSettings, own: Partial<ProviderPlugin> = {}): Bound => ({
  plugin: { ...partsPlugin, warmUp: () => [LOAD], ...own },
  settings,
})

/** Warms up and keeps what was told. */
async function warm(bound: readonly Bound[], signal = new AbortController().signal) {
  const told: string[] = []
  const problems = await warmUpServers(bound, { signal, tell: (what) => void told.push(what) })
  return { told, problems }
}

async function loading(status = 200, body = 'ready') {
  const heard: object[] = []
  let running = 0
  const { url } = await httpServer((request, response) => {
    running += 1
    const { 'x-plugin': plugin, 'x-client': client, authorization } = request.headers
    heard.push({ url: request.url, plugin, client, authorization, running })
    setTimeout(() => {
      running -= 1
      response.writeHead(status).end(body)
    }, 20)
  })
  return { baseURL: url.href, heard }
}

describe('a warm-up', () => {
  it('sends what the plugin asks for, one after the other, signed and with the headers of the client', async () => {
    const { baseURL, heard } = await loading()
    const sign: ProviderPlugin['sign'] = (request, _, { simulated }) =>
      Promise.resolve({ ...request, headers: { ...request.headers, authorization: `signed ${simulated}` } })
    setTargets({ '*': baseURL }, true)
    const settings = { model: 'llama3', headers: { 'x-client': '2' } }
    const warmUp = () => [LOAD, { ...LOAD, path: '/again' }]
    expect(await warm([bind(settings, { sign, warmUp })])).toEqual({
      told: ['parts llama3', 'parts llama3'],
      problems: [],
    })
    const all = { plugin: '1', client: '2', authorization: 'signed true', running: 1 }
    expect(heard).toEqual([
      { url: '/load', ...all },
      { url: '/again', ...all },
    ])
  })

  it('is sent once for clients that ask for the same', async () => {
    const { baseURL, heard } = await loading()
    await warm([bind({ baseURL }), bind({ baseURL, tags: { a: 'b' } })])
    expect(heard).toHaveLength(1)
  })

  it('is nothing to a provider without one, or without an address', async () => {
    const bound = [{ plugin: partsPlugin, settings: { baseURL: 'http://127.0.0.1:1' } }, bind({})]
    expect(await warm(bound)).toEqual({ told: [], problems: [] })
  })

  it('that fails is told, without the key', async () => {
    const refused = await loading(404, 'no model for s3cret-key')
    const headers = { authorization: 'Bearer s3cret-key' }
    const unsigned = bind(
      { ...refused, model: 'b' },
      { sign: () => Promise.reject(new Error('no credentials')) },
    )
    const bound = [
      bind({ ...refused, model: 'a', headers }),
      unsigned,
      bind({ baseURL: 'http://127.0.0.1:1', model: 'c' }),
    ]
    // The same request would be sent once.
    const apart = bound.map((one, at) => ({
      ...one,
      plugin: { ...one.plugin, warmUp: () => [{ ...LOAD, path: `/${at}` }] },
    }))
    expect((await warm(apart)).problems).toEqual([
      'Warming up parts a failed: HTTP 404 no model for [removed]',
      'Warming up parts b failed: the request could not be signed: no credentials',
      'Warming up parts c failed: connect ECONNREFUSED 127.0.0.1:1',
    ])
  })

  it('of a plugin that throws is told', async () => {
    const warmUp = () => {
      throw new Error('no model')
    }
    const { problems } = await warm([bind({ baseURL: 'http://127.0.0.1:1' }, { warmUp })])
    expect(problems).toEqual(['Warming up parts failed: Error: no model'])
  })

  it('ends at once when the run is stopped, and sends nothing further', async () => {
    const stop = new AbortController()
    const server = await rawServer(() => stop.abort())
    const baseURL = server.url.href
    const bound = [bind({ baseURL, model: 'a' }, { warmUp: () => [LOAD, { ...LOAD, path: '/again' }] })]
    expect(await warm(bound, stop.signal)).toEqual({ told: ['parts a'], problems: [] })
    expect(server.connections).toBe(1)
    await server.quiet()
  })
})
