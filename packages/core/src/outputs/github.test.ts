import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Summary } from '../model/summary.ts'
import { HOSTILE, HOSTILE_SUMMARY, SUMMARY } from './__fixtures__/summary.ts'
import { GithubOutput } from './github.ts'
import { markdownText } from './markdown-text.ts'

const folder = mkdtempSync(join(tmpdir(), 'loadbench-github-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** What is printed for a run in the folder `load` of a repository. */
async function printed(summary: Summary, env: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const lines: string[] = []
  const facts = {
    cwd: '/repo/load',
    env: { GITHUB_WORKSPACE: '/repo', ...env },
    print: (line: string) => lines.push(line),
  }
  await new GithubOutput({ ...facts, print: (line) => void lines.push(line) }).end(summary)
  return lines
}

describe('on GitHub Actions', () => {
  it('each failed threshold is an error at the script, a generator that is not trustworthy a warning', async () => {
    expect(await printed(SUMMARY)).toEqual([
      '::error file=load/scenarios/spike.ts,title=Threshold failed%3A ttft p(95)<550::observed: 1.06s',
      '::error file=load/scenarios/spike.ts,title=Threshold failed%3A checks{kind%3Ax} rate>0.9::observed: no data; this ended the run',
      '::warning file=load/scenarios/spike.ts,title=The load generator is degraded::Worker 0 spent 94%25 of a core at second 12; start with --workers 4.',
    ])
  })

  it('a run that broke off is an error, and comes first', async () => {
    const run = {
      ...SUMMARY.run,
      outcome: 'failed',
      exitCode: 107,
      reason: 'it threw\nat spike.ts:3',
    } as const
    expect((await printed({ ...SUMMARY, run }))[0]).toBe(
      '::error file=load/scenarios/spike.ts,title=loadbench%3A failed::it threw%0Aat spike.ts:3',
    )
  })

  it('a run that passed without having measured anything is a warning', async () => {
    const run = { ...SUMMARY.run, outcome: 'passed', exitCode: 0, reason: 'no request was sent' } as const
    const health = { verdict: 'trustworthy', reasons: [], figures: {} } as const
    expect(await printed({ ...SUMMARY, run, health, thresholds: [] })).toEqual([
      '::warning file=load/scenarios/spike.ts,title=loadbench%3A passed::no request was sent',
    ])
  })

  it('a run that passed prints nothing', async () => {
    const { reason: _, ...ended } = SUMMARY.run
    const run = { ...ended, outcome: 'passed', exitCode: 0 } as const
    const health = { verdict: 'trustworthy', reasons: [], figures: {} } as const
    expect(await printed({ ...SUMMARY, run, health, thresholds: [] })).toEqual([])
  })

  it('no more errors are printed than GitHub shows', async () => {
    const [one] = SUMMARY.thresholds
    const thresholds = Array.from({ length: 25 }, () => one).filter((threshold) => threshold !== undefined)
    const lines = (await printed({ ...SUMMARY, thresholds })).filter((line) => line.startsWith('::error'))
    expect(lines).toHaveLength(10)
    expect(lines.at(-1)).toContain('::16 more thresholds failed')
  })

  it('a script outside of the repository is not pointed at', async () => {
    const [line] = await printed({ ...SUMMARY, run: { ...SUMMARY.run, script: '../../elsewhere/spike.ts' } })
    expect(line).toMatch(/^::error title=/)
  })

  it('hostile text neither ends a line nor a property', async () => {
    for (const line of await printed(HOSTILE_SUMMARY)) {
      expect(line).toMatch(/^::(?:error|warning) (?:\w+=[^:,\r\n]*,?)+::[^\r\n]*$/)
    }
    expect(HOSTILE).toContain('\n')
  })

  it("the run is added to the job's summary, behind what is there", async () => {
    const file = join(folder, 'step.md')
    writeFileSync(file, 'before\n')
    await printed(SUMMARY, { GITHUB_STEP_SUMMARY: file })
    expect(readFileSync(file, 'utf8')).toBe(`before\n${markdownText(SUMMARY)}\n`)
  })
})
