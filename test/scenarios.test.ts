import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { makeProject, ROOT } from './harness/project.ts'
import { valueOf } from './harness/summary.ts'

vi.setConfig({ testTimeout: 180_000 })

/** Far within every threshold. */
const FAST = '{"ttft":5,"itl":1}'

/** What makes each script short; all of them can be set by whoever runs them. */
const SHORT: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  smoke: {},
  spike: { PEAK: '10', HOLD: '1s' },
  sustained: { RATE: '5', DURATION: '3s' },
  stress: { VUS: '8', STEP: '1s' },
  soak: { VUS: '3', DURATION: '3s' },
  chat: { VUS: '2', THINK: '0.05' },
  engines: { SECONDS: '1', VUS: '2' },
}

describe('the scripts of scenarios/', () => {
  it('are all tried here', () => {
    const files = readdirSync(join(ROOT, 'scenarios')).filter((file) => file.endsWith('.ts'))
    expect(files.toSorted()).toEqual(
      Object.keys(SHORT)
        .map((name) => `${name}.ts`)
        .toSorted(),
    )
  })

  // On a machine that is busy with other things a threshold may fail all the same.
  it.each(Object.entries(SHORT))(
    '%s passes against the simulator',
    { retry: 2 },
    async (name, environment) => {
      const project = makeProject()
      const variables = Object.entries(environment).flatMap(([variable, value]) => [
        '-e',
        `${variable}=${value}`,
      ])
      const ran = await project.loadbench([
        'run',
        join(ROOT, 'scenarios', `${name}.ts`),
        '--simulate',
        FAST,
        ...variables,
      ])
      expect(ran.stdout).toContain('passed after')
      expect(ran).toMatchObject({ code: 0, stderr: '' })
      expect(valueOf(ran.summary(), 'requests', 'count')).toBeGreaterThan(0)
      expect(valueOf(ran.summary(), 'iteration_failed', 'passes')).toBe(0)
      expect(ran.summary().thresholds.length).toBeGreaterThan(0)
      expect(ran.file('report.html')).toContain(name)
    },
  )
})
