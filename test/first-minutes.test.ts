import { existsSync } from 'node:fs'
import { describe, expect, it, vi } from 'vitest'
import { makeProject } from './harness/project.ts'
import { QUICK, script } from './harness/scripts.ts'
import { HAS_TERMINAL, openTerminal } from './harness/terminal.ts'

vi.setConfig({ testTimeout: 120_000 })

const files = {
  'scenarios/spike.ts': `// A sudden rush: does it shed load, queue it, or fall over when twenty times as many come?\n${script({})}`,
  'smoke.ts': `/**\n * Does it work at all?\n */\n${script({ iterations: 2 })}`,
  'data.ts': 'export const questions = []',
  'vitest.config.ts': 'export default {}',
}
const project = makeProject(files)

describe('loadbench without a command', () => {
  it('is told what there is, within 80 columns', async () => {
    const { code, stdout: short } = await project.loadbench([])
    expect(code).toBe(104)
    expect(short).toMatch(/^ {2}run \[script\] +Send a script's load/m)
    expect(short).toContain('Begin with: loadbench new')
    const { stdout: long } = await project.loadbench(['--help'])
    expect(long).toMatch(/^ {2}loadbench new \[file\] +Write a first script/m)
    expect(long).toContain('probe: 1 nobody knows the server, 2 nothing answers.')
    for (const line of `${short}${long}`.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
  })

  it('is told how a script is run', async () => {
    const { code, stderr } = await project.loadbench(['smoke.ts'])
    expect(stderr).toContain('there is no command "smoke.ts"; a script is run by: loadbench run smoke.ts')
    expect(code).toBe(104)
  })
})

describe('loadbench run without a script', () => {
  it('lists those there are, with what they are about, and how to run one', async () => {
    const { code, stdout, stderr } = await project.loadbench(['run'])
    expect({ code, stdout }).toEqual({ code: 104, stdout: '' })
    expect(stderr).toMatch(/^LB_USAGE loadbench run needs a script\. There are:$/m)
    expect(stderr).toMatch(/^ {2}smoke\.ts +Does it work at all\?$/m)
    expect(stderr).toMatch(/^ {2}scenarios\/spike\.ts {2}A sudden rush: .*…$/m)
    expect(stderr).not.toMatch(/data\.ts|vitest/)
    expect(stderr).toContain('Name one: loadbench run smoke.ts --simulate')
    for (const line of stderr.split('\n')) expect(line.length).toBeLessThan(80)
  })

  it('lists those of a folder', async () => {
    const { code, stderr } = await project.loadbench(['run', 'scenarios'])
    expect(stderr).toContain('LB_USAGE scenarios is a folder. There is:\n\n  scenarios/spike.ts  A sudden')
    expect(code).toBe(104)
  })

  it('says how to come by one where there is none', async () => {
    const { code, stderr } = await makeProject().loadbench(['run'])
    expect(stderr).toContain('LB_USAGE loadbench run needs a script, and there is none to be found here')
    expect(stderr).toContain('loadbench new')
    expect(code).toBe(104)
  })

  it.skipIf(!HAS_TERMINAL)('lists them at a terminal too', async () => {
    const terminal = await openTerminal(project.folder, ['run'])
    expect(await terminal.ended()).toMatch(/smoke\.ts +Does it work at all\?[^]*exit code 104/)
  })
})

describe('what was probably meant is said for', () => {
  it.each([
    [
      ['run', 'scenaros/spike.ts'],
      'LB_SCRIPT_NOT_FOUND there is no script at scenaros/spike.ts; did you mean scenarios/spike.ts?',
    ],
    [['run', 'spike.ts'], 'there is no script at spike.ts; did you mean scenarios/spike.ts?'],
    [['run', 'smoke'], 'there is no script at smoke; did you mean smoke.ts?'],
    [['run', 'scenarios/spkie.ts'], 'did you mean scenarios/spike.ts?'],
    [['inspect', 'smoek.ts'], 'did you mean smoke.ts?'],
    [['rum', 'smoke.ts'], 'there is no command "rum"; did you mean "run"?'],
    [
      ['report', 'results/spike_20261120_142501_abdc'],
      'LB_RUN_NOT_FOUND there is no run at results/spike_20261120_142501_abdc; did you mean results/spike_20261120_142501_abcd?',
    ],
    [['doktor'], 'there is no command "doktor"; did you mean "doctor"?'],
    [['run', 'smoke.ts', '--simulte'], 'there is no flag --simulte; did you mean --simulate?'],
    [
      ['run', 'smoke.ts', '--vus', 'abc', '--simulate'],
      'vus: must be a whole number above 0, at most 1000000, got "abc" (flag --vus)',
    ],
    [
      ['inspect', 'smoke.ts', '--workers', 'two'],
      'workers: must be a whole number above 0, at most 1024, got "two" (flag --workers)',
    ],
    [
      ['inspect', 'smoke.ts', '-t', 'opnai=http://localhost:1'],
      '--target opnai=… names no provider of the script; did you mean "openai"?',
    ],
    [['run', 'metric.ts'], 'thresholds.tftt: there is no metric "tftt"; did you mean "ttft"?'],
    [['run', 'import.ts'], 'LB_IMPORT_UNRESOLVED loadbench has no "chek" to import; did you mean "check"?'],
    [['run', 'smoke.ts', '--simulate', '--vus'], 'LB_USAGE --vus has no value'],
    [['run', 'smoke.ts', '-c', '--simulate'], 'LB_USAGE -c has no value'],
    [['run', 'option.ts'], 'tresholds: is not an option; did you mean "thresholds"?'],
    [['run', 'package.json'], 'LB_USAGE package.json is no script: its name ends in neither .ts nor .js'],
    [['new', 'ask.py'], 'Scripts are TypeScript: loadbench new ask.ts'],
    [['new', 'smoke.ts'], 'Name another file, or write over it with --force.'],
    [
      ['run', 'named.ts', '--simulate', '-d', '5s'],
      'duration: replaces the scenarios of the script (a) by one that runs the default function, but the script has none; it exports ask (flag --duration)',
    ],
    [
      ['run', 'smoke.ts', '-t', 'parrot=http://localhost:1'],
      '--target parrot=… names no provider of the script; did you mean "openai"?',
    ],
    [
      ['simulate', '--speaks', 'vllm'],
      '--speaks vllm is a server that speaks openai; allowed: a list of openai, ollama, tgi, bedrock, sagemaker\n',
    ],
    [['simulate', '--fault', 'stal'], '--fault stal is unknown; did you mean "stall"?\n'],
    [
      ['run', 'smoke.ts', '--simulate', '{"usage":"allways"}'],
      'usage is "allways"; did you mean "always"?\n',
    ],
    [['run', 'executor.ts'], 'got "constant-vu"; did you mean "constant-vus"?'],
  ])('%j', async (args, message) => {
    project.write('metric.ts', script({ thresholds: { tftt: ['p(95)<1s'] } }))
    project.write('import.ts', `import { chek } from 'loadbench'\nexport default () => chek(1, {})`)
    project.write('option.ts', script({ tresholds: {} }))
    project.write('executor.ts', script({ scenarios: { a: { executor: 'constant-vu', duration: '1s' } } }))
    project.write('package.json', '{}')
    project.write(
      'named.ts',
      `export const options = { scenarios: { a: { executor: 'constant-vus', duration: '1s', exec: 'ask' } } }\nexport function ask() {}`,
    )
    project.write('results/spike_20261120_142501_abcd/run.json', '{}')
    const { code, stdout, stderr } = await project.loadbench(args)
    expect(stderr).toContain(message)
    expect({ code, stdout }).toEqual({ code: 104, stdout: '' })
  })
})

describe('loadbench inspect', () => {
  it('takes the target of a run, and hides its password', async () => {
    const target = 'http://me:s3cret@localhost:8000/v1'
    const { code, stdout } = await project.loadbench(['inspect', 'smoke.ts', '--target', target])
    expect(code).toBe(0)
    expect(stdout).not.toContain('s3cret')
    expect(JSON.parse(stdout)).toMatchObject({
      targets: { '*': expect.stringContaining('localhost:8000/v1') as string },
    })
  })

  it('takes --simulate, with its settings', async () => {
    expect((await project.loadbench(['inspect', 'smoke.ts', '--simulate', QUICK])).code).toBe(0)
    const wrong = await project.loadbench(['inspect', 'smoke.ts', '--simulate', '{"tftt":1}'])
    expect(wrong.stderr).toContain('LB_SIMULATOR_INVALID')
    expect(wrong.code).toBe(104)
  })
})

describe('a run', () => {
  it.skipIf(!existsSync('/proc/self'))('is refused at once where no folder can be made for it', async () => {
    const { code, stderr } = await project.loadbench([
      'run',
      'smoke.ts',
      '--simulate',
      QUICK,
      '--results',
      '/proc/a/b',
    ])
    expect(stderr).toContain('LB_RUN_UNWRITABLE the run folder /proc/a/b/smoke_')
    expect(code).toBe(255)
  })

  const endless = script({ vus: 1, duration: '10m', gracefulStop: '10m' }, 'export default () => sleep(600)')

  it('that a second signal ends says where what it measured is', async () => {
    project.write('endless.ts', endless)
    const ran = await project.loadbench(['run', 'endless.ts', '--simulate', QUICK], {
      signals: [
        { when: /results {3}|\d+ VU/, send: 'SIGINT' },
        { when: /again to end at once/, send: 'SIGINT' },
      ],
    })
    expect(ran.code).toBe(105)
    const [, folder = ''] =
      /SIGINT again: ended at once; [^]*loadbench report (\S+)\n$/.exec(ran.stderr) ?? []
    expect(folder).toMatch(/^results\/endless_/)
    const reported = await project.loadbench(['report', folder, '--quiet'])
    expect(reported.code).toBe(0)
    expect(project.list(folder)).toContain('report.html')
  })

  it.skipIf(!HAS_TERMINAL)('says so at a terminal too', async () => {
    project.write('endless.ts', endless)
    const terminal = await openTerminal(project.folder, ['run', 'endless.ts', '--simulate', QUICK])
    await terminal.until(/endless[^]*\d/)
    await terminal.until(/1\/1|VU/)
    await terminal.press('C-c')
    await terminal.until(/again/)
    await terminal.press('C-c')
    expect(await terminal.ended()).toMatch(/SIGINT again: ended at once[^]*\nexit code 105/)
  })
})
