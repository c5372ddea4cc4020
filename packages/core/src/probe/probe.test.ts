import { describe, expect, it } from 'vitest'
import { now } from '../model/clock.ts'
import { isObject } from '../model/json.ts'
import type { Probe } from '../model/probe.ts'
import { deafServer, httpServer, rawServer } from '../transport/__fixtures__/servers.ts'
import { probe, type Prober, type ProbeSettings } from './probe.ts'

const asking: Probe = {
  requests: (target) => [
    { name: 'about', url: `${target.pathname}/about?x=1`, headers: { 'x-question': '1' } },
    { name: 'models', url: '/models' },
  ],
  authorization: () => ({ authorization: 'Bearer of-the-plugin' }),
  identify: ({ about, models }) => {
    if (!isObject(about?.json)) return undefined
    const { version } = about.json
    const locked = models?.status === 401
    return {
      server: 'parts',
      version: String(version),
      ...(locked ? { locked } : { models: [{ id: models?.body ?? '' }] }),
    }
  },
}
const plugin: Prober = { probe: asking }
const SETTINGS: ProbeSettings = { timeout: 5_000, keys: 'recognised' }

interface Heard {
  readonly path: string
  readonly key: string | undefined
  readonly tenant: string | undefined
}

/** Tells about itself to everybody, its models to those with a key. */
async function server(about = '{"version":7}', aboutStatus = 200) {
  const heard: Heard[] = []
  const listening = await httpServer(({ url = '', headers }, response) => {
    const key = headers.authorization ?? headers['x-api-key']?.toString()
    heard.push({ path: url, key, tenant: headers['x-tenant']?.toString() })
    if (url.startsWith('/v1/about')) response.writeHead(key === undefined ? aboutStatus : 200).end(about)
    else response.writeHead(key === undefined ? 401 : 200).end('one')
  })
  return { ...listening, target: new URL('/v1', listening.url), heard }
}

describe('a probe', () => {
  it('asks what is open without a key, and what is locked again with it', async () => {
    const { target, heard } = await server()
    const headers = { 'x-api-key': 'of-the-client', 'x-tenant': 'blue' }
    expect(await probe(plugin, target, { ...SETTINGS, headers })).toEqual({
      info: { server: 'parts', version: '7', models: [{ id: 'one' }] },
      answered: true,
    })
    expect(heard).toHaveLength(3)
    expect(heard.slice(0, 2)).toEqual(
      expect.arrayContaining([
        { path: '/v1/about?x=1', key: undefined, tenant: 'blue' },
        { path: '/models', key: undefined, tenant: 'blue' },
      ]),
    )
    expect(heard[2]).toEqual({ path: '/models', key: 'Bearer of-the-plugin', tenant: 'blue' })
  })

  it('keeps its key from a server it does not recognise', async () => {
    const { target, heard } = await server('<h1>It works!</h1>')
    expect(await probe(plugin, target, SETTINGS)).toEqual({ answered: true })
    expect(heard.every(({ key }) => key === undefined)).toBe(true)
  })

  it('shows its key to such a server where a person named both', async () => {
    const { target, heard } = await server(undefined, 403)
    expect(await probe(plugin, target, { ...SETTINGS, keys: 'always' })).toMatchObject({
      info: { version: '7' },
    })
    expect(heard.filter(({ key }) => key !== undefined)).toHaveLength(2)
  })

  it('signs what is locked, for the address it goes to', async () => {
    const { target, heard, url } = await server()
    const signing: Prober = {
      probe: asking,
      sign: (request, to) => {
        expect(to.href).toBe(new URL('/models', url).href)
        return Promise.resolve({ ...request, headers: { ...request.headers, authorization: 'signed' } })
      },
    }
    expect(await probe(signing, target, SETTINGS)).toMatchObject({ info: { models: [{ id: 'one' }] } })
    expect(heard[2]?.key).toBe('signed')
  })

  it('tells a key that is refused from one that is missing', async () => {
    const { url } = await httpServer((_, response) => response.writeHead(401).end())
    const identify = () => ({ server: 'parts', locked: true })
    const keyless: Prober = { probe: { requests: () => [{ name: 'about', url: '/about' }], identify } }
    const keyed: Prober = { probe: { ...asking, identify } }
    const always = { ...SETTINGS, keys: 'always' } as const
    expect((await probe(keyed, url, always)).info).toMatchObject({ locked: true, keyRefused: true })
    expect((await probe(keyless, url, always)).info).toEqual({ server: 'parts', locked: true })
    const headers = { 'x-api-key': 'of-the-client' }
    expect((await probe(keyless, url, { ...always, headers })).info).toMatchObject({ keyRefused: true })
  })

  it('says what was refused where nothing was answered well', async () => {
    const statuses: Record<string, number> = { '/models': 404 }
    const { url } = await httpServer((request, response) =>
      response.writeHead(statuses[request.url ?? ''] ?? 500).end(),
    )
    expect(await probe(plugin, url, SETTINGS)).toEqual({ answered: true, refused: 500 })
    statuses['/models'] = 200
    expect(await probe(plugin, url, SETTINGS)).toEqual({ answered: true })
  })

  it('calls the simulator by its name, whatever it plays', async () => {
    const { url } = await httpServer((_, response) =>
      response.writeHead(200, { server: 'loadbench-simulator' }).end('{"version":1}'),
    )
    expect((await probe(plugin, url, SETTINGS)).info).toMatchObject({ server: 'simulator' })
  })

  it('that cannot be signed stays locked', async () => {
    const { target } = await server()
    const signing: Prober = { probe: asking, sign: () => Promise.reject(new Error('no credentials')) }
    expect(await probe(signing, target, SETTINGS)).toMatchObject({ info: { locked: true } })
  })

  it('does not send its key to another origin than that of the target', async () => {
    const elsewhere = await server()
    const here = await server()
    const requests = () => [
      { name: 'about', url: '/v1/about' },
      { name: 'models', url: `${elsewhere.url.origin}/models` },
    ]
    expect(await probe({ probe: { ...asking, requests } }, here.target, SETTINGS)).toMatchObject({
      info: { locked: true },
    })
    expect(elsewhere.heard.map(({ key }) => key)).toEqual([undefined])
  })

  it('says why nothing answered', async () => {
    expect(await probe(plugin, new URL('http://127.0.0.1:1'), SETTINGS)).toMatchObject({
      answered: false,
      failure: { class: 'connection', fault: 'refused' },
    })
  })

  it('ends in time, whatever the server does', async () => {
    const silent = await rawServer(() => undefined)
    const deaf = await deafServer()
    for (const [target, message, phase] of [
      [silent.url, /^no answer within 200 ms$/, 'total'],
      // What is left for connecting, once the question is made.
      [deaf, /^no connection within 1\d\d ms$/, 'connect'],
    ] as const) {
      const begun = now()
      // oxlint-disable-next-line no-await-in-loop
      expect(await probe(plugin, target, { ...SETTINGS, timeout: 200 })).toMatchObject({
        answered: false,
        failure: { class: 'timeout', phase, message: expect.stringMatching(message) as string },
      })
      expect(now() - begun).toBeLessThan(3_000)
    }
    await silent.quiet()
  })

  it('reads no more of an answer than it can use', async () => {
    const endless = await httpServer((_, response) => {
      response.writeHead(200)
      const write = () => void (response.destroyed || response.write('a'.repeat(65_536), write))
      write()
    })
    const bodies: number[] = []
    const identify: Probe['identify'] = ({ models }) => void bodies.push(models?.body.length ?? 0)
    expect(await probe({ probe: { ...asking, identify } }, endless.url, SETTINGS)).toEqual({ answered: true })
    expect(bodies).toEqual([4 * 1024 * 1024])
    await endless.quiet()
  })

  it('survives a plugin that throws', async () => {
    const { target } = await server()
    const broken = (): never => {
      throw new Error('broken')
    }
    expect(await probe({ probe: { ...asking, identify: broken } }, target, SETTINGS)).toEqual({
      answered: true,
    })
    expect(await probe({ probe: { ...asking, requests: broken } }, target, SETTINGS)).toEqual({
      answered: false,
    })
  })
})
