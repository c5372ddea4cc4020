import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Summary } from 'loadbench'

/** The command as it was built: what a user starts. */
export const BIN = fileURLToPath(new URL('../../packages/core/bin/loadbench.js', import.meta.url))
const BUILT = fileURLToPath(new URL('../../packages/core/dist/cli/main.js', import.meta.url))

/** A process that takes longer hangs. Generous: it has to hold on a machine that does other things too. */
const PATIENCE = 120_000

/** A signal to send once the output, from where the signal before was sent, has this in it. */
export interface SignalWhen {
  readonly when: RegExp
  readonly send: NodeJS.Signals
}

export interface RunSettings {
  readonly cwd?: string
  /** Beside PATH and HOME; nothing else of this process's environment goes in. */
  readonly env?: Readonly<Record<string, string>>
  readonly signals?: readonly SignalWhen[]
}

/** What a command printed, left behind and ended with. */
export interface Ran {
  /** `null`: ended by a signal. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  /** Absolute; `''` where the command says nothing of one. */
  readonly runFolder: string
  /** Of the run folder; throws where there is none. */
  readonly summary: () => Summary
  /** Text of a file of the run folder; throws where there is none. */
  readonly file: (name: string) => string
}

/**
 * Runs `loadbench` to its end.
 * @throws where it was not built, or did not end in time.
 */
export async function runLoadbench(args: readonly string[], settings: RunSettings = {}): Promise<Ran> {
  if (!existsSync(BUILT)) throw new Error('these tests run what was built: `npm run build` first')
  const { cwd = process.cwd() } = settings
  const ended = await untilEnded(process.execPath, [BIN, ...args], settings)
  const [, runFolder] = Array.from(ended.stdout.matchAll(/^ {2}results {3}(\S.*)$/gm)).at(-1) ?? []
  const file = (name: string) =>
    readFileSync(join(resolve(cwd, runFolder ?? 'there is no run folder'), name), 'utf8')
  return {
    ...ended,
    runFolder: runFolder === undefined ? '' : resolve(cwd, runFolder),
    file,
    summary: () => JSON.parse(file('summary.json')) as Summary,
  }
}

/** Runs any command like `runLoadbench` does. */
export function untilEnded(
  command: string,
  args: readonly string[],
  { cwd = process.cwd(), env = {}, signals = [] }: RunSettings,
): Promise<Pick<Ran, 'code' | 'stdout' | 'stderr'>> {
  // What the command puts into the system's folder for temporary files can then be looked at.
  const temporary = join(cwd, 'tmp')
  mkdirSync(temporary, { recursive: true })
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(command, args, {
    cwd,
    env: { PATH, HOME, TMPDIR: temporary, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  let seen = 0
  const pending = [...signals]
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    const [next] = pending
    const found = next?.when.exec(stdout.slice(seen))
    if (next === undefined || found === null || found === undefined) return
    pending.shift()
    seen = stdout.length
    child.kill(next.send)
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  return new Promise((done, failed) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      failed(new Error(`loadbench ${args.slice(1).join(' ')} did not end\n${stdout}\n${stderr}`))
    }, PATIENCE)
    child.on('error', failed)
    child.on('close', (code) => {
      clearTimeout(timer)
      done({ code, stdout, stderr })
    })
  })
}
