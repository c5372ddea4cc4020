import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
export const BIN = `${ROOT}packages/core/bin/loadbench.js`

const PINS = spawnSync('taskset', ['--version']).status === 0

/** Whether processes are held on a core of their own, as the tables say. */
export const pinning = PINS ? 'server on core 0, generator on core 1' : 'no taskset: cores not fixed'

/** Where figures come from. */
export const machine = `node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim()}`

/** Of a process to be started. */
export interface ProcessSettings {
  readonly environment?: Readonly<Record<string, string>>
  /** Where the machine lets it be chosen: the cores it may use, as `taskset -c` takes them. Default: any. */
  readonly cores?: string
  /** Files and sockets it is going to need; the limit is raised for it where it is lower and may be. */
  readonly openFiles?: number
}

/** As far as the machine lets it be. It ends in `exec`, so that the process started is node itself. */
const RAISE =
  'l=$(ulimit -n); [ "$l" = unlimited ] || [ "$l" -ge "$1" ] || ulimit -n "$1" 2>/dev/null || ulimit -n "$(ulimit -Hn)"; shift; exec "$@"'

/** Starts node with these arguments; its standard output is to be read by the caller. */
export function startNode(
  args: readonly string[],
  { environment, cores, openFiles }: ProcessSettings = {},
): ChildProcess {
  const pinned = PINS && cores !== undefined ? ['taskset', '-c', cores] : []
  const raised = openFiles === undefined ? [] : ['bash', '-c', RAISE, 'bash', String(openFiles)]
  const [program = '', ...rest] = [...raised, ...pinned, process.execPath, ...args]
  return spawn(program, rest, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...environment },
  })
}

/** Starts node on one core, where the machine lets it be chosen. */
export function onCore(
  core: number,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): ChildProcess {
  return startNode(args, { cores: String(core), environment })
}

/** Holds the bench itself on one core, where the machine lets it be chosen, so that it is in nobody's way on the other. */
export function stayOn(core: number): void {
  if (PINS) spawnSync('taskset', ['-a', '-p', '-c', String(core), String(process.pid)])
}

/** Everything a process prints, once it has ended well. */
export async function outputOf(child: ChildProcess, codes: readonly number[] = [0]): Promise<string> {
  let text = ''
  child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
    text += piece
  })
  const [code] = (await once(child, 'close')) as [number | null]
  if (code === null || !codes.includes(code)) throw new Error(`a process ended with ${code}:\n${text}`)
  return text
}

/** None may outlive the bench. */
const guests = new Set<ChildProcess>()
process.once('exit', () => {
  for (const guest of guests) guest.kill('SIGKILL')
})
// A signal alone would end the bench without that.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1))

/** Sees to it that a process ends with the bench, at the latest. @returns ends it at once, stopped or not. */
export function endWithBench(child: ChildProcess): () => Promise<void> {
  guests.add(child)
  child.once('exit', () => guests.delete(child))
  return async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
}

export interface Server {
  readonly url: string
  readonly pid: number
  stop(): Promise<void>
}

/** The simulator in a process of its own, on core 0 unless said otherwise. */
export function startServer(
  flags: readonly string[],
  settings: ProcessSettings = { cores: '0' },
): Promise<Server> {
  return serverOf(startNode([BIN, 'simulate', '--port', '0', ...flags], settings))
}

/** A process that prints the address it listens on, once it does. */
export async function serverOf(child: ChildProcess): Promise<Server> {
  const stop = endWithBench(child)
  const url = await new Promise<string>((resolve, reject) => {
    let printed = ''
    child.once('exit', () => reject(new Error(`the server did not start: ${printed}`)))
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      printed += text
      const [found] = /http:\S+/.exec(printed) ?? []
      if (found !== undefined) resolve(found)
    })
  })
  return { url, pid: child.pid ?? 0, stop }
}
