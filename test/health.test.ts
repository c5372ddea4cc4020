import { spawnSync } from 'node:child_process'
import { describe, expect, it, vi } from 'vitest'
import { BIN } from './harness/loadbench.ts'
import { makeProject } from './harness/project.ts'
import { IMPORTS, QUICK, script } from './harness/scripts.ts'

vi.setConfig({ testTimeout: 180_000 })

/** Each gap is far longer than anything this machine's other work delays. */
const SLOW = '{"ttft":2000,"itl":1500,"outputTokens":3}'

function run(text: string, flags: readonly string[] = []) {
  return makeProject({ 'test.ts': text }).loadbench(['run', 'test.ts', '--no-report', ...flags])
}

describe('the verdict on the generator', () => {
  it('comes with its figures, and their series over time', async () => {
    const ran = await run(script({ vus: 2, duration: '4s' }), ['--simulate', SLOW, '--workers', '2'])
    const { figures } = ran.summary().health
    for (const name of [
      'late_share',
      'read_delay_p99',
      'event_loop_delay_max',
      'gc_pause_max',
      'heap_max',
      'rss_max',
    ])
      expect(figures[name], name).toBeGreaterThanOrEqual(0)
    const names = ran.summary().metrics.map(({ name }) => name)
    for (const name of ['generator_cpu', 'event_loop_utilization', 'generator_rss', 'generator_process_cpu'])
      expect(names).toContain(name)
    const longest = ran.summary().metrics.find(({ name }) => name === 'event_loop_delay')?.values['max']
    expect(figures['event_loop_delay_max']).toBeCloseTo(longest ?? Number.NaN, 3)
  })

  it.runIf(process.platform === 'linux')('knows open files and ports on Linux', async () => {
    const ran = await run(script({ vus: 5, duration: '4s' }), ['--simulate', SLOW])
    const { figures } = ran.summary().health
    expect(figures['open_files_max']).toBeGreaterThan(10)
    expect(figures['open_files_limit']).toBeGreaterThan(figures['open_files_max'] ?? Infinity)
    expect(figures['open_ports_limit']).toBeGreaterThan(1_000)
  })

  it('names the scenario whose code blocked the event loop', async () => {
    const scenarios = {
      busy: { executor: 'per-vu-iterations', exec: 'busy', startTime: '1s' },
      calm: { executor: 'constant-vus', exec: 'calm', duration: '5s' },
    }
    const ran = await run(
      `${IMPORTS}
      export const options = { scenarios: ${JSON.stringify(scenarios)} }
      export async function busy() {
        await ask()
        for (const until = Date.now() + 3000; Date.now() < until;) Math.random()
      }
      export async function calm() { await sleep(0.05) }
      `,
      ['--simulate', QUICK, '--workers', '1'],
    )
    const { verdict, reasons } = ran.summary().health
    expect(verdict).not.toBe('trustworthy')
    expect(reasons.join('\n')).toMatch(/the code of scenario busy most likely kept its event loop for \d/)
    expect(reasons.join('\n')).not.toContain('scenario calm')
  })

  it('is not spoiled by requests that all fail at once', async () => {
    const ran = await run(script({ vus: 2, duration: '4s' }), ['--target', 'http://127.0.0.1:9/v1'])
    const { health, metrics } = ran.summary()
    expect(metrics.find(({ name }) => name === 'request_failed')?.values['rate']).toBe(1)
    expect(health.verdict).toBe('trustworthy')
  })
})

/** Runs `test.ts` where a process may open 256 files and sockets. */
function runWithFewFiles(text: string, flags: readonly string[]) {
  const project = makeProject({ 'test.ts': text })
  const shell = ['-c', 'ulimit -n 256 && exec "$0" "$@"', process.execPath, BIN]
  const args = [...shell, 'run', 'test.ts', '--workers', '1', ...flags]
  return { project, ran: spawnSync('sh', args, { cwd: project.folder, encoding: 'utf8' }) }
}

describe.runIf(process.platform !== 'win32')('a plan that needs more than there is', () => {
  it('is refused before anything is sent, with the number that fits', () => {
    const text = script({ vus: 300, duration: '1s' })
    const { ran, project } = runWithFewFiles(text, ['--target', 'http://127.0.0.1:9/v1'])
    expect(ran.status).toBe(104)
    expect(ran.stderr).toContain(
      'LB_PLAN_TOO_LARGE 300 VUs need more than there is here: this process may open 256 files and sockets',
    )
    expect(ran.stderr).toContain('Use at most 204 VUs, or raise the limit (ulimit -n).')
    expect(project.list('.')).not.toContain('results')
  })

  it('and may need less goes on when all files are open, and tells what is missing', () => {
    const arrivals = { executor: 'constant-arrival-rate', rate: 150, duration: '4s', preAllocatedVUs: 600 }
    const text = script({ scenarios: { arrivals: { ...arrivals, gracefulStop: '8s' } } })
    const { ran } = runWithFewFiles(text, ['--no-report', '--simulate', '{"ttft":5000,"outputTokens":2}'])
    expect(ran.status).toBe(0)
    expect(ran.stdout).toContain('may need more than there is here')
    expect(ran.stdout).toMatch(/may open no more files and sockets; raise ulimit -n/)
    expect(ran.stdout).toMatch(/Up to 2\d\d of 256 open files and sockets \(\d+%\) in use: raise ulimit -n/)
    expect(ran.stdout + ran.stderr).not.toMatch(/unhandled|uv_resident_set_memory/)
  })
})
