// What a streamed token costs loadbench of the CPU, with all metrics, tags, thresholds and the sample file
// on, against the least that undici and a bare socket can do with the same load.
//
//   pnpm bench cost
//   STREAMS=100 ROUNDS=1 pnpm bench cost
//
// Each client runs a short and a long load; what the longer one used more, by what it received more, is
// the cost: starting, bundling and reporting drop out. Clients take turns within each round.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { BIN, onCore, outputOf, pinning, ROOT, startServer } from './ground/process.ts'
import { quantile, type Truth } from './ground/truth.ts'

const STREAMS = Number(process.env['STREAMS'] ?? 300)
const ROUNDS = Number(process.env['ROUNDS'] ?? 5)
const [SHORT, LONG] = [2, Number(process.env['SECONDS'] ?? 10)]
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

const folder = mkdtempSync(join(ROOT, 'node_modules/.cost-'))
writeFileSync(join(folder, 'cost.ts'), SCRIPT)
const HOOK = join(ROOT, 'bench/ground/cpu-at-exit.mjs')

const CLIENTS: Readonly<Record<string, (url: string, seconds: number) => readonly string[]>> = {
  'net, counting nothing but time': (url, seconds) => [
    '--import',
    'tsx',
    'bench/ground/floor-client.ts',
    ...[url, STREAMS, seconds, ANSWER_MS, 'quiet'].map(String),
  ],
  'undici dispatch, counting bytes': (url, seconds) => [
    '--import',
    'tsx',
    'bench/ground/undici-client.ts',
    ...[url, STREAMS, seconds, ANSWER_MS].map(String),
  ],
  loadbench: (url) => [
    BIN,
    'run',
    join(folder, 'cost.ts'),
    '--target',
    `${url}/v1`,
    '--results',
    folder,
    '--workers',
    '1',
    '--no-report',
    '--quiet',
  ],
}

interface Used {
  readonly cpuMs: number
  readonly tokens: number
  readonly requests: number
}

async function use(client: string, seconds: number): Promise<Used> {
  const flags = ['--ttft', TTFT, '--itl', ITL, '--output-tokens', TOKENS, '--truth', 100_000].map(String)
  const server = await startServer(flags)
  const cpuFile = join(folder, 'cpu')
  const args = CLIENTS[client]?.(server.url, seconds) ?? []
  const environment = { CPU_FILE: cpuFile, STREAMS: String(STREAMS), SECONDS: String(seconds) }
  await outputOf(onCore(1, ['--import', HOOK, ...args], environment))
  const truths = (await (await fetch(`${server.url}/_sim/truth`)).json()) as Truth[]
  await server.stop()
  const tokens = truths.reduce((sum, truth) => sum + truth.tokens.length, 0)
  return { cpuMs: Number(readFileSync(cpuFile, 'utf8')), tokens, requests: truths.length }
}

/** µs of CPU a token, requests and all, of the difference between a long and a short run. */
async function costOf(client: string): Promise<number> {
  const short = await use(client, SHORT)
  const long = await use(client, LONG)
  return (1_000 * (long.cpuMs - short.cpuMs)) / (long.tokens - short.tokens)
}

console.log(`node ${process.versions.node}, ${cpus()[0]?.model.trim()}, ${pinning}`)
console.log(
  `${STREAMS} streams of ${1_000 / ITL} tok/s, answers of ${TOKENS} tokens, ${ROUNDS} rounds of ${SHORT} s and ${LONG} s\n`,
)
const costs = new Map<string, number[]>(Object.keys(CLIENTS).map((name) => [name, []]))
for (let round = 0; round < ROUNDS; round += 1) {
  // oxlint-disable-next-line no-await-in-loop -- one load at a time
  for (const [name, list] of costs) list.push(await costOf(name))
}
rmSync(folder, { recursive: true, force: true })
const [, undici = [], own = []] = [...costs.values()]
for (const [name, list] of costs) {
  const ratios = list.map((cost, round) => cost / (undici[round] ?? Number.NaN))
  console.log(
    `${name.padEnd(34)} ${quantile(list, 0.5).toFixed(1).padStart(6)} µs a token (${list.map((one) => one.toFixed(1)).join(', ')})   ${quantile(ratios, 0.5).toFixed(2)} × undici`,
  )
}
const ratio = quantile(
  own.map((cost, round) => cost / (undici[round] ?? Number.NaN)),
  0.5,
)
console.log(`\nloadbench uses ${ratio.toFixed(2)} × what undici alone uses; ${BOUND} allowed`)
if (ratio > BOUND) process.exitCode = 1
