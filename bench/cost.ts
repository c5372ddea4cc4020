// What a streamed token costs loadbench of the CPU, with all metrics, tags, thresholds and the sample file
// on, against the least that undici and a bare socket can do with the same load.
//
//   pnpm bench cost                           (a quarter of an hour)
//   SHORT=2 pnpm bench cost                   with what V8 compiles in the first minute of a test
//   STREAMS=100 ROUNDS=1 pnpm bench cost
//   NET=0 pnpm bench cost                     without the bare socket, which nothing is judged by
//
// Exits 1 where the median of the rounds is over BOUND times what undici uses.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compareCosts, cpuOfClient, type Used } from './ground/compare-costs.ts'
import { scratchFolder } from './ground/generator.ts'
import { BIN, machine, pinning, startServer } from './ground/process.ts'
import type { Truth } from './ground/truth.ts'

const STREAMS = Number(process.env['STREAMS'] ?? 300)
const ROUNDS = Number(process.env['ROUNDS'] ?? 3)
const LONG = Number(process.env['SECONDS'] ?? 60)
/** V8 compiles for some 15 s of a load, and the more code there is the longer: that is of starting, not of a token. */
const SHORT = Number(process.env['SHORT'] ?? LONG / 3)
const [TTFT, ITL, TOKENS] = [200, 20, 50]
const ANSWER_MS = TTFT + (TOKENS - 1) * ITL
/** Allowed against undici. */
const BOUND = Number(process.env['BOUND'] ?? 1.4)

const SCRIPT = `
import { check, exec, sleep } from 'loadbench'
import { openai } from '@loadbench/plugin-openai'
const streams = Number(process.env.STREAMS)
export const options = {
  scenarios: { streams: { executor: 'constant-vus', vus: streams, duration: process.env.SECONDS + 's', gracefulStop: '60s' } },
  slo: { ttft: 1000, tpot: 100 },
  thresholds: { ttft: ['p(95)<5000'], 'itl{scenario:streams}': ['p(99)<5000'], request_failed: ['rate<0.5'] },
}
const llm = openai({ model: 'sim-8b', tags: { tier: 'bench' }, includeUsage: false })
const messages = [{ role: 'user', content: 'Count.' }]
export default async function () {
  const { idInTest, iterationInScenario } = exec.vu
  if (iterationInScenario === 0) await sleep((idInTest / streams) * ${ANSWER_MS / 1_000})
  check(await llm.chat({ messages }), { whole: ({ ok }) => ok })
}
`

const folder = scratchFolder('cost')
const script = join(folder, 'cost.ts')
writeFileSync(script, SCRIPT)

const bare = (name: string, more: readonly string[] = []) => {
  const fixed = ['--import', 'tsx', `bench/ground/${name}.ts`]
  return (url: string, seconds: number) => [
    ...fixed,
    ...[url, STREAMS, seconds, ANSWER_MS].map(String),
    ...more,
  ]
}
const whole = (url: string) => {
  const flags = ['--target', `${url}/v1`, '--results', folder, '--workers', '1', '--no-report', '--quiet']
  return [BIN, 'run', script, ...flags]
}

/** @param argumentsFor of node, for a load on a server. */
function client(argumentsFor: (url: string, seconds: number) => readonly string[]) {
  return async (seconds: number): Promise<Used> => {
    const flags = ['--ttft', TTFT, '--itl', ITL, '--output-tokens', TOKENS, '--truth', 100_000].map(String)
    const server = await startServer(flags)
    const environment = { STREAMS: String(STREAMS), SECONDS: String(seconds) }
    const cpuMs = await cpuOfClient(argumentsFor(server.url, seconds), folder, environment)
    const truths = (await (await fetch(`${server.url}/_sim/truth`)).json()) as Truth[]
    await server.stop()
    return { cpuMs, amount: truths.reduce((sum, truth) => sum + truth.tokens.length, 0) }
  }
}

console.log(`${machine}, ${pinning}`)
console.log(
  `${STREAMS} streams of ${1_000 / ITL} tok/s, answers of ${TOKENS} tokens, ${ROUNDS} rounds of ${SHORT} s and ${LONG} s\n`,
)
const within = await compareCosts({
  clients: {
    ...(process.env['NET'] !== '0' && {
      'net, counting nothing but time': client(bare('floor-client', ['quiet'])),
    }),
    'undici dispatch, counting bytes': client(bare('undici-client')),
    loadbench: client(whole),
  },
  floor: 'undici dispatch, counting bytes',
  judged: 'loadbench',
  rounds: ROUNDS,
  short: SHORT,
  long: LONG,
  unit: 'token',
  bound: BOUND,
})
if (!within) process.exitCode = 1
