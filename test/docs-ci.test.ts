import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../packages/core/src/plan/index.ts'
import { startSimulator, type Simulator } from '../packages/simulator/src/index.ts'
import { BIN, untilEnded } from './harness/loadbench.ts'
import { blocksOf } from './harness/pages.ts'
import { makeProject, ROOT } from './harness/project.ts'

interface Job {
  readonly steps?: readonly { readonly uses?: string; readonly run?: string }[]
  readonly script?: readonly string[]
}

/** Every command of a job file that starts loadbench, by the reader of YAML that loadbench has itself. */
async function commandsOf(file: string): Promise<string[]> {
  const read = (await readConfig(join(ROOT, 'docs/ci', file))) as Readonly<Record<string, unknown>>
  const nested = (read['jobs'] ?? read) as Readonly<Record<string, Job>>
  const lines = Object.values(nested).flatMap((job) => [
    ...(job.script ?? []),
    ...(job.steps ?? []).flatMap(({ run }) => (run === undefined ? [] : [run])),
  ])
  return lines.filter((line) => line.includes('loadbench '))
}

const commands = await Promise.all(
  ['github-actions.yml', 'gitlab-ci.yml'].map(async (file) =>
    (await commandsOf(file)).map((command) => ({ file, command })),
  ),
).then((lists) => lists.flat())

const scripts = blocksOf('docs/ci.md').flatMap(({ file, text }) =>
  file === undefined ? [] : [[file, text] as const],
)
const project = makeProject(Object.fromEntries(scripts))
mkdirSync(join(project.folder, 'node_modules/.bin'))
symlinkSync(BIN, join(project.folder, 'node_modules/.bin/loadbench'))

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator({ apiKey: 'sk-of-the-job' })
})
afterAll(() => simulator.stop())

describe('the files of docs/ci', () => {
  it('probe, run the smoke test and run the whole load', () => {
    expect(commands).toHaveLength(6)
    expect(scripts.map(([file]) => file)).toEqual(['load/smoke.ts', 'load/nightly.ts'])
  })

  it.each(commands)(
    '$file: $command',
    async ({ file, command }) => {
      // The generator of a machine that runs other tests as well is not to be judged.
      const { code, stdout, stderr } = await untilEnded(
        'sh',
        ['-c', command.replace(' --strict-health', '')],
        {
          cwd: project.folder,
          env: {
            ENDPOINT: `${simulator.url}/v1`,
            OPENAI_API_KEY: 'sk-of-the-job',
            DURATION: '2s',
            ...(file.startsWith('github') ? { GITHUB_ACTIONS: 'true' } : {}),
          },
        },
      )
      expect(`${stdout}\n${stderr}`).not.toMatch(/LB_\w+/)
      expect(code).toBe(0)
      for (const [, written = ''] of command.matchAll(/--out \w+=(\S+)|--summary-export (\S+)/g)) {
        if (written !== '') expect(project.read(written)).not.toBe('')
      }
    },
    120_000,
  )
})
