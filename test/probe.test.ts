import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startSimulator } from '../packages/simulator/src/index.ts'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { makeProject } from './harness/project.ts'
import { valueOf } from './harness/summary.ts'

vi.setConfig({ testTimeout: 120_000 })

/** A provider of JSON lines that tells about itself to those with a key, and loads its model first. */
const PLUGIN = `
import { connect, isObject, type ClientSettings, type ProviderPlugin } from 'loadbench/plugin'

const post = (path: string, body: object) => ({
  method: 'POST' as const, path, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
})
export const minePlugin = ({ model }: ClientSettings): ProviderPlugin => ({
  apiVersion: 1,
  name: 'mine',
  targetVariables: [],
  encode: (call) => post('/say', { model: call.model }),
  framing: () => 'ndjson',
  decoder: () => ({ data }) => JSON.parse(data),
  warmUp: () => (model === undefined ? [] : [post('/load', { model })]),
  probe: {
    requests: () => [{ name: 'about', url: '/about' }],
    authorization: () => ({ authorization: 'Bearer s3cret' }),
    identify: ({ about }) => {
      const told: any = about?.json
      if (!isObject(told)) return about?.headers['x-mine'] === undefined ? undefined : { server: 'mine', locked: true }
      return { server: 'mine', ...told }
    },
  },
})
export const mine = (settings: ClientSettings = {}) => connect(minePlugin(settings), settings)
export const plugins = [minePlugin({})]
`
const SCRIPT = `
import { mine } from './mine.ts'
export const options = { iterations: 2 }
const llm = mine({ model: 'big' })
export function setup() { console.log('setup') }
export default async function () { await llm.call({ kind: 'completion', prompt: 'x' }) }
`
const ANSWER =
  '[{"type":"text-delta","text":"a"}]\n[{"type":"usage","outputTokens":1},{"type":"finish","reason":"stop"}]\n'
const ABOUT = {
  version: '7',
  models: [{ id: 'small', contextLength: 512 }],
  configuration: { api_key: 's3cret', slots: 2 },
  warnings: ['It swaps.'],
}

interface Behaviour {
  readonly about?: (response: ServerResponse) => void
  readonly load?: (response: ServerResponse) => void
}

const servers: { close(): void; closeAllConnections(): void }[] = []
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
  }
})

async function serve({ about, load }: Behaviour = {}) {
  const heard: string[] = []
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const { url, headers } = request
    heard.push(`${url}${headers.authorization === undefined ? '' : ' with key'}`)
    response.setHeader('x-mine', '1')
    if (url === '/say') response.end(ANSWER)
    else if (url === '/load') (load ?? ((one) => void one.end()))(response)
    else if (url !== '/about') response.writeHead(404).end()
    else if (about !== undefined) about(response)
    else if (headers.authorization === undefined) response.writeHead(401).end()
    else response.end(JSON.stringify(ABOUT))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  servers.push(server)
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, heard }
}

const MODEL = 'amazon.nova-lite-v1:0'
/** By which providers it is found, and with which models; its name is the same whatever it plays. */
const AS_SPOKEN = [
  ['openai', [['openai', [MODEL]]]],
  [
    'ollama',
    [
      ['openai', [MODEL]],
      ['ollama', [MODEL]],
    ],
  ],
  [
    'tgi',
    [
      ['openai', [MODEL]],
      ['tgi', [MODEL]],
    ],
  ],
  ['bedrock', [['bedrock', [MODEL]]]],
  ['sagemaker', [['sagemaker', []]]],
] as const
const SIMULATOR_KEYS = {
  AWS_ACCESS_KEY_ID: 'SIMULATORACCESSKEY',
  AWS_SECRET_ACCESS_KEY: 'simulator-secret',
  AWS_REGION: 'us-east-1',
}

const project = makeProject({ 'mine.ts': PLUGIN, 'script.ts': SCRIPT })

describe('loadbench probe', () => {
  it('tells in a table what serves at an address', async () => {
    const { url, heard } = await serve()
    const { code, stdout, stderr } = await project.loadbench(['probe', url, '--plugin', './mine.ts'])
    expect(stderr).toBe('')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^ {2}mine +mine +7 +– +1$/m)
    expect(stdout).toMatch(/^ {2}small +context 512$/m)
    expect(stdout).toMatch(/^ {2}slots +2$/m)
    expect(stdout).toContain('! It swaps.')
    expect(stdout).not.toContain('s3cret')
    expect(heard).toEqual(expect.arrayContaining(['/about', '/about with key']))
  })

  it('tells it as JSON', async () => {
    const { url } = await serve()
    const asked = ['probe', url, '--plugin', './mine.ts', '--provider', 'mine', '--json']
    const { code, stdout } = await project.loadbench(asked)
    expect(code).toBe(0)
    const configuration = { api_key: '[removed]', slots: 2 }
    expect(JSON.parse(stdout)).toEqual([
      { provider: 'mine', target: `${url}/`, server: 'mine', ...ABOUT, configuration },
    ])
  })

  it('recognises the simulator by the providers of loadbench', async () => {
    const simulator = await startSimulator({})
    const { code, stdout } = await project.loadbench(['probe', simulator.url, '--json'])
    await simulator.stop()
    expect(code).toBe(0)
    const found = JSON.parse(stdout) as { provider: string; models?: { id: string }[] }[]
    expect(found.find(({ provider }) => provider === 'openai')?.models).toMatchObject([{ id: 'sim-8b' }])
  })

  it.each(AS_SPOKEN)('recognises the simulator that speaks %s alone', async (speaks, expected) => {
    const simulator = await startSimulator({ speaks: [speaks], models: [MODEL] })
    const { code, stdout, stderr } = await project.loadbench(['probe', simulator.url, '--json'], {
      env: SIMULATOR_KEYS,
    })
    await simulator.stop()
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const found = JSON.parse(stdout) as { provider: string; server: string; models?: { id: string }[] }[]
    expect(found.map(({ provider, models = [] }) => [provider, models.map(({ id }) => id)])).toEqual(expected)
    expect(new Set(found.map(({ server }) => server))).toEqual(new Set(['simulator']))
  })

  it('says that a key is refused, where there is a wrong one', async () => {
    const simulator = await startSimulator({ speaks: ['openai'], apiKey: 'right' })
    const probed = async (key: string) =>
      (await project.loadbench(['probe', simulator.url], { env: { OPENAI_API_KEY: key } })).stdout
    const [wrong, none, right] = await Promise.all([probed('wrong'), probed(''), probed('right')])
    await simulator.stop()
    expect(wrong).toContain('! It refuses the key it was shown')
    expect(none).toContain('! It wants a key')
    expect(right).not.toContain('key')
  })

  it('says when something answers that nobody knows', async () => {
    const page = createServer((_, response) => response.end('<h1>It works!</h1>')).listen(0, '127.0.0.1')
    await once(page, 'listening')
    servers.push(page)
    const url = `http://127.0.0.1:${(page.address() as AddressInfo).port}/`
    const { code, stdout, stderr } = await project.loadbench(['probe', url])
    expect(stdout).toBe('')
    expect(stderr).toContain(`LB_SERVER_UNKNOWN something answers at ${url}`)
    expect(code).toBe(1)
  })

  it.each([
    [
      ['http://127.0.0.1:1'],
      2,
      'LB_TARGET_UNREACHABLE nothing answers at http://127.0.0.1:1/: connect ECONNREFUSED',
    ],
    [['127.0.0.1:1'], 104, 'LB_TARGET_INVALID the address is "127.0.0.1:1"'],
    [
      ['http://127.0.0.1:1', '--provider', 'opnai'],
      104,
      'LB_USAGE there is no provider "opnai" that can probe; did you mean "openai"?',
    ],
    [
      ['http://127.0.0.1:1', '--plugin', 'not-there'],
      104,
      'LB_PLUGIN_NOT_FOUND there is no package not-there',
    ],
    [['http://127.0.0.1:1', '--timeout', 'soon'], 104, 'LB_USAGE --timeout soon is no duration'],
    [[], 104, 'LB_USAGE loadbench probe needs an address'],
  ])('%j ends with %i: %s', async (args, exit, message) => {
    const { code, stderr } = await project.loadbench(['probe', ...args])
    expect(stderr).toContain(message)
    expect(code).toBe(exit)
  })
})

describe('a run', () => {
  it('warms up, then asks what it will load, and tells of a model that is not served', async () => {
    const { url, heard } = await serve()
    const ran = await project.loadbench(['run', 'script.ts', '--target', url])
    expect(ran.code).toBe(0)
    expect(heard[0]).toBe('/load')
    expect(heard.slice(1, 3)).toEqual(['/about', '/about with key'])
    expect(ran.stdout.indexOf('warming up mine big …')).toBeGreaterThan(0)
    expect(ran.stdout.indexOf('warming up mine big …')).toBeLessThan(ran.stdout.indexOf('setup\n'))
    expect(ran.stdout).toContain('mine → mine 7, small (context 512)')
    const missing = 'The model "big" is not among those the server of mine serves (it serves small).'
    // Broken into lines where the terminal ends.
    expect(ran.stdout.replaceAll(/\s+/g, ' ')).toContain(`! ${missing}`)
    const known = [{ provider: 'mine', target: `${url}/`, server: 'mine', version: '7' }]
    expect(ran.summary()).toMatchObject({ servers: known, warnings: ['mine: It swaps.', missing] })
    expect(JSON.parse(ran.file('run.json'))).toMatchObject({ servers: known })
    expect(ran.file('run.json')).not.toContain('s3cret')
    // What comes before the load is no load.
    expect(valueOf(ran.summary(), 'requests', 'count')).toBe(2)
  })

  it('tells before the load that nothing answers, and goes on', async () => {
    const ran = await project.loadbench(['run', 'script.ts', '--target', 'http://127.0.0.1:1'])
    const told = '! Nothing answers at http://127.0.0.1:1/ (ECONNREFUSED: nothing listens there).'
    expect(ran.stdout.replaceAll(/\s+/g, ' ')).toContain(told)
    expect(ran.stdout.indexOf('! Nothing')).toBeLessThan(ran.stdout.indexOf('\n  requests '))
    // At the end that every request failed says it all.
    expect(ran.stdout.match(/Nothing answers/g)).toHaveLength(1)
    expect(ran.stdout).toContain('\n  – nothing to judge: no request ended well\n')
    expect(ran.stdout).toMatch(
      /passed after .*, exit code 0:\n +every request failed: this verdict says nothing/,
    )
    expect(ran.summary().warnings[0]).toMatch(/^Every request failed \(2 of 2\)/)
    expect(valueOf(ran.summary(), 'requests', 'count')).toBe(2)
  })

  it('is refused where it cannot sign a single request', async () => {
    project.write(
      'aws.ts',
      `import { bedrock } from '@loadbench/plugin-bedrock'
       const llm = bedrock({ model: 'amazon.nova-lite-v1:0' })
       export default () => llm.chat({ messages: [{ role: 'user', content: 'x' }] })`,
    )
    const env = { AWS_REGION: 'us-east-1', AWS_EC2_METADATA_DISABLED: 'true', HOME: project.folder }
    const { code, stdout, stderr } = await project.loadbench(['run', 'aws.ts'], { env })
    expect({ code, stdout }).toEqual({ code: 104, stdout: '' })
    expect(stderr).toContain('LB_NO_CREDENTIALS bedrock cannot sign its requests: ')
    expect(stderr).toContain('AWS_ACCESS_KEY_ID')
    expect((await project.loadbench(['run', 'aws.ts', '--simulate'], { env })).code).toBe(0)
  })

  it('asks nothing with --no-probe', async () => {
    const { url, heard } = await serve()
    const ran = await project.loadbench(['run', 'script.ts', '--target', url, '--no-probe', '-q'])
    expect(ran.code).toBe(0)
    expect(heard).toEqual(['/load', '/say', '/say'])
    expect(ran.summary()).not.toHaveProperty('servers')
  })

  it('does not wait long for a server that does not tell, and says nothing about it', async () => {
    const { url, heard } = await serve({
      about: () => undefined,
      load: (response) => response.writeHead(500).end('no'),
    })
    const ran = await project.loadbench(['run', 'script.ts', '--target', url])
    expect(ran.code).toBe(0)
    expect(heard.filter((path) => path === '/say')).toHaveLength(2)
    expect(ran.summary().warnings).toEqual(['Warming up mine big failed: HTTP 500 no'])
  })

  it('can be stopped while it warms up', async () => {
    const { url, heard } = await serve({ load: () => undefined })
    const ran = await project.loadbench(['run', 'script.ts', '--target', url], {
      signals: [{ when: /warming up/, send: 'SIGINT' }],
    })
    expect(ran.code).toBe(105)
    expect(heard).not.toContain('/say')
    expect(ran.stdout).not.toContain('setup\n')
  })

  it('is refused where the simulator does not speak its protocol', async () => {
    const { code, stderr } = await project.loadbench(['run', 'script.ts', '--simulate'])
    expect(stderr).toContain(
      'LB_SIMULATOR_INVALID the simulator does not speak the protocol of "mine" (POST /say); it speaks openai,',
    )
    expect(code).toBe(104)
  })

  it('warms up the simulator too', async () => {
    project.write('mine.ts', PLUGIN.replace("'/say'", "'/generate_stream'"))
    const ran = await project.loadbench(['run', 'script.ts', '--simulate'])
    project.write('mine.ts', PLUGIN)
    expect(ran.stdout).toContain('warming up mine big …')
    expect(ran.summary().warnings.join('\n')).toContain('Warming up mine big failed: HTTP 404')
  })

  it('is refused where --target misspells its provider, and told where it names another', async () => {
    const { url } = await serve()
    const misspelt = await project.loadbench(['run', 'script.ts', '--target', `mien=${url}`])
    expect(misspelt).toMatchObject({ code: 104, stdout: '' })
    expect(misspelt.stderr).toContain(
      'LB_USAGE --target mien=… names no provider of the script; did you mean "mine"?',
    )
    const other = await project.loadbench(['run', 'script.ts', '-t', url, '-t', `bedrock=${url}`])
    expect(other.code).toBe(0)
    expect(other.summary().warnings).toContain(
      '--target bedrock=… names a provider that no client at the top of the script has (there: mine).',
    )
  })
})
