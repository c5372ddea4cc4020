import { describe, expect, it } from 'vitest'
import type { ReportInput, Reporter } from '../model/summary.ts'
import { Collector } from './collector.ts'
import { makeDocuments } from './documents.ts'
import { newManifest } from './manifest.ts'
import { resolvePlan } from '../plan/resolve.ts'

const { plan } = resolvePlan([], { cores: 1, exports: ['default'], metrics: [] })
const manifest = newManifest({
  id: 'r',
  script: 'r.ts',
  startedAt: new Date(0),
  plan,
  metrics: [],
  targets: {},
  version: '0',
  argv: [],
})
const run = {
  id: 'r',
  script: 'r.ts',
  startedAt: manifest.startedAt,
  durationMs: 0,
  outcome: 'passed',
  exitCode: 0,
} as const

/** Makes the documents of an empty run, one reporter for each name; `bad` throws. */
async function made(names: readonly string[]): Promise<{
  readonly written: string[]
  readonly problems: string[]
  readonly inputs: ReportInput[]
  readonly asked: string[]
}> {
  const [problems, asked, inputs]: [string[], string[], ReportInput[]] = [[], [], []]
  const collector = new Collector(plan, [], [])
  const summary = collector.summary(run)
  const counted = {
    timeline: () => {
      asked.push('timeline')
      return collector.timeline()
    },
    distributions: () => {
      asked.push('distributions')
      return collector.distributions()
    },
  }
  const reporters = names.map((name): Reporter => ({
    apiVersion: 1,
    name,
    fileName: `${name}.txt`,
    render: (input) => {
      inputs.push(input)
      if (name === 'bad') throw new Error('no ink')
      return name
    },
  }))
  const written = await makeDocuments(
    reporters,
    counted,
    () => ({ summary: { ...summary, warnings: [...problems] }, manifest }),
    async (file) => file !== 'full.txt' || (problems.push('full'), false),
    (problem) => problems.push(problem),
  )
  return { written, problems, inputs, asked }
}

describe('the documents of a run', () => {
  it('are made from one timeline, worked out once for all reporters', async () => {
    const { asked, inputs, written } = await made(['one', 'two', 'three'])
    expect(asked).toEqual(['timeline', 'distributions'])
    expect(new Set(inputs.map(({ timeline }) => timeline)).size).toBe(1)
    expect(written).toEqual(['one.txt', 'two.txt', 'three.txt'])
  })

  it('cost nothing where no reporter asks', async () => {
    expect(await made([])).toEqual({ asked: [], inputs: [], written: [], problems: [] })
  })

  it('stand whatever another reporter does, and the next is told what was lost before', async () => {
    const { written, problems, inputs } = await made(['bad', 'full', 'good'])
    expect(written).toEqual(['good.txt'])
    expect(problems).toEqual(['the report of bad failed: no ink', 'full'])
    expect(inputs.at(-1)?.summary.warnings).toEqual(problems)
  })
})
