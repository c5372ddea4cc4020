import { spawnSync } from 'node:child_process'
import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { BIN } from './harness/loadbench.ts'
import { makeProject } from './harness/project.ts'
import { script } from './harness/scripts.ts'

vi.setConfig({ testTimeout: 120_000 })

const project = makeProject({
  'scenarios/spike.ts': `// A sudden rush.\n${script({})}`,
  'smoke.ts': script({}),
  'notes.ts': 'export const note = 1',
})
project.write('bin/loadbench', `#!/bin/sh\nexec "${process.execPath}" "${BIN}" "$@"\n`)
chmodSync(join(project.folder, 'bin/loadbench'), 0o755)
const PATH = `${join(project.folder, 'bin')}:${process.env['PATH'] ?? ''}`

const asked = async (...words: string[]) => (await project.loadbench(['--complete-words', ...words])).stdout

/** @throws where CI was to have it. */
function isThere(shell: string): boolean {
  const found = spawnSync(shell, ['-c', 'exit 0']).status === 0
  if (!found && process.env['LOADBENCH_REQUIRE_SHELLS'] === '1') throw new Error(`${shell} is not installed`)
  return found
}

function inShell(shell: string, program: string): string {
  const { stdout, stderr } = spawnSync(shell, ['-c', program], {
    cwd: project.folder,
    env: { PATH, HOME: project.folder },
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  return stdout.trim()
}

describe('loadbench completion', () => {
  it('knows every command the help lists', async () => {
    const help = (await project.loadbench(['--help'])).stdout
    const listed = Array.from(help.matchAll(/^ {2}loadbench (\w+) .*? {2}/gm), ([, name]) => name)
    const told = (await asked('')).split('\n').map((line) => line.split('\t')[0])
    expect(listed.length).toBeGreaterThan(6)
    expect(told).toEqual(expect.arrayContaining(listed))
  })

  it('knows scripts with what they are about, flags with what they mean, and choices', async () => {
    expect(await asked('run', '')).toBe('smoke.ts\t\nscenarios/spike.ts\tA sudden rush.\n')
    expect(await asked('run', '--strict')).toMatch(/^--strict-health\t\S.*\n$/)
    expect(await asked('inspect', '--simul')).toMatch(/^--simulate\t/)
    expect(await asked('new', '--shape', 'sp')).toBe('spike\t\n')
    expect(await asked('simulate', '--ttf')).toMatch(/^--ttft\t/)
    expect(await asked('completion', 'z')).toBe('zsh\t\n')
  })

  it.each(['bash', 'zsh', 'fish'])('prints a script that %s can read', async (shell) => {
    const { code, stdout } = await project.loadbench(['completion', shell])
    expect(code).toBe(0)
    expect(stdout).toContain(`completion for ${shell}`)
    project.write(`completion.${shell}`, stdout)
    if (isThere(shell))
      expect(spawnSync(shell, ['-n', join(project.folder, `completion.${shell}`)]).status).toBe(0)
  })

  it('takes the shell from the environment, and asks for it where there is none', async () => {
    const { stdout } = await project.loadbench(['completion'], { env: { SHELL: '/usr/bin/fish' } })
    expect(stdout).toContain('completion for fish')
    const none = await project.loadbench(['completion'])
    expect(none.stderr).toContain('LB_USAGE loadbench completion needs the name of a shell')
    expect(none.code).toBe(104)
    const other = await project.loadbench(['completion', 'zhs'])
    expect(other.stderr).toContain('LB_USAGE shell cannot be "zhs"; did you mean "zsh"?')
  })

  it.skipIf(!isThere('bash'))('completes in bash, and leaves names of files to bash', () => {
    const complete = (...words: string[]) =>
      inShell(
        'bash',
        `source <(loadbench completion bash)
         COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}
         _loadbench; printf '%s\\n' "\${COMPREPLY[@]}"`,
      )
    expect(complete('loadbench', 'ru')).toBe('run')
    expect(complete('loadbench', 'run', 'scen')).toBe('scenarios/spike.ts')
    expect(complete('loadbench', 'run', 'smoke.ts', '--strict')).toBe('--strict-health')
    expect(complete('loadbench', 'run', 'smoke.ts', '--config', '')).toBe('')
  })

  it.skipIf(!isThere('fish'))('completes in fish', () => {
    const program = `loadbench completion fish | source; complete -C 'loadbench run scen'`
    expect(inShell('fish', program)).toContain('scenarios/spike.ts\tA sudden rush.')
  })
})
