import { describe, expect, it } from 'vitest'
import { makeProject } from './harness/project.ts'
import { QUICK, script } from './harness/scripts.ts'
import { metricOf, valueOf } from './harness/summary.ts'

const SCRIPT = script(
  { vus: 1, iterations: 3 },
  `
const learn = async () => {
  const { ok, text } = await ask()
  if (!ok || text === '') throw new Error('no answer')
  return text
}
export const setup = async () => ({ learned: await learn() })
export default async function ({ learned }) {
  check(learned, { 'setup had an answer': (text) => text.length > 0 })
  await learn()
}
export const teardown = () => learn()
`,
)

describe('one client at the top of a script', () => {
  it('serves setup(), the iterations and teardown(), and all their calls are measured', async () => {
    const project = makeProject({ 'test.ts': SCRIPT })
    const ran = await project.loadbench(['run', 'test.ts', '--simulate', QUICK, '--no-report'])
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    const summary = ran.summary()
    expect(valueOf(summary, 'iterations', 'count')).toBe(3)
    expect(valueOf(summary, 'checks', 'rate')).toBe(1)
    expect(valueOf(summary, 'requests', 'count')).toBe(5)
    expect(metricOf(summary, 'request_failed').values).toMatchObject({ rate: 0, fails: 5 })
    expect(valueOf(summary, 'ttft', 'count')).toBe(5)
  }, 180_000)
})
