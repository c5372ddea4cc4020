import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { untilEnded } from './harness/loadbench.ts'
import { makeProject, ROOT } from './harness/project.ts'
import { IMPORTS, QUICK } from './harness/scripts.ts'
import { metricOf, valueOf } from './harness/summary.ts'

vi.setConfig({ testTimeout: 180_000 })

const seen: { method: string; url: string; authorization: string; cookie: string }[] = []

/** A service with a login, a search behind it, and an address that never answers. */
const server = http.createServer((request, response) => {
  request.resume()
  const { method = '', url = '', headers } = request
  const { authorization = '', cookie = '' } = headers
  seen.push({ method, url, authorization, cookie })
  const json = (status: number, value: unknown) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
  if (url === '/login') {
    response.setHeader('set-cookie', 'session=cookie-secret; Path=/')
    json(200, { token: 'token-secret' })
  } else if (url.startsWith('/search')) {
    if (authorization === 'Bearer token-secret') json(200, { hits: [{ text: 'Paris' }, { text: 'Rome' }] })
    else json(401, { error: 'who are you?' })
  } else if (url === '/moved') response.writeHead(302, { location: '/search' }).end()
  else if (url !== '/never') json(404, {})
})

let base = ''
beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
beforeEach(() => void seen.splice(0))
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

function run(options: object, code: string, flags: readonly string[] = []) {
  const project = makeProject({
    'test.ts': `${IMPORTS}
      import http from 'loadbench/http'
      const base = ${JSON.stringify(base)}
      export const options = ${JSON.stringify(options)}
      ${code}`,
  })
  return project.loadbench(['run', 'test.ts', '--simulate', QUICK, '--no-report', ...flags])
}

/** Everything a run left on disk, as text. */
function left(folder: string): string {
  return readdirSync(folder)
    .map((name) => readFileSync(`${folder}/${name}`))
    .map((bytes) => (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString('utf8'))
    .join('\n')
}

const RETRIEVE_AND_ASK = `
  import { check as verify } from 'loadbench'
  export default async function () {
    const login = await http.post(base + '/login', { user: 'ann', password: 'password-secret' }, { tags: { name: 'login' } })
    verify(login, { 'has a name': (r) => r.json('name') })
    const found = await http.get(http.url\`\${base}/search?q=\${exec.scenario.iterationInTest}\`, {
      headers: { Authorization: 'Bearer ' + login.json('token') },
    })
    verify(found, { 'found two': (r) => r.json('hits.#') === 2, 'came at once': (r) => r.timings.duration > 1e9 })
    const answer = await llm.chat({ messages: [{ role: 'user', content: 'About ' + found.json('hits.0.text') }] })
    verify(answer, { answered: (r) => r.ok })
  }
`

describe('a script that logs in, calls a service and then the model', () => {
  it('has all of it measured, each by its own metrics', async () => {
    const options = {
      vus: 2,
      iterations: 6,
      thresholds: {
        http_req_failed: ['rate==0'],
        'http_req_duration{name:login}': ['count==6', 'p(95)<60000'],
        'http_reqs{name:"${}/search?q=${}"}': ['count==6'],
        'http_reqs{method:POST,status:200}': ['count==6'],
      },
    }
    const ran = await run(options, RETRIEVE_AND_ASK)
    expect(ran.stderr).toBe('')
    const summary = ran.summary()
    expect(summary.thresholds.filter(({ passed }) => !passed)).toEqual([])
    expect(ran.code).toBe(0)
    expect(valueOf(summary, 'requests', 'count')).toBe(6)
    expect(valueOf(summary, 'http_reqs', 'count')).toBe(12)
    expect(metricOf(summary, 'http_req_failed').values).toMatchObject({ rate: 0, passes: 0, fails: 12 })
    expect(valueOf(summary, 'http_req_duration', 'count', { expected_response: 'true' })).toBe(12)
    expect(metricOf(summary, 'http_req_waiting').count).toBe(12)
    // One connection for each VU, kept over its iterations.
    expect(metricOf(summary, 'http_req_connecting').count).toBeLessThanOrEqual(2)
    expect(valueOf(summary, 'ttft', 'count')).toBe(6)
    expect(summary.checks.map(({ name, fails }) => [name, fails])).toEqual([
      ['has a name', 6],
      ['found two', 0],
      ['came at once', 6],
      ['answered', 0],
    ])
    // The session of one iteration does not reach into the next.
    expect(seen.filter(({ url }) => url === '/login').map(({ cookie }) => cookie)).toEqual(Array(6).fill(''))
    expect(
      seen.filter(({ url }) => url !== '/login').every(({ cookie }) => cookie === 'session=cookie-secret'),
    ).toBe(true)
  })

  it('sees a section on HTTP in the summary, and no secret in what the run leaves', async () => {
    const ran = await run({ iterations: 2 }, RETRIEVE_AND_ASK)
    expect(ran.stdout).toMatch(
      / HTTP .*\n +http_req_duration .*\n +\{ expected_response:true \} .*\n[^]*http_reqs +4 [^]*http_req_failed +0% +0 of 4\n/,
    )
    expect(ran.stdout).not.toMatch(/http_req_(blocked|waiting|interrupted)/)
    const everything = ran.stdout + left(ran.runFolder)
    expect(everything).toContain('/search?q=')
    expect(everything).not.toMatch(/token-secret|cookie-secret|password-secret/)
  })
})

describe('plain HTTP', () => {
  it('works in setup() and teardown(), under their groups', async () => {
    const thresholds = {
      'http_reqs{group:::setup}': ['count==1'],
      'http_reqs{group:::teardown}': ['count==1'],
    }
    const ran = await run(
      { iterations: 2, thresholds },
      `
      export const setup = async () => (await http.post(base + '/login', {})).json()
      export default async function ({ token }) {
        const { status } = await http.get(base + '/search', { headers: { Authorization: 'Bearer ' + token } })
        check(status, { found: status === 200 })
      }
      export const teardown = async () => void (await http.del(base + '/login'))
    `,
    )
    expect(ran.code).toBe(0)
    expect(valueOf(ran.summary(), 'http_reqs', 'count')).toBe(4)
    expect(valueOf(ran.summary(), 'checks', 'rate')).toBe(1)
    expect(seen.map(({ method }) => method)).toEqual(['POST', 'GET', 'GET', 'DELETE'])
  })

  it('needs no model, and says what failed', async () => {
    const ran = await run(
      { iterations: 3, thresholds: { http_req_failed: ['rate<0.5'] } },
      `
      export default async function () {
        await http.get(base + '/moved', { headers: { Authorization: 'Bearer token-secret' } })
        await http.batch([base + '/nowhere', base + '/search', 'http://127.0.0.1:1/refused'])
      }
    `,
    )
    expect(ran.code).toBe(99)
    const summary = ran.summary()
    // A redirect counts as two, both of them good.
    expect(metricOf(summary, 'http_req_failed').values).toMatchObject({ passes: 9, fails: 6 })
    expect(valueOf(summary, 'iteration_failed', 'rate')).toBe(0)
    expect(Object.fromEntries(summary.errors.map((one) => [one.class, one.count]))).toEqual({
      auth: 3,
      connection: 3,
      http_4xx: 3,
    })
    expect(ran.stdout).toMatch(/ERRORS[^]*GET http:\/\/127\.0\.0\.1:\d+\/nowhere: HTTP 404 Not Found/)
  })

  it('that the end of the run cuts off is counted, and never answered', async () => {
    const scenario = { executor: 'constant-vus', vus: 2, duration: '1s', gracefulStop: 0 }
    const ran = await run(
      { scenarios: { one: scenario } },
      `
      export default async function () {
        await http.get(base + '/never')
        console.log('answered after all')
      }
    `,
    )
    expect(ran.code).toBe(0)
    expect(ran.stdout).not.toContain('answered after all')
    expect(ran.stdout).toMatch(/http_req_interrupted +2 /)
    expect(valueOf(ran.summary(), 'http_req_interrupted', 'count')).toBe(2)
    expect(ran.summary().metrics.map(({ name }) => name)).not.toContain('http_req_duration')
    expect(ran.summary().scenarios).toMatchObject([{ interrupted: 2 }])
  })

  it('with a wrong request fails its iteration, and says where', async () => {
    const ran = await run({ iterations: 1 }, `export default async function () { await http.get('/search') }`)
    expect(ran.stdout + ran.stderr).toMatch(/"\/search" is no http or https address[^]*test\.ts:\d+/)
    expect(valueOf(ran.summary(), 'iteration_failed', 'rate')).toBe(1)
  })

  it('works in a plain Node program, which ends by itself', async () => {
    const project = makeProject({
      'package.json': '{ "type": "module" }',
      'program.js': `
        import { http } from ${JSON.stringify(`${ROOT}/packages/core/dist/http.js`)}
        const { status } = await http.post(${JSON.stringify(base)} + '/login', { user: 'ann' })
        console.log(status)
      `,
    })
    const ended = await untilEnded(process.execPath, ['program.js'], { cwd: project.folder })
    expect(ended).toEqual({ code: 0, stdout: '200\n', stderr: '' })
  })
})
