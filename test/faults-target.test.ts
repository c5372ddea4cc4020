import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import http from 'node:http'
import https from 'node:https'
import net from 'node:net'
import { gunzipSync } from 'node:zlib'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { CERT, KEY } from '../packages/core/src/transport/__fixtures__/servers.ts'
import type { SimulatorStats } from '../packages/simulator/src/index.ts'
import { BIN, type Ran, type RunSettings } from './harness/loadbench.ts'
import { makeProject } from './harness/project.ts'
import { IMPORTS, script } from './harness/scripts.ts'
import { valueOf } from './harness/summary.ts'

vi.setConfig({ testTimeout: 180_000 })

function run(text: string, target: string, flags: readonly string[] = [], settings: RunSettings = {}) {
  const project = makeProject({ 'test.ts': text })
  return project.loadbench(['run', 'test.ts', '--target', target, '--workers', '1', ...flags], settings)
}

/** A port of this machine nobody listens on, once the promise is there. */
async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as net.AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

describe('a target that is not there', () => {
  let nobody = ''
  beforeAll(async () => {
    nobody = `http://127.0.0.1:${await freePort()}/v1`
  })

  it('an arrival rate stays the plan’s, and each iteration fails once', async () => {
    const plan = { executor: 'constant-arrival-rate', rate: 100, duration: '3s', preAllocatedVUs: 100 }
    const ran = await run(script({ scenarios: { people: plan } }), nobody, ['--no-report'])
    const summary = ran.summary()
    const [scenario] = summary.scenarios
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    expect((scenario?.started ?? 0) + (scenario?.dropped ?? 0)).toBe(300)
    const requests = valueOf(summary, 'requests', 'count')
    expect(requests).toBe(scenario?.started)
    expect(valueOf(summary, 'request_failed', 'rate')).toBe(1)
    expect(summary.errors).toMatchObject([{ class: 'connection', count: requests }])
    // Nothing else than the plan's own rate makes the thread work: measured 0.1 of a core.
    expect(valueOf(summary, 'generator_cpu', 'value')).toBeLessThan(0.8)
    expect(saidOften(ran, 'ECONNREFUSED')).toBeLessThan(10)
  })

  it('VUs that loop try again at once, and yet timers, the duration and the log hold', async () => {
    const ran = await run(
      script(
        { scenarios: { loop: { executor: 'constant-vus', vus: 4, duration: '3s' } } },
        `
      let ticks = 0
      setInterval(() => { ticks += 1 }, 100)
      export default async function () { await ask(); if (exec.scenario.progress > 0.9) check(ticks, { 'timers tick': (n) => n > 3 }) }
    `,
      ),
      nobody,
      ['--no-report'],
    )
    const summary = ran.summary()
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    expect(summary.checks).toMatchObject([{ name: 'timers tick', fails: 0 }])
    expect(summary.checks[0]?.passes).toBeGreaterThan(0)
    expect(summary.run.durationMs).toBeLessThan(20_000)
    expect(summary.errors).toMatchObject([
      { class: 'connection', count: valueOf(summary, 'requests', 'count') },
    ])
    expect(saidOften(ran, 'ECONNREFUSED')).toBeLessThan(10)
    // Thousands of sockets were made, and none was left open. The figure is Linux' own.
    expect(summary.health.figures['open_files_max'] ?? 0).toBeLessThan(100)
    // A second that held nothing but refusals is no reproach to the generator.
    expect(summary.health.verdict).toBe('trustworthy')
  })

  it('VUs that loop hear Ctrl-C', async () => {
    const ran = await run(
      script(
        { vus: 4, duration: '10m' },
        `
      export default async function () { await ask(); if (exec.vu.iterationInScenario === 50) console.log('still refused') }
    `,
      ),
      nobody,
      ['--no-report'],
      { signals: [{ when: /still refused/, send: 'SIGINT' }] },
    )
    expect(ran.code).toBe(105)
    expect(ran.summary().run).toMatchObject({ outcome: 'interrupted' })
  })

  it('VUs that loop wait where the plan says so: minIterationDuration', async () => {
    const ran = await run(script({ vus: 4, duration: '3s', minIterationDuration: '200ms' }), nobody, [
      '--no-report',
    ])
    const requests = valueOf(ran.summary(), 'requests', 'count')
    expect(requests).toBeGreaterThanOrEqual(4)
    expect(requests).toBeLessThanOrEqual(4 * 16)
  })
})

describe('a target that dies and comes back', () => {
  let port = 0
  let simulator: ChildProcess | undefined
  beforeAll(async () => {
    port = await freePort()
  })
  afterAll(() => simulator?.kill('SIGKILL'))

  async function start(): Promise<void> {
    const answer = ['--ttft', '20', '--itl', '1', '--output-tokens', '4']
    simulator = spawn(process.execPath, [BIN, 'simulate', '--port', String(port), ...answer], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const out = simulator.stdout
    if (out === null) throw new Error('the simulator says nothing')
    await once(out, 'data')
  }

  /** Waits until the simulator has taken so many requests since it was started. */
  async function accepted(count: number): Promise<void> {
    for (let taken = 0; taken < count;) {
      // oxlint-disable-next-line no-await-in-loop -- looked at again and again
      await pause(50)
      // oxlint-disable-next-line no-await-in-loop
      const answer = await fetch(`http://127.0.0.1:${port}/_sim/stats`)
      // oxlint-disable-next-line no-await-in-loop
      taken = ((await answer.json()) as SimulatorStats).accepted
    }
  }

  it('fails requests while it is away and no others; the load goes on by itself', async () => {
    await start()
    const plan = { executor: 'constant-arrival-rate', rate: 40, duration: '60s', preAllocatedVUs: 40 }
    const running = run(
      script(
        { scenarios: { people: plan } },
        `
      let failed = 0
      let again = 0
      export default async function () {
        const { ok } = await ask()
        if (!ok) failed += 1
        else if (failed > 0) again += 1
        if (again >= 80) exec.test.abort('it is back')
      }
    `,
      ),
      `http://127.0.0.1:${port}/v1`,
    )
    await accepted(60)
    simulator?.kill('SIGKILL')
    await pause(1_500)
    await start()
    const ran = await running
    const summary = ran.summary()
    expect(ran.code).toBe(108)
    // A request on its way to a kept connection may meet its end.
    const classes = summary.errors.map((error) => error.class).filter((name) => name !== 'stale_connection')
    expect(classes).toEqual(['connection'])
    expect(summary.errors[0]?.count).toBeGreaterThanOrEqual(10)
    const samples = samplesOf(ran)
    const failed = samples.filter(({ outcome }) => outcome === 'failed')
    const good = samples.filter(({ outcome }) => outcome === 'ok')
    const from = Math.min(...failed.map(({ endedAt }) => endedAt))
    const to = Math.max(...failed.map(({ endedAt }) => endedAt))
    // Of 60 and 80, less what all VUs may have had under way at the edge.
    expect(good.filter(({ endedAt }) => endedAt <= from).length).toBeGreaterThanOrEqual(20)
    expect(good.filter(({ startedAt }) => startedAt > from).length).toBeGreaterThanOrEqual(40)
    // A refusal may be slow to be heard of where the server is just coming back.
    const within = good.filter(({ startedAt, endedAt }) => startedAt > from && endedAt < to - 1_500)
    expect(within).toEqual([])
    // The report marks where it began.
    expect(ran.file('report.html')).toMatch(
      /"markers":\[[^\]]*"kind":"first-error","label":"people: first error: connection"/,
    )
  })
})

describe('an address that cannot be reached', () => {
  const settings = (more: object) => `openai({ model: 'm', ${JSON.stringify(more).slice(1, -1)} })`

  it('is told in words that say what is wrong and what to do', async () => {
    const secure = https.createServer({ cert: CERT, key: KEY })
    const plain = http.createServer((_, response) => response.end())
    const servers = [secure, plain]
    const [securePort, plainPort] = await Promise.all(
      servers.map(async (server) => {
        server.listen(0, '127.0.0.1')
        await once(server, 'listening')
        return (server.address() as net.AddressInfo).port
      }),
    )
    const clients = {
      // Labels end at 63 characters, so this name is refused on the spot, without a network.
      name: settings({ baseURL: `http://${'x'.repeat(64)}.invalid/v1` }),
      untrusted: settings({ baseURL: `https://127.0.0.1:${securePort}/v1` }),
      other: settings({
        baseURL: `https://127.0.0.1:${securePort}/v1`,
        tls: { ca: CERT, servername: 'elsewhere.test' },
      }),
      plain: settings({ baseURL: `https://127.0.0.1:${plainPort}/v1` }),
    }
    const names = Object.keys(clients)
    const scenarios = Object.fromEntries(
      names.map((name) => [name, { executor: 'per-vu-iterations', exec: name, iterations: 3 }]),
    )
    const project = makeProject({
      'test.ts': `${IMPORTS}
        export const options = ${JSON.stringify({ scenarios })}
        ${Object.entries(clients)
          .map(
            ([name, client]) => `
        const to_${name} = ${client}
        export const ${name} = () => to_${name}.chat({ messages: [{ role: 'user', content: 'x' }] })`,
          )
          .join('\n')}`,
    })
    const ran = await project.loadbench(['run', 'test.ts', '--no-report', '--workers', '1'])
    for (const server of servers) server.close()
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    const { errors } = ran.summary()
    expect(errors).toMatchObject([{ class: 'connection', count: 12 }])
    const said = errors.flatMap(({ examples }) => examples.map((one) => [one.scenario, one.message]))
    expect(Object.fromEntries(said)).toEqual({
      name: expect.stringMatching(/^no name server knows this host; check the address of the target \(/),
      untrusted: expect.stringMatching(/^nobody this machine trusts signed .* tls\.ca of the client/),
      other: expect.stringMatching(/^the server's certificate is for another name; .* tls\.servername/),
      plain: expect.stringMatching(/speaks no TLS; is the address to begin with http:\/\//),
    })
    expect(ran.stdout).toContain('tls.ca')
  })
})

interface SampleLine {
  readonly outcome: string
  readonly startedAt: number
  readonly endedAt: number
}

function samplesOf({ runFolder }: Ran): SampleLine[] {
  const text = gunzipSync(readFileSync(join(runFolder, 'samples-0.ndjson.gz'))).toString('utf8')
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as SampleLine]))
}

const saidOften = ({ stdout }: Ran, word: string): number => stdout.split(word).length - 1
