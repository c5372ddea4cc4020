import { afterEach, describe, expect, it } from 'vitest'
import { setTargets, type Bound } from '../client/targets.ts'
import type { Probe, ServerInfo } from '../model/probe.ts'
import type { ClientSettings, ProviderPlugin } from '../model/provider.ts'
import { partsPlugin } from '../transport/__fixtures__/parts-plugin.ts'
import { deafServer, httpServer, httpsServer, rawServer } from '../transport/__fixtures__/servers.ts'
import { findServers as find } from './servers.ts'

afterEach(() => setTargets({}))

/** With no other provider installed. */
const findServers = (bound: readonly Bound[], patience?: number) => find(bound, async () => [], patience)

/** Tells what the body of its one answer says. */
const asking: Probe = {
  requests: () => [{ name: 'about', url: '/about' }],
  identify: ({ about }) => about?.json as ServerInfo | undefined,
}

const bind = (settings: ClientSettings, probe: Probe | undefined = asking): Bound => ({
  plugin: { ...partsPlugin, ...(probe === undefined ? {} : { probe }) },
  settings,
})

async function serving(info: object) {
  const asked: string[] = []
  const { url } = await httpServer((request, response) => {
    asked.push(`${request.url} ${request.headers.authorization ?? ''}`)
    response.end(JSON.stringify(info))
  })
  return { baseURL: url.href, asked }
}

const VLLM = { server: 'vllm', version: '0.10.0' }

describe('before the load', () => {
  it('each address is asked once what serves there, however many clients go to it', async () => {
    const { baseURL, asked } = await serving(VLLM)
    const headers = { authorization: 'Bearer key' }
    const { servers, warnings } = await findServers([
      bind({ baseURL, model: 'a', headers }),
      bind({ baseURL, model: 'b', headers }),
    ])
    expect(servers).toEqual([{ provider: 'parts', target: baseURL, ...VLLM }])
    expect(warnings).toEqual([])
    expect(asked).toEqual(['/about '])
  })

  it('a model that is not served is told, with what it may have been meant to be', async () => {
    const models = [{ id: 'org/llama-3', aliases: ['llama'] }, { id: 'qwen' }]
    const { baseURL } = await serving({ ...VLLM, models })
    const clients = ['llama', 'qwen', 'qwem', 'gpt'].map((model) => bind({ baseURL, model }))
    expect((await findServers([...clients, bind({ baseURL })])).warnings).toEqual([
      'The model "qwem" is not among those the server of parts serves; did you mean "qwen"? (it serves org/llama-3, qwen).',
      'The model "gpt" is not among those the server of parts serves (it serves org/llama-3, qwen).',
    ])
  })

  it('nothing is said about models where the server does not tell them', async () => {
    const { baseURL } = await serving(VLLM)
    expect((await findServers([bind({ baseURL, model: 'a' })])).warnings).toEqual([])
  })

  it('of many models those are kept that are asked for', async () => {
    const models = Array.from({ length: 500 }, (_, index) => ({ id: `m${index}` }))
    const { baseURL } = await serving({ ...VLLM, models })
    const { servers, warnings } = await findServers([bind({ baseURL, model: 'm499' })])
    expect(servers[0]?.models).toHaveLength(20)
    expect(servers[0]?.models?.[0]).toEqual({ id: 'm499' })
    expect(warnings).toEqual([])
    const [warning] = (await findServers([bind({ baseURL, model: 'other' })])).warnings
    expect(warning).toMatch(/\(it serves m0, m1, m2, m3, m4 and 495 more\)\.$/)
  })

  it('what the server says of itself is passed on, without its secrets', async () => {
    const configuration = { api_key: 's3cret', max_total_tokens: 4_096, hf_token: '', tp: 2 }
    const models = [{ id: 'a', details: { auth_token: 's3cret', family: 'llama' } }]
    const { baseURL } = await serving({ ...VLLM, configuration, models, warnings: ['It swaps.'] })
    const { servers, warnings } = await findServers([
      bind({ baseURL: baseURL.replace('//', '//me:s3cret@') }),
    ])
    expect(warnings).toEqual(['parts: It swaps.'])
    expect(servers[0]).toEqual({
      provider: 'parts',
      target: baseURL,
      ...VLLM,
      configuration: { api_key: '[removed]', max_total_tokens: 4_096, hf_token: '', tp: 2 },
      models: [{ id: 'a', details: { auth_token: '[removed]', family: 'llama' } }],
      warnings: ['It swaps.'],
    })
  })

  it('an address that tells nothing, tells it late, or is none, is left out', async () => {
    const silent = await rawServer(() => undefined)
    const page = await httpServer((_, response) => response.end('<h1>It works!</h1>'))
    const bound = [bind({ baseURL: page.url.href }), bind({ baseURL: silent.url.href }), bind({})]
    expect(await findServers(bound, 200)).toEqual({ servers: [], warnings: [], unanswered: [] })
    await silent.quiet()
  })

  it('one where nothing answers is told once, with why', async () => {
    const deaf = await deafServer()
    const plain = await httpServer((_, response) => response.end('{}'))
    const tls = await httpsServer((_, response) => response.end('{}'))
    const { warnings, unanswered } = await findServers(
      [
        'http://me:s3cret@127.0.0.1:1/v1',
        deaf.href,
        'http://no-such-host.invalid',
        plain.url.href.replace('http:', 'https:'),
        tls.url.href,
        tls.url.href.replace('https:', 'http:'),
      ].flatMap((baseURL) => [bind({ baseURL, model: 'a' }), bind({ baseURL, model: 'b' })]),
      1_000,
    )
    expect(warnings).toEqual([])
    expect(unanswered.map((text) => text.replaceAll(/127\.0\.0\.1:\d{4,}\//g, 'HOST/'))).toEqual([
      'Nothing answers at http://127.0.0.1:1/v1 (ECONNREFUSED: nothing listens there).',
      expect.stringMatching(/^Nothing answers at http:\/\/HOST\/ \(no connection within \d+ ms\)\.$/),
      expect.stringMatching(
        /^Nothing answers at http:\/\/no-such-host\.invalid\/ \(E\w+: the name of the host is not known\)\.$/,
      ),
      expect.stringMatching(
        /^Nothing answers at https:\/\/HOST\/ \(\w+: it does not speak TLS; is it http, not https\?\)\.$/,
      ),
      expect.stringMatching(/^Nothing answers at https:\/\/HOST\/ \(\w+: TLS: .*self-signed certificate/),
      expect.stringMatching(/^Nothing answers at http:\/\/HOST\/ \(\w+: .+\)\.$/),
    ])
  })

  describe('a server that is another than the script takes it for', () => {
    const refusing = () => httpServer((_, response) => response.writeHead(404).end())
    const other = (name: string, identify: Probe['identify']): ProviderPlugin => ({
      ...partsPlugin,
      name,
      probe: { ...asking, authorization: () => ({ authorization: 'of-another' }), identify },
    })

    it('is called by its name where another provider knows it, which shows it no key', async () => {
      const heard: unknown[] = []
      const { url } = await httpServer(({ headers }, response) => {
        heard.push(headers.authorization)
        response.writeHead(401).end()
      })
      const others = [
        other('parts', () => ({ server: 'itself' })),
        other('ollama', ({ about }) => (about?.status === 401 ? { server: 'ollama' } : undefined)),
      ]
      const { warnings } = await find([bind({ baseURL: url.href })], async () => others)
      expect(warnings).toEqual([
        `${url.href} looks like ollama, not parts: check --target, or the provider of the script.`,
      ])
      expect(heard).not.toContain('of-another')
    })

    it('is told by the engine where that has another name than the provider', async () => {
      const { url } = await refusing()
      const others = [other('openai', () => ({ server: 'vllm' }))]
      const { warnings } = await find([bind({ baseURL: url.href })], async () => others)
      expect(warnings[0]).toBe(
        `${url.href} looks like vllm, the server of another provider (openai), not parts: check --target, or the provider of the script.`,
      )
    })

    it('is not looked for where the provider itself is known at the address without its path', async () => {
      const { url } = await httpServer(({ url: path = '' }, response) => {
        if (path === '/about') response.end(JSON.stringify(VLLM))
        else response.writeHead(404).end()
      })
      const below: Probe = {
        ...asking,
        requests: ({ pathname }) => [{ name: 'about', url: `${pathname.replace(/\/$/, '')}/about` }],
      }
      const others = [other('sagemaker', () => ({ server: 'simulator' }))]
      const wrong = `http://me:s3cret@${url.host}/v2`
      const { warnings } = await find([bind({ baseURL: wrong }, below)], async () => others)
      expect(warnings).toEqual([
        `${url.href}v2 does not answer as parts does, but ${url.href} does: check the path in --target, or in baseURL.`,
      ])
    })

    it('is told by what it refuses where nobody knows it', async () => {
      const { url } = await refusing()
      const { warnings } = await find([bind({ baseURL: url.href })], () => Promise.reject(new Error('none')))
      expect(warnings).toEqual([
        `${url.href} answers 404 to all that parts asks: check the address, its path too, unless a gateway hides the server.`,
      ])
    })
  })

  it('a provider that cannot probe, and the simulator, are not asked', async () => {
    const { baseURL, asked } = await serving(VLLM)
    const { probe: _, ...plain } = bind({ baseURL }).plugin
    expect(await findServers([{ plugin: plain, settings: { baseURL } }])).toEqual({
      servers: [],
      warnings: [],
      unanswered: [],
    })
    setTargets({ '*': baseURL }, true)
    expect(await findServers([bind({})])).toEqual({ servers: [], warnings: [], unanswered: [] })
    expect(asked).toEqual([])
  })
})
