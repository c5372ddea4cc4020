import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { constants, gunzipSync } from 'node:zlib'
import type { Summary } from 'loadbench'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Ran } from './harness/loadbench.ts'
import { makeProject } from './harness/project.ts'
import { QUICK, script } from './harness/scripts.ts'
import { metricOf, valueOf } from './harness/summary.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

/** The sample files of a run folder, line by line; also of a run that was killed. */
function samplesOf(folder: string, shard = 0): Record<string, unknown>[] {
  const bytes = readFileSync(join(folder, `samples-${shard}.ndjson.gz`))
  const text = gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }).toString('utf8')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

const simulate = (settings: object = {}) => [
  '--simulate',
  JSON.stringify({ ttft: 5, itl: 1, outputTokens: 4, ...settings }),
]

describe('the folder of a finished run', () => {
  const project = makeProject({
    'spike test.ts': script(
      {
        scenarios: {
          one: {
            executor: 'constant-arrival-rate',
            rate: 10,
            duration: '2s',
            preAllocatedVUs: 10,
            tags: { team: 'ml' },
          },
        },
        tags: { build: '42' },
        thresholds: { request_failed: ['rate<1'], own_trend: ['p(95)>=0'] },
        summaryTrendStats: ['avg', 'p(99.9)'],
      },
      `
        const own = new Trend('own_trend')
        const careful = openai({ model: 'careful', recordGaps: true, tags: { tier: 'gold' } })
        export async function setup() { await ask() }
        export default async function () {
          const reply = await careful.chat({ messages: [{ role: 'user', content: 'Hi' }], tags: { turn: 'first' } })
          own.add(reply.text.length)
          check(reply, { answered: ({ ok }) => ok })
        }
      `,
    ),
  })
  let ran: Ran
  let summary: Summary
  let requests: number

  beforeAll(async () => {
    // The one fault is certain to meet somebody: every fifth answer is cut short.
    ran = await project.loadbench([
      'run',
      'spike test.ts',
      ...simulate({ faults: { truncate: 0.2 } }),
      '--workers',
      '1',
      '--summary-export',
      'exported.json',
      '--out',
      'json=points.ndjson',
    ])
    summary = ran.summary()
    requests = valueOf(summary, 'requests', 'count')
  })

  it('has a name that sorts by time and says which script it was', () => {
    expect(ran.code).toBe(0)
    expect(ran.runFolder).toMatch(/results\/spike-test_\d{8}_\d{6}_[a-z]{4}$/)
    expect(project.list('results')).toHaveLength(1)
  })

  it('holds these files and no others', () => {
    const names = project.list(`results/${summary.run.id}`)
    expect(names).toEqual([
      'report.html',
      'run.json',
      'samples-0.ndjson.gz',
      'snapshots.ndjson',
      'summary.json',
    ])
  })

  it('holds in run.json what the run was: the plan, versions, host and targets', () => {
    expect(JSON.parse(ran.file('run.json'))).toMatchObject({
      schemaVersion: 1,
      id: summary.run.id,
      script: 'spike test.ts',
      state: 'finished',
      startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
      endedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
      plan: {
        schemaVersion: 1,
        scenarios: [{ name: 'one', rate: 10, duration: 2_000 }],
        tags: { build: '42' },
      },
      metrics: [{ name: 'own_trend', type: 'trend' }],
      targets: { openai: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/?$/) as string },
      versions: { loadbench: expect.stringMatching(/^\d+\.\d+\.\d+/) as string, node: process.versions.node },
      host: { cores: expect.any(Number) as number, os: expect.any(String) as string },
      argv: expect.arrayContaining(['run', 'spike test.ts']) as string[],
    })
  })

  it('holds in summary.json everything a report needs', () => {
    expect(summary).toMatchObject({
      schemaVersion: 1,
      run: {
        script: 'spike test.ts',
        outcome: 'passed',
        exitCode: 0,
        durationMs: expect.any(Number) as number,
      },
      health: {
        verdict: expect.stringMatching(/^(trustworthy|degraded|invalid)$/) as string,
        reasons: expect.any(Array) as string[],
        figures: { schedule_lag_p99: expect.any(Number) as number },
      },
      thresholds: [
        { metric: 'request_failed', expression: 'rate<1', passed: true, aborted: false },
        { metric: 'own_trend', expression: 'p(95)>=0', passed: true, aborted: false },
      ],
      checks: [{ name: 'answered' }],
      errors: [{ class: 'stream_truncated', example: { status: 200 } }],
      scenarios: [{ name: 'one', executor: 'constant-arrival-rate' }],
    })
    expect(metricOf(summary, 'ttft')).toMatchObject({ type: 'trend', unit: 'ms' })
    const trend = ['avg', 'count', 'max', 'med', 'min', 'p(90)', 'p(95)', 'p(99)', 'p(99.9)']
    expect(Object.keys(metricOf(summary, 'ttft').values).toSorted()).toEqual(trend)
    expect(Object.keys(metricOf(summary, 'requests').values).toSorted()).toEqual(['count', 'rate'])
    expect(Object.keys(metricOf(summary, 'checks').values).toSorted()).toEqual(['fails', 'passes', 'rate'])
    expect(Object.keys(metricOf(summary, 'vus').values).toSorted()).toEqual(['max', 'min', 'value'])
  })

  it('prints the columns that summaryTrendStats names', () => {
    expect(ran.stdout).toMatch(/\n {2}LLM +avg +p\(99\.9\)\n/)
  })

  it('holds a line a second in snapshots.ndjson, histograms and all', () => {
    const snapshots = linesOf(ran.file('snapshots.ndjson'))
    const seconds = snapshots.filter(({ shard }) => shard === 0).map(({ second }) => second)
    expect(seconds).toEqual(seconds.toSorted((a, b) => Number(a) - Number(b)))
    expect(seconds.length).toBeGreaterThanOrEqual(2)
    const series = snapshots.flatMap(
      (snapshot) => snapshot['series'] as { metric: string; histogram?: string }[],
    )
    expect(series.find(({ metric }) => metric === 'ttft')?.histogram).toMatch(/^[A-Za-z0-9+/]+=*$/)
  })

  it('holds a line a request in the sample file: ids, tags, times, tokens and what went wrong', () => {
    const samples = samplesOf(ran.runFolder)
    // One more request was made by setup(), in the main thread: it is in the metrics alone.
    expect(samples).toHaveLength(requests - 1)
    expect(new Set(samples.map(({ id }) => id)).size).toBe(samples.length)
    const tags = {
      build: '42',
      team: 'ml',
      scenario: 'one',
      provider: 'openai',
      model: 'careful',
      tier: 'gold',
      turn: 'first',
    }
    for (const sample of samples) expect(sample).toMatchObject({ tags, status: 200 })
    const whole = samples.filter(({ outcome }) => outcome === 'ok')
    for (const sample of whole) {
      expect(sample).toMatchObject({
        outputTokens: 4,
        inputTokens: expect.any(Number) as number,
        finishReason: 'stop',
      })
      const times = ['scheduledAt', 'startedAt', 'headersAt', 'firstTokenAt', 'lastTokenAt', 'endedAt'].map(
        (name) => sample[name],
      )
      expect(times.every((time) => typeof time === 'number')).toBe(true)
      expect(times).toEqual(times.toSorted((a, b) => Number(a) - Number(b)))
    }
    const broken = samples.filter(({ outcome }) => outcome === 'failed')
    expect(broken).toHaveLength(valueOf(summary, 'request_failed', 'passes'))
    for (const sample of broken) expect(sample).toMatchObject({ error: { class: 'stream_truncated' } })
  })

  it('holds the gaps between tokens where the client has recordGaps', () => {
    for (const { gaps, chunks } of samplesOf(ran.runFolder)) expect(gaps).toHaveLength(Number(chunks) - 1)
  })

  it('holds a report that needs nothing else', () => {
    const report = ran.file('report.html')
    expect(report).toContain('spike test.ts')
    expect(report).not.toMatch(/<(script|link|img)[^>]+(src|href)="https?:/)
  })

  it('is exported: --summary-export writes the same summary, --out json=FILE the seconds as they came', () => {
    expect(JSON.parse(project.read('exported.json'))).toEqual(summary)
    const points = linesOf(project.read('points.ndjson'))
    expect(points[0]).toMatchObject({ type: 'run', run: { id: summary.run.id } })
    expect(points.at(-1)).toEqual({ type: 'summary', summary })
    const counted = points.filter(
      ({ metric, second }) => metric === 'iterations' && typeof second === 'number',
    )
    const total = counted.reduce((sum, { values }) => sum + (values as { count: number }).count, 0)
    expect(total).toBe(valueOf(summary, 'iterations', 'count'))
  })

  it('gives the same numbers again, and the same report', async () => {
    const again = await project.loadbench(['report', ran.runFolder])
    expect(again).toMatchObject({ code: 0, stderr: '' })
    const tableOf = (text: string) => text.slice(text.indexOf('THRESHOLDS'), text.indexOf('GENERATOR'))
    expect(tableOf(again.stdout)).toBe(tableOf(ran.stdout))
    expect(ran.file('report.html')).toContain('spike test.ts')
  })

  it('can be summed up from its snapshots alone, to the same numbers', async () => {
    const copy = makeProject()
    for (const name of ['run.json', 'snapshots.ndjson']) copy.write(`run/${name}`, ran.file(name))
    const again = await copy.loadbench(['report', 'run'])
    expect(again).toMatchObject({ code: 0, stderr: '' })
    const tableOf = (text: string) =>
      text.slice(text.indexOf('THRESHOLDS')).split(/^ {2}(?:NOTES|GENERATOR)$/m)[0]
    expect(again.stdout).toContain('summary.json is missing; the numbers were worked out again.')
    expect(tableOf(again.stdout)).toBe(tableOf(ran.stdout))
    expect(copy.list('run')).toEqual(['report.html', 'run.json', 'snapshots.ndjson'])
  })
})

describe('a run that was killed', () => {
  it('can be reported up to its last second, and says what it is', async () => {
    const project = makeProject({
      'test.ts': script(
        { vus: 2, duration: '10m', thresholds: { own: ['count>0'] } },
        `
        const own = new Counter('own')
        export default async function () {
          await ask()
          own.add(1)
          if (exec.instance.currentTestRunDuration > 3_500) console.log('three seconds are written')
        }
      `,
      ),
    })
    const kill = [{ when: /three seconds are written/, send: 'SIGKILL' }] as const
    const ran = await project.loadbench(['run', 'test.ts', '--simulate', QUICK, '--workers', '1'], {
      signals: kill,
    })
    expect(ran.code).toBeNull()
    expect(JSON.parse(ran.file('run.json'))).toMatchObject({ state: 'running' })
    expect(existsSync(join(ran.runFolder, 'summary.json'))).toBe(false)
    expect(samplesOf(ran.runFolder).length).toBeGreaterThan(0)

    const report = await project.loadbench(['report', ran.runFolder, '--no-color'])
    expect(report).toMatchObject({ code: 0, stderr: '' })
    expect(report.stdout).toMatch(/killed after \d/)
    expect(report.stdout).toMatch(/✓ own {2}count>0/)
    expect(report.stdout).toMatch(/requests +[1-9]/)
    expect(report.stdout).toContain(join(ran.runFolder, 'report.html'))
    expect(ran.file('report.html')).toContain('killed')
    // A verdict the run never came to is not written down.
    expect(existsSync(join(ran.runFolder, 'summary.json'))).toBe(false)
  })

  it('is told to be a file, where --results names one', async () => {
    const project = makeProject({ 'script.ts': script({}), 'notes.txt': 'mine' })
    const ran = await project.loadbench(['run', 'script.ts', '--simulate', '--results', 'notes.txt'])
    expect(ran.code).toBe(255)
    expect(ran.stderr).toMatch(/LB_RUN_UNWRITABLE .* cannot be made: notes\.txt is a file\n\nName a folder/)
    expect(project.read('notes.txt')).toBe('mine')
  })

  it('is no reason for a stack trace where the folder is something else', async () => {
    const project = makeProject({ 'empty/run.json': '{}' })
    const [nothing, damaged] = await Promise.all([
      project.loadbench(['report', 'nowhere']),
      project.loadbench(['report', 'empty']),
    ])
    expect(nothing).toMatchObject({
      code: 104,
      stderr: expect.stringContaining('LB_RUN_NOT_FOUND') as string,
    })
    expect(damaged).toMatchObject({
      code: 255,
      stderr: expect.stringContaining('LB_RUN_UNREADABLE') as string,
    })
  })
})

describe('secrets', () => {
  const secrets = {
    'the key in the script': 'sk-in-the-script-1111',
    OPENAI_API_KEY: 'sk-in-the-environment-2222',
    'a variable given with -e': 'token-on-the-command-line-3333',
    "a scenario's env": 'token-of-the-scenario-4444',
    'the password of the target': 'password-of-the-target-5555',
    'a parameter of the target': 'parameter-of-the-target-6666',
  }
  // A server that quotes the key it does not like, as some gateways do.
  const server = createServer((request, response) => {
    const message = `Incorrect API key provided: ${request.headers.authorization?.replace('Bearer ', '')} (${request.url})`
    response.writeHead(401, { 'content-type': 'application/json' })
    response.end(
      JSON.stringify({ error: { message, type: 'invalid_request_error', code: 'invalid_api_key' } }),
    )
  })
  let ran: Ran
  const project = makeProject()

  beforeAll(async () => {
    await new Promise<void>((listening) => {
      server.listen(0, '127.0.0.1', listening)
    })
    const { port } = server.address() as AddressInfo
    project.write(
      'test.ts',
      script(
        {
          scenarios: {
            one: {
              executor: 'shared-iterations',
              iterations: 3,
              env: { SIGNING_KEY: secrets["a scenario's env"] },
            },
          },
        },
        `
          const other = openai({ model: 'other', apiKey: '${secrets['the key in the script']}' })
          export default async function () {
            await ask()
            await other.chat({ messages: [{ role: 'user', content: 'Hello' }] })
            if (exec.scenario.env.SIGNING_KEY !== '${secrets["a scenario's env"]}') throw new Error('the scenario lost its env')
            if (process.env.MY_TOKEN !== '${secrets['a variable given with -e']}') throw new Error('the script lost its variable')
          }
          export function handleSummary(summary) {
            return { 'mine.json': JSON.stringify(summary) }
          }
        `,
      ),
    )
    const { 'a variable given with -e': token, 'the password of the target': password } = secrets
    const query = `api-key=${secrets['a parameter of the target']}`
    ran = await project.loadbench(
      [
        'run',
        'test.ts',
        '-e',
        `MY_TOKEN=${token}`,
        '--target',
        `http://me:${password}@127.0.0.1:${port}/v1?${query}`,
        '--out',
        'json=points.ndjson',
      ],
      { env: { OPENAI_API_KEY: secrets['OPENAI_API_KEY'] } },
    )
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  it('reach the server and the script', () => {
    expect(ran.code).toBe(0)
    expect(valueOf(ran.summary(), 'iteration_failed', 'passes')).toBe(0)
    expect(ran.summary().errors).toMatchObject([
      {
        class: 'auth',
        count: 6,
        example: { message: expect.stringContaining('Incorrect API key provided: [removed]') as string },
      },
    ])
  })

  it.each(Object.entries(secrets))('%s appears in no file and is never printed', (_, secret) => {
    const folder = `results/${ran.summary().run.id}`
    const files = [...project.list(folder).map((name) => `${folder}/${name}`), 'points.ndjson', 'mine.json']
    expect(files).toHaveLength(7)
    const texts: [string, string][] = files.map((file) => [
      file,
      file.endsWith('.gz') ? JSON.stringify(samplesOf(ran.runFolder)) : project.read(file),
    ])
    texts.push(['stdout', ran.stdout], ['stderr', ran.stderr])
    expect(texts.filter(([, text]) => text.includes(secret)).map(([name]) => name)).toEqual([])
  })

  it('are not repeated by the message about a wrong address either', async () => {
    const wrong = await project.loadbench(['run', 'test.ts', '--target', 'me:hunter2hunter2@localhost:8000'])
    expect(wrong).toMatchObject({ code: 104, stderr: expect.stringContaining('LB_TARGET_INVALID') as string })
    expect(wrong.stderr).not.toContain('hunter2')
  })
})

describe('flags of the output', () => {
  const plain = script({ iterations: 2, thresholds: { requests: ['count>1000'] } })
  const run = (flags: readonly string[], env: Readonly<Record<string, string>> = {}) => {
    const project = makeProject({ 'test.ts': plain })
    return project
      .loadbench(['run', 'test.ts', '--simulate', QUICK, ...flags], { env })
      .then((ran) => ({ ...ran, project }))
  }
  const ESCAPE = '\u001B['

  it('--no-report leaves report.html out, --results puts the run elsewhere, --no-thresholds judges nothing', async () => {
    const ran = await run(['--no-report', '--results', 'deep/er', '--no-thresholds'])
    expect(ran.code).toBe(0)
    expect(ran.project.list(`deep/er/${ran.summary().run.id}`)).toContain('summary.json')
    expect(ran.project.list(`deep/er/${ran.summary().run.id}`)).not.toContain('report.html')
    expect(ran.project.list('results')).toEqual([])
    expect(ran.summary().thresholds).toEqual([])
    expect(ran.stdout).not.toContain('THRESHOLDS')
  })

  it('--quiet prints what went wrong alone, and where the report is', async () => {
    const [asked, passed, failed] = await Promise.all([
      run(['--quiet', '--no-thresholds', '--no-report', '--summary', 'compact']),
      run(['--quiet', '--no-thresholds']),
      run(['--quiet', '--no-report']),
    ])
    expect(asked.stdout).toContain('RESULTS')
    expect(passed).toMatchObject({ code: 0, stderr: '' })
    expect(passed.stdout).toMatch(/^\n {2}report {4}\S+report\.html\n {2}results {3}\S+\n$/)
    expect(failed.code).toBe(99)
    expect(failed.stdout).toMatch(
      /^\n {2}FAILED THRESHOLDS\n {2}✗ requests {2}count>1000 .*\n\n {2}thresholds-failed .*\n.*\n\n {2}results /,
    )
    expect(failed.stdout).not.toMatch(/LLM|RESULTS|NOTES/)
  })

  it('--summary none names the thresholds that failed on standard error', async () => {
    const ran = await run(['--quiet', '--summary', 'none', '--no-report'])
    expect(ran).toMatchObject({
      code: 99,
      stderr: 'threshold failed: requests count>1000, observed 2, 100% below\n',
    })
    expect(ran.stdout).toMatch(/^ {2}thresholds-failed after [^\n]+\n[^\n]+\n$/)
  })

  it('colours are for terminals: none in a pipe, unless FORCE_COLOR asks for them', async () => {
    const [piped, forced] = await Promise.all([
      run(['--no-report']),
      run(['--no-report'], { FORCE_COLOR: '1' }),
    ])
    expect(piped.stdout).not.toContain(ESCAPE)
    expect(forced.stdout).toContain(ESCAPE)
  })

  it('--no-color and NO_COLOR go before FORCE_COLOR', async () => {
    const [flag, variable] = await Promise.all([
      run(['--no-report', '--no-color'], { FORCE_COLOR: '1' }),
      run(['--no-report'], { FORCE_COLOR: '1', NO_COLOR: '1' }),
    ])
    expect(flag.stdout).not.toContain(ESCAPE)
    expect(variable.stdout).not.toContain(ESCAPE)
  })

  it.each([
    ['--out', 'json=test.ts/points', 'the output json=test.ts/points cannot begin'],
    ['--summary-export', 'test.ts/summary.json', 'the output summary-export cannot begin'],
  ])('%s that cannot be written is said before anything is sent', async (flag, value, message) => {
    const ran = await run([flag, value])
    expect(ran).toMatchObject({ code: 104, stdout: '' })
    expect(ran.stderr).toContain('LB_OUTPUT_INVALID')
    expect(ran.stderr).toContain(message)
    expect(ran.project.list('results')).toEqual([])
  })

  it('a folder that cannot be made is said before anything is sent', async () => {
    const ran = await run(['--results', 'test.ts'])
    expect(ran).toMatchObject({ code: 255, stdout: '' })
    expect(ran.stderr).toContain('LB_RUN_UNWRITABLE')
  })
})

describe('handleSummary()', () => {
  it('writes the files it names and takes the place of the usual text', async () => {
    const project = makeProject({
      'test.ts': script(
        { iterations: 2 },
        `
        export default async function () { await ask() }
        export function handleSummary(summary) {
          return {
            stdout: 'iterations: ' + summary.scenarios[0].completed + '\\n',
            stderr: 'a word to the side\\n',
            'out/summary.txt': summary.run.outcome,
            'out/bytes.bin': new Uint8Array([1, 2, 3]),
          }
        }
      `,
      ),
    })
    const ran = await project.loadbench(['run', 'test.ts', '--simulate', QUICK, '--no-report'])
    expect(ran).toMatchObject({ code: 0, stderr: 'a word to the side\n' })
    expect(ran.stdout).toContain('iterations: 2\n')
    expect(ran.stdout).not.toContain('EXECUTION')
    expect(project.read('out/summary.txt')).toBe('passed')
    expect(project.read('out/bytes.bin')).toBe('\u0001\u0002\u0003')
  })

  it('that throws is named, and the usual text follows', async () => {
    const project = makeProject({
      'test.ts': script(
        { iterations: 2 },
        `
        export default async function () { await ask() }
        export function handleSummary() { throw new Error('no disk') }
      `,
      ),
    })
    const ran = await project.loadbench(['run', 'test.ts', '--simulate', QUICK, '--no-report'])
    expect(ran.code).toBe(0)
    expect(ran.stdout).toMatch(
      /handleSummary\(\) failed, the usual summary follows: Error: no disk\s+at .*test\.ts:\d+/,
    )
    expect(ran.stdout).toContain('EXECUTION')
  })
})

describe('the line that shows where a run stands', () => {
  // Begun here, beside the other tests: it takes its time.
  const text = script({ vus: 1, duration: '12s' }, 'export default () => sleep(0.5)')
  const running = makeProject({ 'test.ts': text }).loadbench([
    'run',
    'test.ts',
    '--target',
    'http://127.0.0.1:9',
    '--no-report',
  ])

  it('is printed every ten seconds where there is no terminal', async () => {
    const ran = await running
    expect(ran.code).toBe(0)
    expect(ran.stdout.match(/^ {2}1\ds of 12s: 1 VU, .* iterations\/s, .*, no errors$/gm)).toHaveLength(1)
  })
})
