import type { Summary } from 'loadbench'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { Ran } from './harness/loadbench.ts'
import { makeProject } from './harness/project.ts'
import { script } from './harness/scripts.ts'
import { metricOf, valueOf } from './harness/summary.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

const simulate = (settings: object = {}) => [
  '--simulate',
  JSON.stringify({ ttft: 5, itl: 1, outputTokens: 4, ...settings }),
]

/** Two scenarios, two models, turns beyond nine, an answer that is never long enough, and one call in ten fails. */
const project = makeProject({
  'mix.ts': script(
    {
      scenarios: {
        chat: { executor: 'per-vu-iterations', vus: 2, iterations: 12 },
        ramp: {
          executor: 'ramping-vus',
          startVUs: 1,
          stages: [
            { duration: '1s', target: 2 },
            { duration: '500ms', target: 1 },
          ],
          exec: 'ramp',
        },
      },
      workers: 2,
      thresholds: { ttft: ['p(95)<60s'], request_failed: ['rate<0.01%'] },
    },
    `
      const small = openai({ model: 'small' })
      const large = openai({ model: 'large' })
      const messages = [{ role: 'user', content: 'Hi' }]
      export default async function () {
        const reply = await small.chat({ messages, tags: { turn: String(exec.vu.iterationInScenario + 1) } })
        check({ apiKey: 'sk-0123456789', ...reply }, { long: ({ text }) => text.length > 100_000 })
      }
      export async function ramp() {
        await large.chat({ messages })
        sleep(0.05)
      }
      export async function teardown() { await large.chat({ messages, tags: { turn: 'last' } }) }
    `,
  ),
})

const failing = simulate({ faults: { 'server-error': 0.2 }, seed: 3 })
const run = (...flags: readonly string[]) =>
  project.loadbench(['run', 'mix.ts', ...failing, '--no-report', ...flags])

/** Of a page of text: whether every line fits a terminal of 80 columns; paths of results may be longer. */
const tooWide = (text: string) =>
  text.split('\n').filter((line) => line.length > 80 && !/^ {2}(?:results|report|look at) /.test(line))

describe('the summary of a run with parts', () => {
  let ran: Ran
  let summary: Summary
  beforeAll(async () => {
    ran = await run('--by', 'model', '--by', 'turn')
    summary = ran.summary()
  })

  it('has the scenarios, and each value of the tags, as parts with every metric', () => {
    expect(summary.parts.map(({ label }) => label)).toEqual([
      'scenario chat',
      'scenario ramp',
      'model large',
      'model small',
      ...Array.from({ length: 12 }, (_, turn) => `turn ${turn + 1}`),
      'turn last',
    ])
    expect(valueOf(summary, 'requests', 'count', { turn: '10' })).toBe(2)
    expect(valueOf(summary, 'requests', 'count', { model: 'small' })).toBe(24)
    const wholes = summary.metrics.filter(({ tags }) => Object.keys(tags).length === 0)
    expect(wholes.length).toBeGreaterThan(20)
    expect(metricOf(summary, 'ttft', { model: 'large' }).count).toBeGreaterThan(0)
  })

  it('prints them side by side, within 80 columns', () => {
    expect(ran.stdout).toMatch(/\n {2}BY SCENARIO +chat +ramp\n {2}requests +24 +\d+\n/)
    expect(ran.stdout).toMatch(/\n {2}BY MODEL +large +small\n/)
    expect(ran.stdout).toMatch(/\n {2}BY TURN +requests +failed +ttft med /)
    const summaryText = ran.stdout.slice(ran.stdout.indexOf('THRESHOLDS'))
    expect(tooWide(summaryText)).toEqual([])
  })

  it('tells how far each threshold was from its bound', () => {
    expect(ran.code).toBe(99)
    expect(ran.stdout).toMatch(/✓ ttft +p\(95\)<60s +\S+ +\d+% below/)
    expect(ran.stdout).toMatch(/✗ request_failed +rate<0.01% +\d+\.\d+% +\d+(\.\d+)? points above/)
    expect(summary.thresholds.map(({ bound }) => bound)).toEqual([60_000, 0.0001])
  })

  it('names what came instead where a check failed, without secrets', () => {
    const [long] = summary.checks
    expect(long?.example).toContain('"apiKey": "[removed]"')
    expect(long?.example?.length).toBeLessThanOrEqual(200)
    expect(ran.stdout).toMatch(/✗ long {2}0%.*\n {6}got \{ /)
    expect(ran.stdout + ran.file('snapshots.ndjson')).not.toContain('sk-0123456789')
  })

  it('names slow and failed requests by the ids of the sample file', () => {
    const [slowest] = summary.slowest
    const [failed] = summary.errors
    expect(summary.slowest).toHaveLength(10)
    expect(valueOf(summary, 'request_duration', 'max')).toBeCloseTo(slowest?.duration ?? NaN, 2)
    expect(failed?.examples[0]).toMatchObject({ status: 500, code: 'server_error' })
    expect(ran.stdout).toContain(`id ${slowest?.id}`)
    expect(ran.stdout).toMatch(new RegExp(`look at {3}zgrep -hw ${failed?.examples[0]?.id} `))
  })

  it('is the same from the snapshots alone, where summary.json is lost', async () => {
    const copy = makeProject()
    for (const name of ['run.json', 'snapshots.ndjson']) copy.write(`run/${name}`, ran.file(name))
    const told = await copy.loadbench(['report', 'run', '--summary', 'json'])
    const again = JSON.parse(told.stdout) as Summary
    expect(again.run).toMatchObject({ outcome: summary.run.outcome, exitCode: summary.run.exitCode })
    expect(again.warnings.at(-1)).toContain('summary.json is missing')
    for (const field of [
      'parts',
      'metrics',
      'slowest',
      'errors',
      'checks',
      'thresholds',
      'scenarios',
    ] as const)
      expect(again[field]).toEqual(summary[field])
  })

  it('can be taken apart by other tags later', async () => {
    const { stdout } = await project.loadbench([
      'report',
      ran.runFolder,
      '--by',
      'provider',
      '--summary',
      'json',
    ])
    const again = JSON.parse(stdout) as Summary
    expect(again.parts.map(({ label }) => label)).toEqual([
      'scenario chat',
      'scenario ramp',
      'provider openai',
    ])
    expect(again.thresholds).toEqual(summary.thresholds)
  })
})

describe('--by', () => {
  it('says so where nothing has the tag, and what was probably meant', async () => {
    const ran = await run('--by', 'modle')
    expect(ran.summary().warnings).toContain(
      'Nothing was recorded with the tag "modle"; did you mean "model"?',
    )
  })
})

describe('--summary', () => {
  it('compact: verdicts, headlines and what went wrong, on one screen', async () => {
    const { stdout, code } = await run('--summary', 'compact', '--quiet')
    expect(code).toBe(99)
    for (const wanted of [
      'THRESHOLDS',
      'RESULTS',
      'ttft',
      'FAILED CHECKS',
      'ERRORS',
      'GENERATOR',
      'exit code 99',
    ])
      expect(stdout).toContain(wanted)
    for (const left of ['BY SCENARIO', 'EXECUTION', 'SLOWEST', 'iteration_duration'])
      expect(stdout).not.toContain(left)
    expect(tooWide(stdout)).toEqual([])
  })

  it('json: the summary, and nothing else on standard output', async () => {
    project.write(
      'chatty.ts',
      `${project.read('mix.ts')}\nconsole.log('at the top')\nexport function setup() { console.log('in setup') }`,
    )
    const { stdout, stderr, code } = await project.loadbench([
      'run',
      'chatty.ts',
      ...failing,
      '--no-report',
      '--summary',
      'json',
    ])
    const summary = JSON.parse(stdout) as Summary
    expect(code).toBe(99)
    expect(summary.run.exitCode).toBe(99)
    expect(summary.scenarios.map(({ name }) => name)).toEqual(['chat', 'ramp'])
    expect(stderr).toMatch(/in setup[\s\S]*exit code 99[\s\S]* {2}results {3}/)
  })

  it('none: nothing but how a run ended that did not pass', async () => {
    const { stdout } = await run('--summary', 'none', '--quiet')
    expect(stdout).toMatch(
      /^ {2}thresholds-failed after [^\n]+, exit code 99:\n {4}1 of 2 thresholds failed\n$/,
    )
    project.write('fine.ts', script({ iterations: 2 }, 'export default async function () { await ask() }'))
    const fine = await project.loadbench([
      'run',
      'fine.ts',
      ...simulate(),
      '--no-report',
      '--summary',
      'none',
      '--quiet',
    ])
    expect([fine.code, fine.stdout]).toEqual([0, ''])
  })

  it('none, as any other, tells before the load what is doubtful about the plan', async () => {
    const { stdout } = await run('--summary', 'none', '--duration', '1s')
    const words = stdout.replaceAll(/\s+/g, ' ')
    const told = 'default 1 VU for 1s, 30s to finish ! Not used: scenarios.chat, scenarios.ramp (script).'
    expect(words).toContain(`${told} The load comes from flag --duration.`)
  })

  it('refuses anything else', async () => {
    const { code, stderr } = await run('--summary', 'jsno')
    expect(code).toBe(104)
    expect(stderr).toContain('json')
  })

  it('prints the statistics asked for, each once', async () => {
    const { stdout } = await run('--summary', 'compact', '--quiet', '--summary-trend-stats', 'count,p(99.9)')
    expect(stdout).toMatch(/RESULTS +count +p\(99\.9\)\n {2}ttft +m?s +\d+ /)
    const wrong = await run('--summary-trend-stats', 'p99')
    expect(wrong.stderr).toContain('did you mean "p(99)"?')
  })
})

describe('a script that fails', () => {
  it('in setup() is told once', async () => {
    project.write(
      'broken.ts',
      script(
        { iterations: 1 },
        `export function setup() { throw new Error('no database') }\nexport default function () {}`,
      ),
    )
    const { stdout } = await project.loadbench(['run', 'broken.ts', ...simulate(), '--no-report'])
    expect(stdout.match(/no database/g)).toHaveLength(1)
  })

  it('in iterations of several workers is told once, and counted over all of them', async () => {
    project.write(
      'failing.ts',
      script(
        { vus: 4, iterations: 8, workers: 2 },
        `export default function () { throw new Error('not today') }`,
      ),
    )
    const { stdout } = await project.loadbench(['run', 'failing.ts', ...simulate(), '--no-report'])
    expect(stdout.match(/an iteration of default failed: Error: not today/g)).toHaveLength(1)
    expect(stdout).toMatch(/failed iterations of default {2}8×\n +Error: not today\n/)
  })
})
