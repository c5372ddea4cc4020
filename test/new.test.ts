import { spawnSync } from 'node:child_process'
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { PROVIDER_NAMES } from '../packages/core/src/cli/new/providers.ts'
import { scriptText } from '../packages/core/src/cli/new/script-text.ts'
import { SHAPE_NAMES } from '../packages/core/src/cli/new/shapes.ts'
import { makeProject, ROOT, type Project } from './harness/project.ts'
import { QUICK } from './harness/scripts.ts'
import { HAS_TERMINAL, openTerminal } from './harness/terminal.ts'

vi.setConfig({ testTimeout: 120_000 })

/** A project whose editor finds the types of what `loadbench new` imports, as after `npm install`. */
function installed(): Project {
  const project = makeProject()
  const link = (from: string, to: string) => symlinkSync(join(ROOT, from), join(project.folder, to), 'dir')
  link('packages/core', 'node_modules/loadbench')
  mkdirSync(join(project.folder, 'node_modules/@types'))
  link('node_modules/@types/node', 'node_modules/@types/node')
  return project
}

function tsc({ folder }: Project): { readonly code: number | null; readonly printed: string } {
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', folder],
    {
      encoding: 'utf8',
    },
  )
  return { code: status, printed: stdout }
}

describe('loadbench new, without a terminal', () => {
  it('asks nothing, and writes a script, a tsconfig and a package.json', async () => {
    const project = makeProject()
    const { code, stdout, stderr } = await project.loadbench(['new'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('✓ scenarios/smoke.ts\n  ✓ tsconfig.json\n  ✓ package.json\n')
    expect(stdout).toContain('npm install\n')
    expect(stdout).toContain('npx loadbench run scenarios/smoke.ts --simulate')
    const { dependencies, devDependencies, type } = JSON.parse(project.read('package.json')) as Record<
      string,
      object
    >
    expect(type).toBe('module')
    expect(dependencies).toBeUndefined()
    expect(Object.keys(devDependencies ?? {})).toEqual([
      '@loadbench/plugin-openai',
      '@types/node',
      'loadbench',
      'typescript',
    ])
  })

  it('leaves the files of a project as they are, and names what it lacks', async () => {
    const project = makeProject({ 'package.json': '{"name":"mine"}', 'tsconfig.json': '{}' })
    const { code, stdout } = await project.loadbench(['new', 'first', '--provider', 'ollama'])
    expect(code).toBe(0)
    expect(project.read('package.json')).toBe('{"name":"mine"}')
    expect(project.read('tsconfig.json')).toBe('{}')
    expect(project.read('first.ts')).toContain("from '@loadbench/plugin-ollama'")
    expect(stdout).toContain('npm install --save-dev loadbench\n')
  })

  it('writes over a script only with --force', async () => {
    const project = makeProject({ 'first.ts': '// mine' })
    const refused = await project.loadbench(['new', 'first.ts'])
    expect(refused.code).toBe(104)
    expect(refused.stderr).toContain('LB_USAGE there is a file at first.ts already')
    expect(project.read('first.ts')).toBe('// mine')
    expect((await project.loadbench(['new', 'first.ts', '--force'])).code).toBe(0)
    expect(project.read('first.ts')).toContain('export const options')
  })

  it.each([
    [['--shape', 'spke'], 'LB_USAGE shape cannot be "spke"; did you mean "spike"?'],
    [['--provider', 'opnai'], 'LB_USAGE provider cannot be "opnai"; did you mean "openai"?'],
    [['first.py'], 'LB_USAGE first.py is no name of a TypeScript file (.ts)'],
    [['package.json/first.ts'], 'LB_USAGE package.json/first.ts cannot be written'],
  ])('refuses %j', async (args, message) => {
    const project = makeProject({ 'package.json': '{}' })
    const { code, stderr } = await project.loadbench(['new', ...args])
    expect(stderr).toContain(message)
    expect(code).toBe(104)
  })
})

describe('the scripts of loadbench new', () => {
  const project = installed()
  const all = PROVIDER_NAMES.flatMap((provider) => SHAPE_NAMES.map((shape) => ({ provider, shape })))

  it('are what an editor takes, each provider with each shape, and the editor marks a wrong option', async () => {
    // The command once, for what it writes beside a script: a process for each would take a quarter of a minute.
    expect((await project.loadbench(['new', 'all/first'])).code).toBe(0)
    for (const { provider, shape } of all) {
      const file = `all/${provider}-${shape}.ts`
      project.write(file, scriptText({ provider, shape, file }))
    }
    expect(tsc(project)).toEqual({ code: 0, printed: '' })
    const right = project.read('all/openai-smoke.ts')
    project.write('all/misspelt.ts', right.replace('vus: 1', 'vuss: 1'))
    project.write('all/text.ts', right.replace('iterations: 3', "iterations: 'three'"))
    const { code, printed } = tsc(project)
    expect(code).not.toBe(0)
    expect(printed).toMatch(
      /misspelt\.ts.*'vuss' does not exist in type 'Options'\. Did you mean to write 'vus'\?/,
    )
    expect(printed).toMatch(/text\.ts.*Type 'string' is not assignable to type 'number'/)
  })

  it.each(PROVIDER_NAMES)('run at once against the simulator: %s', async (provider) => {
    await project.loadbench(['new', `run/${provider}`, '--provider', provider])
    const ran = await project.loadbench(['run', `run/${provider}.ts`, '--simulate', QUICK])
    expect(ran.stderr).toBe('')
    expect(ran.code).toBe(0)
    expect(ran.summary().warnings).toEqual([])
  })

  it.each(SHAPE_NAMES)('have a load that can be planned and sent: %s', async (shape) => {
    const file = `shapes/${shape}.ts`
    await project.loadbench(['new', file, '--shape', shape])
    const inspected = await project.loadbench(['inspect', file])
    expect(JSON.parse(inspected.stdout)).toMatchObject({ warnings: [] })
    const ran = await project.loadbench([
      'run',
      file,
      '--simulate',
      QUICK,
      '--iterations',
      '6',
      '--no-thresholds',
    ])
    expect(ran.code).toBe(0)
  })
})

describe.skipIf(!HAS_TERMINAL)('loadbench new, at a terminal', () => {
  it('asks what to load, how, and where to write it', async () => {
    const project = makeProject()
    const terminal = await openTerminal(project.folder, ['new'])
    expect(await terminal.until(/What do you want to load\?/)).toContain('ollama')
    await terminal.press('Down', 'Enter')
    expect(await terminal.until(/With which load\?/)).toMatch(/smoke .*Does it work/)
    await terminal.press('Down', 'Down', 'Enter')
    await terminal.until(/Into which file\?\s+.*scenarios\/spike\.ts/)
    await terminal.press('Enter')
    expect(await terminal.ended()).toContain('exit code 0')
    expect(project.read('scenarios/spike.ts')).toContain("import { tgi } from '@loadbench/plugin-tgi'")
  })

  it('does not take the name of a file that is there', async () => {
    const project = makeProject({ 'scenarios/smoke.ts': '// mine' })
    const terminal = await openTerminal(project.folder, ['new', '--provider', 'openai', '--shape', 'smoke'])
    await terminal.until(/Into which file\?/)
    await terminal.press('Enter')
    await terminal.until(/there is a file at scenarios\/smoke\.ts already/)
    await terminal.press('BSpace', 'BSpace', 'BSpace', '2.ts', 'Enter')
    expect(await terminal.ended()).toContain('exit code 0')
    expect(project.list('scenarios')).toEqual(['smoke.ts', 'smoke2.ts'])
  })

  it('writes nothing when the person leaves', async () => {
    const project = makeProject()
    const terminal = await openTerminal(project.folder, ['new'])
    await terminal.until(/What do you want to load\?/)
    await terminal.press('C-c')
    expect(await terminal.ended()).toMatch(/LB_INTERRUPTED stopped at a question[^]*exit code 105/)
    expect(project.list()).not.toContain('package.json')
  })

  it('asks nothing with --yes', async () => {
    const project = makeProject()
    const terminal = await openTerminal(project.folder, ['new', '--yes'])
    expect(await terminal.ended()).toContain('exit code 0')
    expect(project.list('scenarios')).toEqual(['smoke.ts'])
  })
})
