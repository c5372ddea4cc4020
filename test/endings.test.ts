import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { constants, gunzipSync } from 'node:zlib'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { BIN, untilEnded } from './harness/loadbench.ts'
import { makeProject, type Project } from './harness/project.ts'
import { QUICK, script } from './harness/scripts.ts'
import { valueOf } from './harness/summary.ts'

vi.setConfig({ testTimeout: 180_000, maxConcurrency: 2 })

type Line = Readonly<Record<string, unknown>>

const linesOf = (text: string): Line[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)

/** What all snapshots of a file count together, whoever made them. */
const requestsIn = (text: string): number =>
  linesOf(text)
    .flatMap(({ series }) => series as readonly Line[])
    .filter(({ metric }) => metric === 'requests')
    .reduce((total, { sum }) => total + Number(sum), 0)

/** The sample file of a shard, as far as it was written. */
const samplesOf = (folder: string, shard = 0): Line[] =>
  linesOf(
    gunzipSync(readFileSync(join(folder, `samples-${shard}.ndjson.gz`)), {
      finishFlush: constants.Z_SYNC_FLUSH,
    }).toString('utf8'),
  )

describe('a run whose process is killed', () => {
  const serving = spawn(process.execPath, [BIN, 'simulate', '--port', '0', '--ttft', '5', '--itl', '1'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  afterAll(async () => {
    serving.kill()
    if (serving.exitCode === null && serving.signalCode === null) await once(serving, 'exit')
  })

  /** Where the simulator listens. */
  async function address(): Promise<string> {
    let printed = ''
    for await (const chunk of serving.stdout) {
      printed += String(chunk)
      const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(printed) ?? []
      if (url !== undefined) return url
    }
    throw new Error(`the simulator does not listen: ${printed}`)
  }

  it('is told up to its last second: numbers, charts, and that it was killed', async () => {
    const project = makeProject({
      'test.ts': script(
        { vus: 2, duration: '10m' },
        `export default async function () {
          await ask()
          await sleep(0.05)
          if (exec.instance.currentTestRunDuration > 3_500) console.log('three seconds are written')
        }`,
      ),
    })
    const ran = await project.loadbench(['run', 'test.ts', '--target', await address(), '--workers', '2'], {
      signals: [{ when: /three seconds are written/, send: 'SIGKILL' }],
    })
    expect(ran.code).toBeNull()
    expect(existsSync(join(ran.runFolder, 'summary.json'))).toBe(false)

    const report = await project.loadbench(['report', ran.runFolder, '--summary', 'json'])
    expect(report.code).toBe(0)
    const summary = JSON.parse(report.stdout) as ReturnType<typeof ran.summary>
    expect(summary.run).toMatchObject({ outcome: 'killed', exitCode: 255 })
    expect(summary.run.durationMs).toBeGreaterThanOrEqual(2_500)
    // Every request of every second that is on disk.
    const written = ran.file('snapshots.ndjson').replace(/[^\n]*$/, '')
    expect(valueOf(summary, 'requests', 'count')).toBe(requestsIn(written))
    expect(ran.file('report.html')).toContain('killed')
    expect(samplesOf(ran.runFolder).length).toBeGreaterThan(0)
  })
})

/** Whether a folder of its own size can be mounted here, without being root. */
function canMount(): boolean {
  try {
    execFileSync('unshare', ['-Urm', 'true'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Runs `test.ts` with `results` on a disk of `size`; what it left stands in `kept` afterwards. */
async function onDiskOf(size: string, project: Project, ...flags: readonly string[]) {
  const commands = [
    `mkdir results && mount -t tmpfs -o size=${size} tmpfs results`,
    '"$@"; code=$?',
    'cp -r results kept; exit $code',
  ].join('\n')
  const ran = await untilEnded(
    'unshare',
    [
      '-Urm',
      'sh',
      '-c',
      commands,
      'sh',
      process.execPath,
      BIN,
      'run',
      'test.ts',
      '--simulate',
      QUICK,
      ...flags,
    ],
    { cwd: project.folder },
  )
  const [id = ''] = project.list('kept').filter((name) => name.startsWith('test_'))
  return { ...ran, flat: ran.stdout.replaceAll(/\s+/g, ' '), kept: `kept/${id}` }
}

const CANNOT = (file: string) => `The run folder is incomplete: ${file} cannot be written (ENOSPC`

describe.concurrent('a disk that is full', () => {
  const busy = script({ vus: 2, duration: '4s' })

  it.runIf(canMount())('ends nothing: each file is named once, and the exit code is 255', async () => {
    const project = makeProject({ 'test.ts': busy })
    const ran = await onDiskOf('40k', project, '--workers', '1', '--out', 'csv=results/a.csv')
    expect(ran).toMatchObject({ code: 255, stderr: '' })
    const notes = ran.stdout.indexOf('NOTES')
    const during = ran.stdout.slice(0, notes).replaceAll(/\s+/g, ' ')
    for (const file of ['snapshots.ndjson', 'summary.json', 'report.html']) {
      expect(during.split(CANNOT(file).replace('! ', '')), file).toHaveLength(2)
      expect(ran.stdout.slice(notes).replaceAll(/\s+/g, ' ')).toContain(CANNOT(file))
    }
    expect(ran.flat).toContain('The output csv=results/a.csv failed and was left out: ENOSPC')
    expect(ran.stdout).toMatch(/failed after 4.*s, exit code 255:\s+LB_RUN_UNWRITABLE/)
    // The load was sent all the same, and told.
    expect(ran.stdout).toMatch(/requests +\d{2,}/)
    const report = await project.loadbench(['report', ran.kept])
    expect(report).toMatchObject({ code: 0, stderr: '' })
    expect(report.stdout).toMatch(/or its\s+disk was full/)
  })

  it.runIf(canMount())('is in the summary where there is room for that', async () => {
    const project = makeProject({ 'test.ts': busy })
    const ran = await onDiskOf('200k', project, '--workers', '1')
    expect(ran.code).toBe(255)
    const summary = JSON.parse(project.read(`${ran.kept}/summary.json`)) as Line
    expect(summary['run']).toMatchObject({ outcome: 'failed', exitCode: 255 })
    expect(summary['warnings']).toEqual([expect.stringContaining(CANNOT('report.html')) as string])
    expect(ran.stdout).not.toContain('  report  ')
  })

  it('leaves the exit code to what ended the run before', async () => {
    const lost = script(
      { iterations: 2, thresholds: { requests: ['count>1000'] } },
      `import { rmSync } from 'node:fs'
       export default async function () { await ask() }
       export function teardown() { rmSync('results', { recursive: true }) }`,
    )
    const project = makeProject({ 'test.ts': lost })
    const ran = await project.loadbench(['run', 'test.ts', '--simulate', QUICK])
    expect(ran).toMatchObject({ code: 99, stderr: '' })
    expect(ran.stdout).toMatch(/summary\.json cannot be\s+written \(ENOENT/)
    expect(ran.stdout).not.toContain('  report  ')
  })
})

describe('a wall clock that is set while a run goes', () => {
  const SHIFT = 6 * 60 * 60 * 1_000

  it('changes no duration, no second and no date of the run', async () => {
    // Only the threads of loadbench's own run have a script to tell that the clock was set.
    const project = makeProject({
      'shift.mjs': `
        const Real = Date
        let shift = 0
        setTimeout(() => { shift = ${SHIFT} }, 4_000).unref()
        globalThis.Date = class extends Real {
          constructor(...given) { super(...(given.length === 0 ? [Real.now() + shift] : given)) }
          static now() { return Real.now() + shift }
        }`,
      'test.ts': script(
        { vus: 2, duration: '7s' },
        `const { timeOrigin } = performance
        export default async function () {
          await ask()
          await sleep(0.05)
          if (Date.now() - timeOrigin - performance.now() > ${SHIFT / 2}) seen.add(1)
        }
        const seen = new Counter('seen_the_shift')`,
      ),
    })
    const began = Date.now()
    const ran = await project.loadbench(
      ['run', 'test.ts', '--simulate', QUICK, '--workers', '2', '--out', 'csv=points.csv'],
      { env: { NODE_OPTIONS: `--import=${pathToFileURL(join(project.folder, 'shift.mjs')).href}` } },
    )
    const most = Date.now() - began
    expect(ran.code).toBe(0)
    const summary = ran.summary()
    expect(valueOf(summary, 'seen_the_shift', 'count')).toBeGreaterThan(0)
    expect(summary.run.durationMs).toBeGreaterThanOrEqual(7_000)
    expect(summary.run.durationMs).toBeLessThan(most)
    for (const trend of ['ttft', 'e2e_latency', 'iteration_duration'])
      expect(valueOf(summary, trend, 'max')).toBeLessThan(most)
    const { startedAt, endedAt } = JSON.parse(ran.file('run.json')) as Record<string, string>
    expect(Date.parse(endedAt ?? '') - Date.parse(startedAt ?? '')).toBeLessThan(most)
    for (const { from, to, second } of linesOf(ran.file('snapshots.ndjson'))) {
      expect(Number(to) - Number(from)).toBeGreaterThanOrEqual(0)
      expect(Math.max(Number(to), Number(second) * 1_000)).toBeLessThan(most)
    }
    for (const { startedAt: at, endedAt: end } of samplesOf(ran.runFolder)) {
      expect(Number(at)).toBeGreaterThanOrEqual(0)
      expect(Number(end)).toBeLessThan(most)
    }
    const times = project
      .read('points.csv')
      .trim()
      .split('\n')
      .slice(1)
      .map((row) => Date.parse(row.slice(0, row.indexOf(','))))
    expect(times.every((time) => Math.abs(time - began) < most + 60_000)).toBe(true)
  })
})

describe('a worker that dies in the middle of a run', () => {
  const dies = (how: string) =>
    script(
      { vus: 4, duration: '6s' },
      `const kept = []
      export default async function () {
        await ask()
        await sleep(0.1)
        if (exec.vu.idInTest === 1 && exec.instance.currentTestRunDuration > 2_500) { ${how} }
      }`,
    )

  it.concurrent.each<[string, string, RegExp, Record<string, string>]>([
    ['by ending its process', 'process.exit(3)', /A script must neither end its process/, {}],
    [
      'by throwing where nothing catches it',
      `setTimeout(() => { throw new Error('nobody awaits me') })`,
      /Error: nobody\s+awaits me\s+at .*test\.ts:\d+:\d+/,
      {},
    ],
    [
      'for lack of memory',
      'for (;;) kept.push(Array.from({ length: 1_000 }, (_, i) => ({ i })))',
      /ERR_WORKER_OUT_OF_MEMORY[^]*Let the script keep less/,
      { NODE_OPTIONS: '--max-old-space-size=128' },
    ],
  ])('%s: the run ends, and what was measured is kept', async (_name, how, said, env) => {
    const project = makeProject({ 'test.ts': dies(how) })
    const ran = await project.loadbench(['run', 'test.ts', '--simulate', QUICK, '--workers', '2'], { env })
    expect(ran.code).toBe(255)
    expect(ran.stdout).toContain('LB_WORKER_DIED worker 0 ended before its shard was done')
    expect(ran.stdout).toMatch(said)
    const summary = ran.summary()
    expect(summary.run).toMatchObject({ outcome: 'failed', exitCode: 255 })
    expect(summary.health.verdict).toBe('invalid')
    expect(summary.warnings[0]).toContain('Worker 0 ended before its shard was done')
    // The dead one's first two seconds, of both the metrics and the samples.
    const own = linesOf(ran.file('snapshots.ndjson')).filter(({ shard }) => shard === 0)
    expect(own.length).toBeGreaterThanOrEqual(2)
    const early = samplesOf(ran.runFolder, 0).filter(({ endedAt }) => Number(endedAt) < 1_000)
    expect(early.length).toBeGreaterThan(0)
    expect(valueOf(summary, 'requests', 'count')).toBe(requestsIn(ran.file('snapshots.ndjson')))
    expect(ran.file('report.html')).toContain('Worker 0')
  })
})

describe('the sample files of a long run', () => {
  const many = script({ scenarios: { many: { executor: 'shared-iterations', vus: 4, iterations: 400 } } })

  it('stay within --samples, each line beyond the first half with its share, and the summary says so', async () => {
    const project = makeProject({ 'test.ts': many })
    const flags = ['--simulate', QUICK, '--workers', '2', '--samples', '100', '--no-report']
    const ran = await project.loadbench(['run', 'test.ts', ...flags])
    expect(ran.code).toBe(0)
    const samples = [...samplesOf(ran.runFolder, 0), ...samplesOf(ran.runFolder, 1)]
    expect(samples.length).toBeLessThanOrEqual(100)
    expect(samples.filter(({ share }) => share === undefined)).toHaveLength(50)
    expect(samples.every(({ share }) => share === undefined || Number(share) <= 1 / 32)).toBe(true)
    expect(ran.summary().unsampled).toBe(400 - samples.length)
    expect(valueOf(ran.summary(), 'requests', 'count')).toBe(400)
    expect(ran.stdout).toContain(`The sample files leave out ${400 - samples.length} requests`)
  })

  it.each([
    ['all', 400],
    ['none', undefined],
  ])('--samples %s', async (samples, count) => {
    const project = makeProject({ 'test.ts': many })
    const flags = ['--simulate', QUICK, '--workers', '1', '--samples', samples, '--no-report']
    const ran = await project.loadbench(['run', 'test.ts', ...flags])
    expect(ran.code).toBe(0)
    if (count === undefined)
      expect(project.list(`results/${ran.summary().run.id}`)).not.toContain('samples-0.ndjson.gz')
    else expect(samplesOf(ran.runFolder)).toHaveLength(count)
    expect(ran.stdout).not.toContain('leave out')
  })
})
