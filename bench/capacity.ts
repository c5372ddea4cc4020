// How much load can one machine send? The highest arrival rate of 64-token streams and of short answers, with
// one and with two workers, at which nothing is dropped and the verdict is `trustworthy`.
//
//   pnpm bench capacity                       the whole table (a quarter of an hour)
//   ITL=100 KINDS=streams pnpm bench capacity
//   KINDS=streams WORKERS=1 SECONDS=8 TRIES=3 FROM=25 UPTO=6400 pnpm bench capacity
//
// The simulator runs in a process of its own, on core 0; the generator has the other cores, or all where there
// are fewer of them than workers: then both compete, and the table is about the machine. Beside it the highest
// rate that is delivered whatever the verdict says: 99 % of the iterations due were started, none dropped, no
// request failed. Exits 1 where that is less than AT_LEAST.
import { cpus } from 'node:os'
import { scratchFolder, startGenerator } from './ground/generator.ts'
import { RateSearch, type Found, type Trial } from './ground/highest.ts'
import { cpuOf } from './ground/proc.ts'
import { machine, startServer } from './ground/process.ts'
import { coresUsed, summaryOf, valueOf } from './ground/run-folder.ts'
import { quantile } from './ground/truth.ts'

const SECONDS = Number(process.env['SECONDS'] ?? 8)
/** ms between two tokens of a stream: the slower, the longer a machine may pause and be trusted. */
const ITL = Number(process.env['ITL'] ?? 20)
const WORKERS = (process.env['WORKERS'] ?? '1,2').split(',').map(Number)
const SEARCH = {
  from: Number(process.env['FROM'] ?? 25),
  upTo: Number(process.env['UPTO'] ?? 6_400),
  resolution: 0.08,
  tries: Number(process.env['TRIES'] ?? 3),
}
/** Requests a second. */
const AT_LEAST = Number(process.env['AT_LEAST'] ?? 0)
/** Of the iterations due. */
const STARTED = 0.99
/** Of a core: a server that uses more is what limits the rate. */
const SERVER_LIMIT = 0.9

/** A worker that is given far too much may end early: its rate is one that does not hold. */
const CODES = [0, 255]

interface Kind {
  readonly name: string
  readonly stream: boolean
  /** ms. */
  readonly ttft: number
  readonly itl: number
  readonly tokens: number
}

const ALL_KINDS: Readonly<Record<string, Kind>> = {
  streams: { name: '64-token streams', stream: true, ttft: 200, itl: ITL, tokens: 64 },
  short: { name: 'short answers', stream: false, ttft: 50, itl: 0, tokens: 8 },
}
const KINDS = Object.entries(ALL_KINDS)
  .filter(([name]) => (process.env['KINDS'] ?? name).split(',').includes(name))
  .map(([, kind]) => kind)

const folder = scratchFolder('capacity')

/** ms. */
const answerOf = ({ ttft, itl, tokens }: Kind) => ttft + tokens * itl

/** As many streams are open in the second half of a load as ever will be. */
const secondsOf = (kind: Kind) => Math.max(SECONDS, Math.ceil((2 * answerOf(kind)) / 1_000))

/** For twice the time an answer takes and a second of pause: a server that needs longer does not keep up. */
const vusOf = (kind: Kind, rate: number) => Math.ceil((rate * (2 * answerOf(kind) + 1_000)) / 1_000)

const scriptOf = (kind: Kind, rate: number) => `
import { openai } from '@loadbench/plugin-openai'
const vus = ${vusOf(kind, rate)}
export const options = { scenarios: { arrivals: {
  executor: 'constant-arrival-rate', rate: ${rate}, timeUnit: '1s', duration: '${secondsOf(kind)}s',
  preAllocatedVUs: vus, maxVUs: vus,
} } }
const llm = openai({ model: 'sim-8b' })
const messages = [{ role: 'user', content: 'Count.' }]
export default async function () {
  await llm.chat({ messages, stream: ${kind.stream} })
}
`

async function trial(kind: Kind, workers: number, rate: number): Promise<Trial> {
  const { ttft, itl, tokens } = kind
  const seconds = secondsOf(kind)
  const openFiles = vusOf(kind, rate) + 1_000
  const flags = ['--ttft', ttft, '--itl', itl, '--output-tokens', tokens, '--truth', 0].map(String)
  const server = await startServer(flags, { cores: '0', openFiles })
  const enough = cpus().length > workers
  const pinned = enough ? { cores: `1-${workers}` } : {}
  const settings = { workers, openFiles, codes: CODES, ...pinned }
  const before = cpuOf(server.pid)
  const { run, remove } = await startGenerator(folder, scriptOf(kind, rate), server.url, settings).ended
  const serverUsed = cpuOf(server.pid) - before
  await server.stop()
  const summary = summaryOf(run)
  const [scenario] = summary.scenarios
  if (scenario === undefined) throw new Error(`${run}: no scenario`)
  const started = scenario.started / (rate * seconds)
  // As the streams come to be there is less to do, and less as they end.
  const generator = quantile(coresUsed(run).slice(Math.floor(seconds / 2), seconds), 0.5)
  remove()
  return {
    rate,
    delivered:
      started >= STARTED && scenario.dropped === 0 && valueOf(summary, 'request_failed', 'rate') === 0,
    verdict: summary.health.verdict,
    reasons: summary.health.reasons,
    tokensPerSecond: (scenario.completed * tokens) / seconds,
    generator,
    // It works until the last answer is out.
    server: serverUsed / (summary.run.durationMs / 1_000),
  }
}

const cores = (used: number) => used.toFixed(2)

function failureOf(above: Trial | undefined): string {
  if (above === undefined) return 'not tried'
  const what = above.delivered ? above.verdict : `not delivered, ${above.verdict}`
  const limit = above.server >= SERVER_LIMIT ? '; THE SERVER WAS AT ITS LIMIT' : ''
  return `at ${above.rate}: ${what}, server ${cores(above.server)}${limit}`
}

function cellsOf({ good, above }: Found): string[] {
  if (good === undefined) return ['none', '', '', '', failureOf(above)]
  const { rate, tokensPerSecond, generator, server } = good
  return [String(rate), tokensPerSecond.toFixed(0), cores(generator), cores(server), failureOf(above)]
}

const loads = `${SECONDS} s each, or as long as two answers`
console.log(`${machine}; ${loads}; a rate holds where one of ${SEARCH.tries} runs does\n`)
const figures = ['tok/s', 'generator, cores', 'server, cores', 'a step above']
const heads = ['answers', 'workers', 'trustworthy up to /s', ...figures, 'delivered up to /s', ...figures]
console.log(`| ${[...heads, 'verdict there'].join(' | ')} |`)
console.log(`|${'---|'.repeat(heads.length + 1)}`)
for (const kind of KINDS) {
  for (const workers of WORKERS) {
    const search = new RateSearch((rate) => trial(kind, workers, rate), SEARCH)
    // oxlint-disable no-await-in-loop -- one load at a time
    const delivered = await search.highest((one) => one.delivered)
    const trusted = await search.highest((one) => one.delivered && one.verdict === 'trustworthy')
    // oxlint-enable no-await-in-loop
    const cells = [kind.name, workers, ...cellsOf(trusted), ...cellsOf(delivered)]
    console.log(`| ${[...cells, delivered.good?.verdict ?? ''].join(' | ')} |`)
    for (const reason of trusted.above?.reasons ?? []) console.log(`  - ${reason}`)
    if ((delivered.good?.rate ?? 0) < AT_LEAST) process.exitCode = 1
  }
}
