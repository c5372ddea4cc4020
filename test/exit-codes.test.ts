import { rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { makeProject } from './harness/project.ts'
import { QUICK, script } from './harness/scripts.ts'
import { valueOf } from './harness/summary.ts'
import type { RunSettings } from './harness/loadbench.ts'

vi.setConfig({ testTimeout: 180_000 })

/** Runs a script against a quick simulator, without a report. */
function run(text: string, flags: readonly string[] = [], settings: RunSettings = {}) {
  const project = makeProject({ 'test.ts': text })
  return project
    .loadbench(['run', 'test.ts', '--simulate', QUICK, '--no-report', ...flags], settings)
    .then((ran) => ({ ...ran, left: project.list('tmp'), project }))
}

const TEARDOWN = `export function teardown() { console.log('torn down') }`

describe('exit code 0', () => {
  it('says that the run came to its end and every threshold held', async () => {
    const ran = await run(
      script(
        { iterations: 2, thresholds: { checks: ['rate==1'] } },
        `
      export default async function () { check(await ask(), { answered: ({ ok }) => ok }) }
    `,
      ),
    )
    expect(ran).toMatchObject({ code: 0, stderr: '', left: [] })
    expect(ran.stdout).toContain('passed after')
    expect(ran.summary().run).toMatchObject({ outcome: 'passed', exitCode: 0 })
  })
})

describe('exit code 90', () => {
  it('says that --strict-health was asked for and the generator cannot be trusted', async () => {
    const blocks = script(
      { vus: 1, duration: '4s' },
      `
      export default async function () {
        await ask()
        for (const until = Date.now() + 400; Date.now() < until;) Math.random()
      }
    `,
    )
    const ran = await run(blocks, ['--strict-health'])
    expect(ran.code).toBe(90)
    expect(ran.summary().health.verdict).toBe('invalid')
    expect(ran.summary().run).toMatchObject({
      exitCode: 90,
      reason: expect.stringContaining('--strict-health') as string,
    })
  })
})

describe('exit code 99', () => {
  it('says that a threshold failed', async () => {
    const ran = await run(script({ iterations: 2, thresholds: { requests: ['count>1000'] } }))
    expect(ran.code).toBe(99)
    expect(ran.stdout).toMatch(/✗ requests {2}count>1000/)
    expect(ran.summary().run.outcome).toBe('thresholds-failed')
    expect(ran.summary().thresholds).toMatchObject([{ passed: false, aborted: false, observed: 2 }])
  })

  it('comes early where the threshold has abortOnFail', async () => {
    const thresholds = { checks: [{ threshold: 'rate==1', abortOnFail: true }] }
    const ran = await run(
      script(
        { vus: 1, duration: '10m', thresholds },
        `
      export default async function () { check(await ask(), { impossible: false }); await sleep(0.1) }
      ${TEARDOWN}
    `,
      ),
    )
    expect(ran.code).toBe(99)
    expect(ran.stdout).toContain('torn down')
    expect(ran.stdout).toContain('ended the run')
    expect(ran.summary().run.durationMs).toBeLessThan(100_000)
    expect(ran.summary().thresholds).toMatchObject([{ passed: false, aborted: true }])
  })
})

describe('exit codes 100 and 101', () => {
  it('100: setup() took too long; no VU starts, and nothing waits for what it still does', async () => {
    const ran = await run(
      script(
        { iterations: 2, setupTimeout: '300ms' },
        `
      export async function setup() { await sleep(600) }
      export default async function () { await ask() }
      ${TEARDOWN}
    `,
      ),
    )
    expect(ran).toMatchObject({ code: 100, left: [] })
    expect(ran.stdout).toContain('LB_SETUP_TIMEOUT setup() took longer than 300ms')
    expect(ran.stdout).not.toContain('torn down')
    expect(ran.summary().scenarios).toMatchObject([{ started: 0 }])
  })

  it('101: teardown() took too long; what was measured is there', async () => {
    const ran = await run(
      script(
        { iterations: 2, teardownTimeout: '300ms' },
        `
      export async function teardown() { await sleep(600) }
      export default async function () { await ask() }
    `,
      ),
    )
    expect(ran).toMatchObject({ code: 101, left: [] })
    expect(ran.stdout).toContain('LB_TEARDOWN_TIMEOUT teardown() took longer than 300ms')
    expect(valueOf(ran.summary(), 'requests', 'count')).toBe(2)
  })
})

describe('exit code 104', () => {
  it.each([
    ['wrong options', script({ vus: 0 }), 'LB_OPTIONS_INVALID'],
    ['a script that cannot be read', 'export default function ( {', 'LB_SCRIPT_SYNTAX'],
    [
      'a scenario without its function',
      script({ scenarios: { one: { executor: 'shared-iterations', exec: 'nothing' } } }),
      'LB_NO_EXEC',
    ],
  ])('says before anything is sent that there are %s', async (_, text, code) => {
    const ran = await run(text)
    expect(ran).toMatchObject({ code: 104, stdout: '', left: [] })
    expect(ran.stderr).toContain(code)
    expect(ran.project.list('results')).toEqual([])
  })
})

describe('exit code 105', () => {
  const endless = (seconds: number) =>
    script(
      { vus: 2, duration: '10m' },
      `
    export default async function () { await ask(); console.log('asked'); await sleep(${seconds}) }
    ${TEARDOWN}
  `,
    )

  it('says that a signal ended the run: iterations ended by themselves, teardown() ran, the summary is there', async () => {
    const ran = await run(endless(0.3), [], { signals: [{ when: /asked/, send: 'SIGINT' }] })
    expect(ran).toMatchObject({ code: 105, left: [] })
    expect(ran.stdout).toContain('torn down')
    expect(ran.stdout).toContain('interrupted after')
    const [scenario] = ran.summary().scenarios
    expect(scenario).toMatchObject({ interrupted: 0, completed: scenario?.started })
    expect(valueOf(ran.summary(), 'requests', 'count')).toBeGreaterThan(0)
    expect(JSON.parse(ran.file('run.json'))).toMatchObject({ state: 'aborted' })
  })

  it('tells the rate of arrivals up to the signal, without the wait after it; so does a report', async () => {
    const rush = { executor: 'constant-arrival-rate', rate: 20, duration: '10m', preAllocatedVUs: 200 }
    const text = script(
      { scenarios: { rush } },
      `export default async function () { await ask(); console.log('asked'); await sleep(4) }`,
    )
    const ran = await run(text, [], { signals: [{ when: /asked/, send: 'SIGINT' }] })
    const { scenarios } = ran.summary()
    const [{ started, delivery } = { started: 0 }] = scenarios
    // With the four seconds in it, it would be 5 at most.
    expect(delivery).toMatchObject({ intended: started })
    expect(delivery?.achievedRate).toBeGreaterThan(8)
    rmSync(join(ran.runFolder, 'summary.json'))
    const report = await ran.project.loadbench(['report', ran.runFolder, '--summary', 'json'])
    expect(JSON.parse(report.stdout)).toMatchObject({ scenarios })
  })

  it('comes at once with a second signal, and a report can still be made', async () => {
    const again = [
      { when: /asked/, send: 'SIGINT' },
      { when: /send it again/, send: 'SIGINT' },
    ] as const
    const ran = await run(endless(600), [], { signals: again })
    expect(ran).toMatchObject({ code: 105, left: [] })
    expect(ran.stdout).not.toContain('torn down')
    const report = await ran.project.loadbench(['report', ran.runFolder])
    expect(report).toMatchObject({ code: 0, stderr: '' })
    expect(report.stdout).toMatch(
      /interrupted after .*, exit code 105:\s+stopped by SIGINT; it ended at\s+once/,
    )
    expect(ran.stderr).toContain(
      `see it by\n    loadbench report ${relative(ran.project.folder, ran.runFolder)}\n`,
    )
  })

  // CI systems send the first, terminals that close the second.
  it.each(['SIGTERM', 'SIGHUP'] as const)('is the same for %s', async (signal) => {
    const ran = await run(endless(0.1), [], { signals: [{ when: /asked/, send: signal }] })
    expect(ran.code).toBe(105)
    expect(ran.summary().run.reason).toBe(`stopped by ${signal}`)
  })

  it('does not wait for a setup() under way', async () => {
    const ran = await run(
      script(
        { iterations: 1 },
        `
      export async function setup() { console.log('setting up'); await sleep(600) }
      export default async function () { await ask() }
    `,
      ),
      [],
      { signals: [{ when: /setting up/, send: 'SIGINT' }] },
    )
    expect(ran).toMatchObject({ code: 105, left: [] })
    expect(ran.stdout).toContain('SIGINT: ending before the load begins, so nothing is torn down')
    expect(ran.summary().scenarios).toMatchObject([{ started: 0 }])
  })

  it('does not come once the load is over: what was measured has its verdict, and nothing says otherwise', async () => {
    const ran = await run(
      script(
        { iterations: 1, handleSummaryTimeout: '60s' },
        `
      export default async function () { await ask() }
      export async function handleSummary() {
        console.log('summing up')
        await new Promise((resolve) => setTimeout(resolve, 1_500))
        return {}
      }
    `,
      ),
      [],
      { signals: [{ when: /summing up/, send: 'SIGINT' }] },
    )
    expect(ran).toMatchObject({ code: 0, left: [] })
    expect(ran.stdout).toContain('SIGINT: the load is over')
    expect(JSON.parse(ran.file('run.json'))).toMatchObject({ state: 'finished', ending: { exitCode: 0 } })
  })

  it('comes at once while the script is still being loaded', async () => {
    const text = `console.log('loading'); await new Promise((resolve) => setTimeout(resolve, 600_000))\n${script({})}`
    const ran = await run(text, [], { signals: [{ when: /loading/, send: 'SIGINT' }] })
    expect(ran).toMatchObject({ code: 105, left: [] })
    expect(ran.stderr).toContain('LB_INTERRUPTED')
  })
})

describe('exit code 107', () => {
  it('says that the script threw at its top: nothing was started', async () => {
    const ran = await run(`${script({})}\nthrow new Error('no data set')`)
    expect(ran).toMatchObject({ code: 107, stdout: '', left: [] })
    expect(ran.stderr).toMatch(
      /LB_SCRIPT_FAILED .*while it was being loaded\s+Error: no data set\s+at .*test\.ts:\d+:\d+/,
    )
    expect(ran.project.list('results')).toEqual([])
  })

  it.each(['run', 'inspect'])('says that its top waits for what never comes (%s)', async (command) => {
    const project = makeProject({ 'test.ts': `await new Promise(() => {})\n${script({})}` })
    const ran = await project.loadbench([command, 'test.ts'])
    expect(ran).toMatchObject({ code: 107, stdout: '' })
    expect(ran.stderr).toContain('LB_SCRIPT_FAILED the top level of the script waited for what never comes')
  })

  it('says that an export with a meaning is no function', async () => {
    const ran = await run(script({}, 'export const setup = 5\nexport default () => {}'))
    expect(ran).toMatchObject({ code: 107, stdout: '', left: [] })
    expect(ran.stderr).toContain('the script exports a number by the name setup, which has to be a function')
  })

  it('says that setup() returned what cannot go to the workers', async () => {
    const ran = await run(
      script(
        {},
        'export function setup() { return { big: 10n } }\nexport default async () => { await ask() }',
      ),
    )
    expect(ran).toMatchObject({ code: 107, left: [] })
    expect(ran.stdout).toContain('LB_SCRIPT_FAILED what setup() returned cannot become JSON')
    expect(ran.summary().scenarios).toMatchObject([{ started: 0 }])
  })

  it('says that setup() threw: no VU ran, and the summary is there', async () => {
    const ran = await run(
      script(
        { iterations: 2 },
        `
      export function setup() { throw new Error('no token') }
      export default async function () { await ask() }
      ${TEARDOWN}
    `,
      ),
    )
    expect(ran).toMatchObject({ code: 107, left: [] })
    expect(ran.stdout).toMatch(
      /LB_SCRIPT_FAILED the script threw in setup\(\)\s+Error: no token\s+at .*test\.ts:\d+:\d+/,
    )
    expect(ran.stdout).toContain('failed after')
    expect(ran.stdout).not.toContain('torn down')
    expect(ran.summary().scenarios).toMatchObject([{ started: 0, dropped: 0 }])
  })

  it('says that teardown() threw: the run had come to its end', async () => {
    const ran = await run(
      script(
        { iterations: 2 },
        `
      export function teardown() { throw new Error('cannot clean up') }
      export default async function () { await ask() }
    `,
      ),
    )
    expect(ran.code).toBe(107)
    expect(ran.stdout).toContain('the script threw in teardown()')
    expect(ran.summary().scenarios).toMatchObject([{ completed: 2 }])
  })

  it('says that a call cannot be sent as the script made it: that ends the run, teardown() still ran', async () => {
    const ran = await run(
      script(
        { vus: 1, duration: '10m' },
        `
      export default async function () { await llm.chat({ messages: [], timeouts: { total: 'soon' } }) }
      ${TEARDOWN}
    `,
      ),
    )
    expect(ran.code).toBe(107)
    expect(ran.stdout).toMatch(/LB_CALL_INVALID timeouts\.total is "soon"(?:\s+at .*)*test\.ts:\d+:\d+/)
    expect(ran.stdout).toContain('torn down')
  })

  it.each([
    ['at its top', `process.exit(0)\n${script({})}`],
    ['in setup()', script({}, 'export function setup() { process.exit(0) }\nexport default () => {}')],
  ])('says that the script ended the process %s', async (_, text) => {
    const ran = await run(text)
    expect(ran).toMatchObject({ code: 107, left: [] })
    expect(ran.stderr).toMatch(/LB_SCRIPT_FAILED the script ended the process\n +at .*test\.ts:\d+:\d+/)
  })

  it('shows why even where the script prints a summary of its own', async () => {
    const ran = await run(
      script(
        { iterations: 2 },
        `
      export function setup() { throw new Error('no token') }
      export default async function () { await ask() }
      export function handleSummary() { return { stdout: 'mine' } }
    `,
      ),
    )
    expect(ran.code).toBe(107)
    expect(ran.stdout).toContain('Error: no token')
  })
})

describe('exit code 108', () => {
  it('says that an iteration ended the run with exec.test.abort(); teardown() still ran', async () => {
    const ran = await run(
      script(
        { vus: 2, duration: '10m' },
        `
      export default async function () {
        await ask()
        if (exec.vu.idInTest === 2) exec.test.abort('enough')
        await sleep(600)
      }
      ${TEARDOWN}
    `,
      ),
    )
    expect(ran).toMatchObject({ code: 108, left: [] })
    expect(ran.stdout).toContain('torn down')
    expect(ran.summary().run).toMatchObject({ outcome: 'aborted', reason: 'enough' })
    expect(ran.summary().scenarios).toMatchObject([{ interrupted: 2 }])
  })

  it('says that setup() did; no VU ran, teardown() did', async () => {
    const ran = await run(
      script(
        { iterations: 2 },
        `
      export function setup() { exec.test.abort('wrong model loaded') }
      export default async function () { await ask() }
      ${TEARDOWN}
    `,
      ),
    )
    expect(ran).toMatchObject({ code: 108, left: [] })
    expect(ran.stdout).toContain('torn down')
    expect(ran.summary().run).toMatchObject({ outcome: 'aborted', reason: 'wrong model loaded' })
    expect(ran.summary().scenarios).toMatchObject([{ started: 0 }])
  })
})

describe('exit code 110', () => {
  it('says that the script called exec.test.fail(); the run went on to its end', async () => {
    const ran = await run(
      script(
        { iterations: 5 },
        `
      export default async function () { await ask(); exec.test.fail('half of the answers are French') }
    `,
      ),
    )
    expect(ran.code).toBe(110)
    expect(ran.summary().run).toMatchObject({ outcome: 'failed', reason: 'half of the answers are French' })
    expect(ran.summary().scenarios).toMatchObject([{ completed: 5 }])
    expect(JSON.parse(ran.file('run.json'))).toMatchObject({ state: 'finished' })
  })
})

describe('exit code 255', () => {
  const exits = script(
    { vus: 4, duration: '2s' },
    `
    export default async function () {
      await ask()
      await sleep(0.2)
      if (exec.vu.idInTest === 1) process.exit(0)
    }
    ${TEARDOWN}
  `,
  )

  it('says that a worker died; what the others measured is there', async () => {
    const ran = await run(exits, ['--workers', '2'])
    expect(ran).toMatchObject({ code: 255, left: [] })
    expect(ran.stdout).toContain('LB_WORKER_DIED worker 0 ended before its shard was done')
    expect(ran.stdout).toContain('torn down')
    expect(ran.summary().run.outcome).toBe('failed')
    expect(ran.summary().health.verdict).toBe('invalid')
    expect(valueOf(ran.summary(), 'requests', 'count')).toBeGreaterThan(0)
  })

  it('comes without hanging where the only worker died', async () => {
    const ran = await run(exits, ['--workers', '1'])
    expect(ran).toMatchObject({ code: 255, left: [] })
    expect(ran.stdout).toContain('LB_WORKER_DIED')
  })
})
