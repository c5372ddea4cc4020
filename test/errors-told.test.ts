import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Ran } from './harness/loadbench.ts'
import { makeProject } from './harness/project.ts'
import { QUICK, script } from './harness/scripts.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

const project = makeProject()
const REQUESTS = 3_000

/** How many answers a server gave before, without a digit: such words are not folded together. */
const wordOf = (index: number) => Array.from(String(index), (digit) => 'abcdefghij'[Number(digit)]).join('')

describe('a server that says something else in every error', () => {
  let server: Server
  let ran: Ran

  beforeAll(async () => {
    let answers = 0
    server = createServer((request, response) => {
      request.resume()
      const number = answers++
      const [status, message] =
        number % 3 === 0 ? [503, `no worker for ${wordOf(number)}`] : [500, `request ${number} met an error`]
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ error: { message } }))
    })
    await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done))
    const { port } = server.address() as AddressInfo
    project.write(
      'errors.ts',
      script(
        { scenarios: Object.fromEntries(['first', 'second'].map(scenarioOf)), workers: 2, by: ['turn'] },
        `export default async function () {
          const turn = String((exec.scenario.iterationInTest % 3) + 1)
          await llm.chat({ messages: [{ role: 'user', content: 'Hello' }], tags: { turn } })
        }`,
      ),
    )
    ran = await project.loadbench(['run', 'errors.ts', '--target', `http://127.0.0.1:${port}/v1`])
  })
  afterAll(() => server.close())

  it('makes a summary that can be read', () => {
    expect(ran.code).toBe(0)
    const lines = ran.stdout.split('\n')
    expect(ran.stdout).toMatch(/http_5xx {2}2,000×\n +request # met an error \(first at/)
    expect(ran.stdout).toMatch(
      /overloaded {2}1,000×\n( +1× no worker for \w+ \(at .*\n(?: +.*\)\n)?){3} +997× other messages/,
    )
    expect(lines.filter((line) => line.includes('no worker for'))).toHaveLength(3)
    expect(lines.length).toBeLessThan(150)
  })

  it('is told exactly, class by class and part by part', () => {
    const { errors } = ran.summary()
    expect(errors.map(({ class: name, count }) => [name, count])).toEqual([
      ['http_5xx', 2_000],
      ['overloaded', 1_000],
    ])
    for (const { count, messages, others, parts } of errors) {
      expect(messages.length).toBeLessThanOrEqual(20)
      expect(messages.reduce((sum, one) => sum + one.count, others)).toBe(count)
      for (const tag of ['scenario', 'turn']) {
        const own = parts.filter(({ tags }) => tag in tags)
        expect(own.reduce((sum, one) => sum + one.count, 0)).toBe(count)
      }
    }
    expect(errors[0]?.messages).toMatchObject([
      { message: 'request # met an error', count: 2_000, first: { status: 500 } },
    ])
  })

  it('leaves short lines in the folder of the run', () => {
    const lines = ran.file('snapshots.ndjson').split('\n')
    const errors = lines.filter((line) => line !== '').map((line) => JSON.stringify(errorsOf(line)).length)
    expect(Math.max(...errors)).toBeGreaterThan(100)
    expect(Math.max(...errors)).toBeLessThan(100_000)
  })
})

function scenarioOf(name: string) {
  return [name, { executor: 'shared-iterations', vus: 4, iterations: REQUESTS / 2 }] as const
}

function errorsOf(line: string): unknown {
  return (JSON.parse(line) as { readonly errors: unknown }).errors
}

describe('a run that measured nothing', () => {
  const run = async (code: string, flags: readonly string[] = []): Promise<Ran> => {
    project.write('hollow.ts', script({ vus: 2, iterations: 4 }, code))
    return project.loadbench(['run', 'hollow.ts', '--simulate', QUICK, '--no-report', ...flags])
  }

  it.each<[string, string, string, RegExp]>([
    [
      'of which every iteration threw',
      `export default async function () { await ask(); throw new Error('not today') }`,
      'every iteration failed',
      /! Every iteration failed \(4 of 4\)/,
    ],
    [
      'without a request',
      `export async function setup() { await ask() }\nexport default function () {}`,
      'no request was sent',
      /! No request was sent in 4 iterations/,
    ],
  ])('%s passes, and says that this says nothing', async (_, code, what, note) => {
    const ran = await run(code)
    expect(ran.code).toBe(0)
    expect(ran.stdout).toMatch(note)
    expect(ran.stdout).toMatch(
      new RegExp(`passed after .*, exit code 0:\\n +${what}: this verdict says nothing`),
    )
    expect(ran.summary().run.reason).toContain(what)
    expect(ran.summary().warnings[0]).toMatch(new RegExp(what, 'i'))
  })

  it('says so in the compact summary too', async () => {
    const { stdout } = await run('export default function () {}', ['--summary', 'compact'])
    expect(stdout).toContain('no request was sent: this verdict says nothing')
  })

  it('is not one that measured something', async () => {
    const ran = await run('export default async function () { await ask() }')
    expect(ran.summary().run).not.toHaveProperty('reason')
    expect(ran.stdout).not.toContain('this verdict says nothing')
  })
})

it('rejections nobody waits for are told once, and counted', async () => {
  project.write(
    'forgotten.ts',
    script(
      { vus: 2, iterations: 6, workers: 2 },
      `export default async function () {
        void Promise.reject(new Error('order ' + exec.scenario.iterationInTest + ' forgotten'))
        await ask()
      }`,
    ),
  )
  const ran = await project.loadbench(['run', 'forgotten.ts', '--simulate', QUICK, '--no-report'])
  expect(ran.stdout.match(/unhandled rejection in the script: Error: order \d forgotten/g)).toHaveLength(1)
  expect(ran.stdout).toContain('unhandled rejections  6×')
  expect(ran.summary().scriptErrors).toMatchObject([{ kind: 'rejection', scenario: '', count: 6 }])
})
