import { startSimulator } from '../packages/simulator/src/index.ts'
import { describe, expect, it, vi } from 'vitest'
import { makeProject } from './harness/project.ts'
import { HAS_TERMINAL, openTerminal } from './harness/terminal.ts'

vi.setConfig({ testTimeout: 120_000 })

interface Finding {
  readonly name: string
  readonly state: string
  readonly found: string
  readonly advice?: string
}

const project = makeProject()
const findings = (stdout: string) => JSON.parse(stdout) as readonly Finding[]

describe('loadbench doctor', () => {
  it('looks at the machine and says how it stands, a line for each', async () => {
    const { code, stdout, stderr } = await project.loadbench(['doctor'])
    expect(stderr).toBe('')
    expect([0, 1]).toContain(code)
    expect(code).toBe(/^ {2}✗ /m.test(stdout) ? 1 : 0)
    for (const name of [
      'Node',
      'cores',
      'CPU governor',
      'clock',
      'timers',
      'memory',
      'open files',
      'local ports',
    ]) {
      expect(stdout).toMatch(new RegExp(`^ {2}[✓!✗–] ${name} +\\S`, 'm'))
    }
    expect(stdout).not.toContain('\u001B')
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThan(80)
  })

  it('tells it as JSON, with what to do about each thing that is not well', async () => {
    const { stdout } = await project.loadbench(['doctor', '--json', '--vus', '999999999'])
    for (const { state, advice } of findings(stdout)) {
      expect(advice !== undefined).toBe(state === 'doubtful' || state === 'bad')
    }
    expect(findings(stdout).find(({ name }) => name === 'memory')?.state).toBe('doubtful')
    expect(findings(stdout).some(({ name }) => name === 'target')).toBe(false)
  })

  it('asks the target, from the flag or the environment', async () => {
    const simulator = await startSimulator({})
    const named = await project.loadbench(['doctor', '--json', '--target', simulator.url])
    const inherited = await project.loadbench(['doctor', '--json'], {
      env: { LOADBENCH_TARGET: simulator.url },
    })
    await simulator.stop()
    for (const { stdout } of [named, inherited]) {
      expect(findings(stdout).at(-1)).toMatchObject({ name: 'target', state: 'good' })
    }
  })

  it('ends with 1 where the target cannot be reached, and tells of a proxy without its password', async () => {
    const { code, stdout } = await project.loadbench(['doctor', '--json', '-t', 'http://127.0.0.1:9'], {
      env: { HTTPS_PROXY: 'http://me:s3cret@127.0.0.1:3128' },
    })
    expect(code).toBe(1)
    const [proxy, target] = findings(stdout).slice(-2)
    expect(proxy).toMatchObject({ name: 'proxy', state: 'doubtful' })
    expect(target).toMatchObject({ name: 'target', state: 'bad' })
    expect(target?.found).toContain('ECONNREFUSED')
    expect(stdout).not.toContain('s3cret')
  })

  it.each([
    [['--vus', 'many'], 'LB_USAGE --vus takes a whole number above 0'],
    [['--target', 'localhost:8000'], 'LB_TARGET_INVALID --target is "localhost:8000"'],
    [['--vuss', '3'], 'LB_USAGE there is no flag --vuss; did you mean --vus?'],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await project.loadbench(['doctor', ...args])
    expect(stderr).toContain(message)
    expect(code).toBe(104)
  })

  it.skipIf(!HAS_TERMINAL)('shows it at a terminal', async () => {
    const terminal = await openTerminal(project.folder, ['doctor'], { rows: 60 })
    expect(await terminal.ended()).toMatch(/^ {2}✓ Node +\d+\.\d+/m)
  })
})
