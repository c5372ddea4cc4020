import { spawn } from 'node:child_process'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ROOT } from './harness/project.ts'

/**
 * Short forms of the benches that hold loadbench to a figure. Their bounds are about twice what is measured
 * on a quiet machine, against a floor of the same minute where there is one; and the best of three tries
 * counts, for a machine that does other things too can spoil any of them. What they catch is a slide. Plain
 * HTTP has the widest bound: in so short a load the compiler's work is most of what is compared.
 */
const BENCHES: readonly (readonly [behaviour: string, bench: string, environment: Record<string, string>])[] =
  [
    [
      'a pause of the server is in ttft_scheduled and in itl in full',
      'stall',
      { SECONDS: '6', RATE: '20', STALL: '2' },
    ],
    ['20,000 VUs of a closed model are under way in seconds', 'start', { ROUNDS: '1', BOUND: '6' }],
    [
      'an idle stream takes some tens of kB',
      'idle-streams',
      { STREAMS: '600', FEW: '100', ITL: '1000', BOUND: '120' },
    ],
    [
      'a day of results does not gather in memory',
      'memory',
      { PARTS: 'day', HOURS: '0.5', BOUND: '0.25', HEAP_BOUND: '0.15' },
    ],
    ['a run does not gather memory', 'memory', { PARTS: 'soak', MINUTES: '0.15', BOUND: '0.5' }],
    [
      'a single worker delivers 30 streams of 64 tokens a second',
      'capacity',
      {
        KINDS: 'streams',
        WORKERS: '1',
        SECONDS: '3',
        TRIES: '1',
        FROM: '30',
        UPTO: '30',
        AT_LEAST: '30',
      },
    ],
    [
      'a token costs little more CPU than undici alone takes for it',
      'cost',
      { NET: '0', STREAMS: '100', ROUNDS: '1', SECONDS: '3', BOUND: '3' },
    ],
    [
      'a plain HTTP request costs a few times what undici alone takes for it',
      'http-cost',
      { ROUNDS: '1', REQUESTS: '15000', BOUND: '10' },
    ],
    ['the first request is on the wire soon after the command', 'cold-start', { RUNS: '2', BOUND: '60' }],
  ]

const NODE_ARGUMENTS = ['--conditions=@loadbench/source', '--import', 'tsx', 'bench/run.ts']

interface Ended {
  readonly code: number | null
  readonly printed: string
}

/** Runs `pnpm bench NAME` to its end; what it started ends with it. */
function bench(name: string, environment: Record<string, string>): Promise<Ended> {
  const child = spawn(process.execPath, [...NODE_ARGUMENTS, name], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  // The whole group, or servers would outlive a test that took too long.
  onTestFinished(() => {
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  })
  let printed = ''
  const take = (text: string) => (printed += text)
  child.stdout.setEncoding('utf8').on('data', take)
  child.stderr.setEncoding('utf8').on('data', take)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, printed }))
  })
}

describe.runIf(process.platform === 'linux')('what loadbench promises of itself', () => {
  it.each(BENCHES)('%s', { retry: 2, timeout: 120_000 }, async (_, name, environment) => {
    const { code, printed } = await bench(name, environment)
    expect(code, printed).toBe(0)
  })
})

describe('benches', () => {
  it('run on the Node that NODE names', async () => {
    const { code, printed } = await bench('signing', { NODE: '/nowhere/node' })
    expect(code).toBe(1)
    expect(printed).toContain('NODE=/nowhere/node: spawnSync /nowhere/node ENOENT')
  })

  it('are told of where the name is none of theirs', async () => {
    const { code, printed } = await bench('speed', {})
    expect(code).toBe(1)
    expect(printed).toMatch(/^name one of: .*capacity.*http-cost.*idle-streams.*memory.*stall.*start/)
  })
})
