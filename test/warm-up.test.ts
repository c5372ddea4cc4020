import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Summary } from 'loadbench'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { Ran } from './harness/loadbench.ts'
import { makeProject } from './harness/project.ts'
import { QUICK, script } from './harness/scripts.ts'
import { valueOf } from './harness/summary.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

const stages = [
  { duration: '2s', target: 20 },
  { duration: '2s', target: 20 },
]

/** In its first second every iteration throws once it is answered. */
const COLD = script(
  {
    warmup: '1s',
    scenarios: {
      ramp: { executor: 'ramping-arrival-rate', startRate: 20, stages, preAllocatedVUs: 20, maxVUs: 200 },
    },
    thresholds: {
      iteration_failed: [{ threshold: 'rate==0', abortOnFail: true }],
      'checks{check:warm}': [{ threshold: 'rate==1', abortOnFail: true }],
      'ttft{stage:1}': ['p(95)>0'],
      warmup_requests: ['count>0'],
    },
  },
  `
    export default async function () {
      const cold = Date.now() < exec.scenario.startTime + 990
      const reply = await ask()
      check(reply, { warm: () => !cold })
      if (cold) throw new Error('still cold')
    }
  `,
)

describe('a run with a warm-up', () => {
  const project = makeProject({ 'cold.ts': COLD })
  let ran: Ran
  let summary: Summary
  beforeAll(async () => {
    ran = await project.loadbench(['run', 'cold.ts', '--simulate', QUICK, '--workers', '1', '--by', 'stage'])
    summary = ran.summary()
  })
  const count = (name: string) => valueOf(summary, name, 'count')

  it('holds what starts within it against nobody', () => {
    expect(ran.code, ran.stdout).toBe(0)
    expect(valueOf(summary, 'iteration_failed', 'rate')).toBe(0)
    expect(summary.errors).toEqual([])
  })

  it('loses nothing: what was measured and what was not are all that started', () => {
    const [scenario] = summary.scenarios
    expect(count('iterations') + count('warmup_iterations')).toBe(scenario?.completed)
    expect(scenario).toMatchObject({ started: scenario?.completed, dropped: 0 })
    expect(count('warmup_iterations')).toBeGreaterThan(5)
    expect(count('iterations')).toBeGreaterThan(20)
  })

  it('leaves its time out of the rates', () => {
    const measured = (count('requests') / valueOf(summary, 'requests', 'rate')) * 1_000
    expect(summary.run.durationMs - measured).toBeGreaterThan(900)
    expect(summary.run.durationMs - measured).toBeLessThan(1_900)
  })

  it.each(['warmup_requests', 'warmup_iterations'])('tells the rate of %s over its time alone', (name) => {
    expect(valueOf(summary, name, 'rate')).toBeCloseTo(count(name), 6)
  })

  it('tells the rate of the iterations that started over all of it', () => {
    const whole = (count('iterations_started') / valueOf(summary, 'iterations_started', 'rate')) * 1_000
    expect(Math.abs(summary.run.durationMs - whole)).toBeLessThan(900)
  })

  it('says in the terminal and in the report how much it left out', () => {
    const sentence = `The first 1s are warm-up and not measured: ${count('warmup_requests')} requests and`
    expect(ran.stdout.replaceAll(/\s+/g, ' ')).toContain(sentence)
    expect(ran.file('report.html')).toContain(sentence)
    expect(ran.file('report.html')).toContain('warm-up of 1s, not measured')
  })

  it('marks its requests in the sample file', () => {
    const lines = gunzipSync(readFileSync(join(ran.runFolder, 'samples-0.ndjson.gz')))
      .toString('utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { startedAt: number; warmup?: boolean })
    const marked = lines.filter(({ warmup }) => warmup === true)
    expect(marked).toHaveLength(count('warmup_requests'))
    expect(lines.length - marked.length).toBe(count('requests'))
    expect(Math.max(...marked.map(({ startedAt }) => startedAt))).toBeLessThan(1_000)
  })

  it('tells the stages of the ramp apart', () => {
    const parts = summary.parts.filter(({ tags }) => 'stage' in tags).map(({ label }) => label)
    expect(parts).toEqual(['stage 0', 'stage 1'])
    const requests = ['0', '1'].map((stage) => valueOf(summary, 'requests', 'count', { stage }))
    expect((requests[0] ?? 0) + (requests[1] ?? 0)).toBe(count('requests'))
  })

  it('gives the same numbers when it is summed up again from its seconds', async () => {
    rmSync(join(ran.runFolder, 'summary.json'))
    const again = await project.loadbench(['report', ran.runFolder, '--summary', 'json'])
    const rebuilt = JSON.parse(again.stdout) as Summary
    for (const name of ['requests', 'iterations', 'iterations_started', 'warmup_requests'])
      expect(valueOf(rebuilt, name, 'rate')).toBe(valueOf(summary, name, 'rate'))
    expect(rebuilt.thresholds.map(({ passed }) => passed)).toEqual([true, true, true, true])
  })
})

describe('a run that ends within its warm-up', () => {
  it('says that nothing was measured', async () => {
    const options = { warmup: '1m', vus: 1, iterations: 3, thresholds: { ttft: ['p(95)<10s'] } }
    const ran = await makeProject({ 'short.ts': script(options) }).loadbench([
      'run',
      'short.ts',
      '--no-report',
      '--simulate',
      QUICK,
    ])
    expect(ran.code).toBe(99)
    expect(ran.stdout.replaceAll(/\s+/g, ' ')).toContain(
      'The run ended within its warm-up: nothing was measured, and 3 requests and 3 iterations were left out.',
    )
  })
})
