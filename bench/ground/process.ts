import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
export const BIN = `${ROOT}packages/core/bin/loadbench.js`

const PINS = spawnSync('taskset', ['--version']).status === 0

/** Whether processes are held on a core of their own, as the tables say. */
export const pinning = PINS ? 'server on core 0, generator on core 1' : 'no taskset: cores not fixed'

/** Starts node on one core, where the machine lets it be chosen. */
export function onCore(
  core: number,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): ChildProcess {
  const command = PINS ? ['taskset', '-c', String(core), process.execPath] : [process.execPath]
  const [program = '', ...first] = command
  return spawn(program, [...first, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...environment },
  })
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
const servers = new Set<ChildProcess>()
process.once('exit', () => {
  for (const server of servers) server.kill()
})

export interface Server {
  readonly url: string
  stop(): Promise<void>
}

/** The simulator in a process of its own. */
export async function startServer(flags: readonly string[]): Promise<Server> {
  const child = onCore(0, [BIN, 'simulate', '--port', '0', ...flags])
  servers.add(child)
  const url = await new Promise<string>((resolve, reject) => {
    let printed = ''
    child.once('exit', () => reject(new Error(`the simulator did not start: ${printed}`)))
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      printed += text
      const [found] = /http:\S+/.exec(printed) ?? []
      if (found !== undefined) resolve(found)
    })
  })
  return {
    url,
    stop: async () => {
      servers.delete(child)
      child.removeAllListeners('exit')
      child.kill()
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}
