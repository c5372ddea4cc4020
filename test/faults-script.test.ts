import { describe, expect, it, vi } from 'vitest'
import { makeProject } from './harness/project.ts'
import { QUICK, script } from './harness/scripts.ts'
import { valueOf } from './harness/summary.ts'

vi.setConfig({ testTimeout: 180_000 })

function run(text: string, flags: readonly string[] = []) {
  const project = makeProject({ 'test.ts': text })
  return project.loadbench(['run', 'test.ts', '--simulate', QUICK, '--no-report', '--workers', '1', ...flags])
}

/** Lines of the script are counted from its first one. */
const lineOf = (text: string, mark: string): number => text.slice(0, text.indexOf(mark)).split('\n').length

describe('a script with mistakes of its own', () => {
  it('throwing in iterations and in handleSummary(): the run goes on, each is told once with its line', async () => {
    const text = script(
      { iterations: 8 },
      `
      export default async function () {
        const { ok } = await ask()
        if (ok) throw new TypeError('cannot count') // IN THE ITERATION
      }
      export function handleSummary() {
        throw new Error('cannot sum up') // IN THE SUMMARY
      }
    `,
    )
    const ran = await run(text)
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    expect(valueOf(ran.summary(), 'iteration_failed', 'passes')).toBe(8)
    expect(ran.stdout.split(`test.ts:${lineOf(text, 'IN THE ITERATION')}:`)).toHaveLength(2)
    expect(ran.stdout).toMatch(/failed iterations of default +8×\n +TypeError: cannot count/)
    expect(ran.stdout).toContain(`test.ts:${lineOf(text, 'IN THE SUMMARY')}:`)
    // What loadbench would have printed takes its place.
    expect(ran.stdout).toContain('passed after')
  })

  it('leaving rejections unhandled, in iterations and in timers: the run goes on, and they are told', async () => {
    const text = script(
      { iterations: 4 },
      `
      async function forgotten() {
        throw new Error('nobody awaits me') // FORGOTTEN
      }
      export default async function () {
        void forgotten()
        setTimeout(async () => {
          throw new RangeError('too late') // IN A TIMER
        }, 1)
        await ask()
        await sleep(0.05)
      }
    `,
    )
    const ran = await run(text)
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    expect(valueOf(ran.summary(), 'iterations', 'count')).toBe(4)
    expect(valueOf(ran.summary(), 'request_failed', 'rate')).toBe(0)
    for (const [message, mark] of [
      ['Error: nobody awaits me', 'FORGOTTEN'],
      ['RangeError: too late', 'IN A TIMER'],
    ] as const) {
      expect(ran.stdout).toContain(message)
      expect(ran.stdout).toContain(`test.ts:${lineOf(text, mark)}:`)
    }
  })

  it('throwing in a callback: its worker ends, what was measured is kept, the line is named', async () => {
    const text = script(
      { vus: 2, duration: '60s' },
      `
      export default async function () {
        await ask()
        setTimeout(() => {
          throw new Error('in a callback') // IN A CALLBACK
        }, 2_500)
        await sleep(0.1)
      }
      export function teardown() { console.log('torn down') }
    `,
    )
    const ran = await run(text)
    expect(ran.code).toBe(255)
    expect(ran.stdout).toContain('LB_WORKER_DIED worker 0 ended before its shard was done')
    expect(ran.stdout).toMatch(/Error: in a\s+callback/)
    expect(ran.stdout).toContain(`test.ts:${lineOf(text, 'IN A CALLBACK')}:`)
    expect(ran.stdout).toContain('torn down')
    const summary = ran.summary()
    expect(summary.health.verdict).toBe('invalid')
    expect(valueOf(summary, 'requests', 'count')).toBeGreaterThan(0)
  })
})

describe('a script that blocks its event loop for 3 s', () => {
  const scenarios = {
    busy: { executor: 'per-vu-iterations', exec: 'busy', startTime: '2s' },
    calm: { executor: 'constant-arrival-rate', exec: 'calm', rate: 20, duration: '8s', preAllocatedVUs: 80 },
  }

  it('is named in the verdict: scenario, length, second', async () => {
    const text = script(
      { scenarios },
      `
      export async function busy() {
        await ask()
        for (const until = Date.now() + 3_000; Date.now() < until;) Math.random()
      }
      export async function calm() { await ask() }
    `,
    )
    const ran = await run(text)
    const { verdict, reasons, figures } = ran.summary().health
    expect(verdict).not.toBe('trustworthy')
    expect(figures['event_loop_delay_max']).toBeGreaterThan(2_500)
    const named =
      /worker 0, up to \d[\d.]*s at second \d+: the code of scenario busy most likely kept its event loop for \d/
    const said = reasons.join('\n')
    // Where this machine hardly let the worker run, it is the machine that is named.
    if ((figures['cpu_wait_max'] ?? 0) > 0.5 && !named.test(said)) {
      expect(said).toMatch(/worker 0, up to \d[\d.]*s at second \d+: .* the machine gave it no core/)
    } else {
      expect(said).toMatch(named)
      expect(said).not.toContain('scenario calm')
    }
    // Starts that were due meanwhile come late, none is lost.
    const calm = ran.summary().scenarios.find(({ name }) => name === 'calm')
    expect((calm?.started ?? 0) + (calm?.dropped ?? 0)).toBe(160)
    expect(valueOf(ran.summary(), 'schedule_lag', 'max')).toBeGreaterThan(2_000)
  })
})
