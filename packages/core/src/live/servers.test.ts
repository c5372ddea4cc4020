import { afterEach, describe, expect, it } from 'vitest'
import { setTargets, type Bound } from '../client/targets.ts'
import type { Probe, ServerInfo } from '../model/probe.ts'
import type { ClientSettings } from '../model/provider.ts'
import { partsPlugin } from '../transport/__fixtures__/parts-plugin.ts'
import { httpServer, rawServer } from '../transport/__fixtures__/servers.ts'
import { findServers } from './servers.ts'

afterEach(() => setTargets({}))

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

  it('servers that tell nothing, or not in time, are left out', async () => {
    const silent = await rawServer(() => undefined)
    const page = await httpServer((_, response) => response.end('<h1>It works!</h1>'))
    const bound = [
      bind({ baseURL: silent.url.href }),
      bind({ baseURL: page.url.href }),
      bind({ baseURL: 'http://127.0.0.1:1' }),
      bind({}),
    ]
    expect(await findServers(bound, 200)).toEqual({ servers: [], warnings: [] })
  })

  it('a provider that cannot probe, and the simulator, are not asked', async () => {
    const { baseURL, asked } = await serving(VLLM)
    const { probe: _, ...plain } = bind({ baseURL }).plugin
    expect(await findServers([{ plugin: plain, settings: { baseURL } }])).toEqual({
      servers: [],
      warnings: [],
    })
    setTargets({ '*': baseURL }, true)
    expect(await findServers([bind({})])).toEqual({ servers: [], warnings: [] })
    expect(asked).toEqual([])
  })
})
