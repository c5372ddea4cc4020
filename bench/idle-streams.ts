// How much memory does a stream take that is open and seldom says something?
//
//   pnpm bench idle-streams
//   STREAMS=10000 FEW=100 BOUND=60 pnpm bench idle-streams
//
// STREAMS streams at once, a token each every few seconds, from a simulator in a process of its own. The
// generator's memory (RSS) is read once all are open and every thread has collected its garbage; what the
// same run with FEW streams takes is the base. Exits 1 over BOUND kB a stream. Linux only; needs a socket
// for each stream on either side (ulimit -n is raised where it may be) and as many local ports.
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { endedEarly, scratchFolder, startGenerator, type Generator } from './ground/generator.ts'
import { openFilesOf, rssOf } from './ground/proc.ts'
import { machine, ROOT, startServer } from './ground/process.ts'

const STREAMS = Number(process.env['STREAMS'] ?? 10_000)
const FEW = Number(process.env['FEW'] ?? 100)
/** Streams opened a second. */
const PACE = Number(process.env['PACE'] ?? 400)
/** ms between two tokens of a stream. */
const ITL = Number(process.env['ITL'] ?? 3_000)
/** kB a stream, of 1,000 bytes. */
const BOUND = Number(process.env['BOUND'] ?? 60)
/** Further files a process needs. */
const FILES_BESIDES = 200
/** s until all streams must be open, beyond the time they are given: this machine may do other things too. */
const PATIENCE = 120

/** Of the generator: the main one and a worker. */
const THREADS = 2
const HOOK = join(ROOT, 'bench/ground/memory-at-signal.mjs')

const scriptOf = (streams: number) => `
import { exec, sleep } from 'loadbench'
import { openai } from '@loadbench/plugin-openai'
export const options = { scenarios: { idle: { executor: 'constant-vus', vus: ${streams}, duration: '1h' } } }
const llm = openai({ model: 'sim-8b', timeouts: { total: '2h' } })
const messages = [{ role: 'user', content: 'Count.' }]
export default async function () {
  const { idInTest, iterationInScenario } = exec.vu
  if (iterationInScenario === 0) await sleep(idInTest / ${PACE})
  await llm.chat({ messages })
}
`

/** Bytes. */
interface Memory {
  /** As it stood when all streams were open. */
  readonly before: number
  /** The rest: after garbage collection. */
  readonly rss: number
  /** Of all threads. */
  readonly heap: number
  readonly external: number
}

const folder = scratchFolder('idle-streams')

async function memoryWith(streams: number): Promise<Memory> {
  const openFiles = streams + FILES_BESIDES
  const timing = ['--ttft', '100', '--itl', ITL, '--output-tokens', 2_000, '--truth', 0].map(String)
  const server = await startServer(timing, { cores: '0', openFiles })
  const own = join(folder, String(streams))
  mkdirSync(own)
  const generator = startGenerator(own, scriptOf(streams), server.url, {
    cores: '1',
    openFiles,
    nodeArguments: ['--import', HOOK],
    environment: { MEMORY_FILE: join(own, 'memory'), MEMORY_THREADS: String(THREADS) },
  })
  await Promise.race([allOpen(generator, server.url, streams), endedEarly(generator)])
  // Each stream has had a token of its own by then.
  await sleep(2 * ITL)
  const before = rssOf(generator.pid)
  const left = await settled(generator, join(own, 'memory'))
  const memory = { before, rss: rssOf(generator.pid), ...left }
  await generator.kill()
  await server.stop()
  rmSync(own, { recursive: true, force: true, maxRetries: 5 })
  return memory
}

async function allOpen({ pid }: Generator, url: string, streams: number): Promise<void> {
  const until = performance.now() + (streams / PACE + PATIENCE) * 1_000
  for (;;) {
    // oxlint-disable no-await-in-loop -- one look after the other
    const { active } = (await (await fetch(`${url}/_sim/stats`)).json()) as { readonly active: number }
    if (active >= streams && openFilesOf(pid) >= streams) return
    if (performance.now() > until) throw new Error(`only ${active} of ${streams} streams are open`)
    await sleep(250)
    // oxlint-enable no-await-in-loop
  }
}

/** Has every thread collect its garbage. */
async function settled({ pid }: Generator, file: string): Promise<Pick<Memory, 'heap' | 'external'>> {
  process.kill(pid, 'SIGUSR2')
  const until = performance.now() + PATIENCE * 1_000
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- one look after the other
    await sleep(250)
    try {
      const threads = readFileSync(file, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Pick<Memory, 'heap' | 'external'>)
      return {
        heap: threads.reduce((sum, { heap }) => sum + heap, 0),
        external: threads.reduce((sum, { external }) => sum + external, 0),
      }
    } catch (error) {
      if (performance.now() > until) throw error
    }
  }
}

const base = await memoryWith(FEW)
const many = await memoryWith(STREAMS)
/** kB a stream over the base. */
const each = (figure: keyof Memory) => (many[figure] - base[figure]) / (STREAMS - FEW) / 1_000
const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1).padStart(9)

console.log(`${machine}; ${STREAMS} streams against ${FEW}, a token each ${ITL / 1_000} s\n`)
console.log(`                          ${FEW} streams, ${STREAMS} streams, MB    kB a stream`)
for (const [figure, name] of [
  ['before', 'RSS as it stood'],
  ['rss', 'RSS without garbage'],
  ['heap', '  of it V8 heaps, used'],
  ['external', '  external (buffers)'],
] as const)
  console.log(
    `${name.padEnd(24)} ${megabytes(base[figure])} ${megabytes(many[figure])} ${each(figure).toFixed(1).padStart(20)}`,
  )
console.log(`\n${each('rss').toFixed(1)} kB a stream; ${BOUND} allowed`)
if (each('rss') > BOUND) process.exitCode = 1
