// How far is what loadbench measures from what the server sent, and does its verdict say so?
//
//   pnpm bench accuracy              the whole table (half an hour)
//   ROWS=10,100 SECONDS=5 ROUNDS=1 pnpm bench accuracy
//   ROWS=700x100 pnpm bench accuracy         700 streams with gaps of 100 ms
//
// The simulator runs in a process of its own and keeps the time of each token it wrote. Each row runs the
// same load through loadbench and through a floor client, a bare `net` loop that stamps reads and parses
// nothing, in turns within the same minutes: what the machine does to both is no error of loadbench.
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { scratchFolder, startGenerator } from './ground/generator.ts'
import { machine, onCore, outputOf, pinning, startServer, stayOn } from './ground/process.ts'
import { samplesOf, summaryOf, type Sample } from './ground/run-folder.ts'
import { errorsOf, quantile, shareOver, type Errors, type Measured, type Truth } from './ground/truth.ts'

interface Row {
  readonly streams: number
  /** Between two tokens of a stream, ms. */
  readonly itl: number
}

const TTFT = 200
/** A value that is off by more is not the server's any more. */
const SPOILED = 0.05
const TOKENS = 50
const SECONDS = Number(process.env['SECONDS'] ?? 10)
const ROUNDS = Number(process.env['ROUNDS'] ?? 3)
const TABLE: readonly Row[] = [
  // Slow enough for a machine that pauses for some ms to be trusted, and three times as many until it is not.
  { streams: 50, itl: 100 },
  { streams: 150, itl: 100 },
  { streams: 450, itl: 100 },
  { streams: 1_350, itl: 100 },
  { streams: 10, itl: 20 },
  { streams: 100, itl: 20 },
  { streams: 250, itl: 20 },
  { streams: 500, itl: 20 },
  { streams: 1_000, itl: 50 },
  { streams: 1_000, itl: 33 },
  { streams: 2_000, itl: 100 },
  { streams: 5_000, itl: 250 },
]
const ROWS = process.env['ROWS']?.split(',').flatMap(rowsOf) ?? TABLE

const SCRIPT = `
import { appendFileSync } from 'node:fs'
import { exec, sleep } from 'loadbench'
import { openai } from '@loadbench/plugin-openai'
const streams = Number(process.env.STREAMS)
export const options = { scenarios: { streams: {
  executor: 'constant-vus', vus: streams, duration: process.env.SECONDS + 's', gracefulStop: '60s',
} } }
const llm = openai({ model: 'sim-8b', recordGaps: true, includeUsage: false })
const messages = [{ role: 'user', content: 'Count.' }]
let pairs = ''
let written = 0
export default async function () {
  const { idInTest, iterationInScenario } = exec.vu
  if (written === 0) {
    // Where the times of the sample file start, on the clock of the machine.
    const origin = Number(process.hrtime.bigint()) / 1e6 - exec.instance.currentTestRunDuration
    pairs = 'origin ' + origin + '\\n'
    written = 1
  }
  if (iterationInScenario === 0) await sleep((idInTest / streams) * Number(process.env.ANSWER_MS) / 1000)
  const sim = 'l-' + idInTest + '-' + iterationInScenario
  const { id } = await llm.chat({ messages, headers: { 'x-sim-id': sim } })
  // A tag for each request would be more tag sets than a run keeps apart.
  pairs += id + ' ' + sim + '\\n'
  if (pairs.length > 4000 || Date.now() - written > 500) {
    appendFileSync(process.env.PAIRS, pairs)
    pairs = ''
    written = Date.now()
  }
}
`

/** `700x100` is a row of its own: 700 streams, gaps of 100 ms. A number of streams: the rows of the table with so many. */
function rowsOf(asked: string): readonly Row[] {
  const [streams, itl] = asked.split('x').map(Number)
  if (streams !== undefined && itl !== undefined) return [{ streams, itl }]
  return TABLE.filter((row) => row.streams === streams)
}

interface Taken {
  readonly errors: Errors
  /** Share of the moments that the generator says it was late in. */
  readonly late: number | undefined
  /** Share of the answers in which a stamp of the server's own may be off by a twentieth of a gap. */
  readonly unsure: number
  readonly verdict: string
  readonly reasons: readonly string[]
}

async function truthsOf(url: string): Promise<Map<string, Truth>> {
  const truths = (await (await fetch(`${url}/_sim/truth`)).json()) as Truth[]
  return new Map(truths.map((truth) => [truth.id, truth]))
}

function answerMs({ itl }: Row): number {
  return TTFT + (TOKENS - 1) * itl
}

async function floor(row: Row, url: string): Promise<Errors> {
  const args = [url, row.streams, SECONDS, answerMs(row)].map(String)
  const printed = await outputOf(onCore(1, ['--import', 'tsx', 'bench/ground/floor-client.ts', ...args]))
  const lines = printed
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Measured)
  return errorsOf(lines, await truthsOf(url))
}

async function loadbench(row: Row, url: string): Promise<Taken> {
  const pairs = join(folder, 'pairs')
  rmSync(pairs, { force: true })
  const { ended } = startGenerator(folder, SCRIPT, url, {
    cores: '1',
    environment: {
      STREAMS: String(row.streams),
      SECONDS: String(SECONDS),
      ANSWER_MS: String(answerMs(row)),
      PAIRS: pairs,
    },
  })
  const { run, remove } = await ended
  const names = new Map(
    readFileSync(pairs, 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(' ', 2) as [id: string, sim: string]),
  )
  const origin = Number(names.get('origin'))
  const samples = samplesOf(run).filter(({ outcome }) => outcome === 'ok')
  const truths = await truthsOf(url)
  const errors = errorsOf(
    samples.flatMap((sample) => measuredOf(sample, names, origin) ?? []),
    truths,
  )
  const writes = [...truths.values()].map(({ longestWrite = 0 }) => longestWrite)
  const { verdict, reasons, figures } = summaryOf(run).health
  remove()
  return {
    errors,
    late: figures['late_share'],
    unsure: shareOver(SPOILED * row.itl, writes),
    verdict,
    reasons,
  }
}

/** Of those whose id the simulator knows; the last few of a run were not written down. */
function measuredOf(
  { id, startedAt, firstTokenAt, gaps = [] }: Sample,
  names: ReadonlyMap<string, string>,
  origin: number,
): Measured | undefined {
  const name = names.get(id)
  if (name === undefined) return undefined
  let at = origin + firstTokenAt
  return { id: name, startedAt: origin + startedAt, tokens: [at, ...gaps.map((gap) => (at += gap))] }
}

/** All rounds together. */
function pooled(all: readonly Errors[]): Errors {
  const [first] = all
  if (first === undefined) throw new Error('no round')
  return {
    ttft: all.flatMap(({ ttft }) => ttft),
    itl: all.flatMap(({ itl }) => itl),
    tpot: all.flatMap(({ tpot }) => tpot),
    true: first.true,
  }
}

/** The verdict of one round, marked where it promises more than the round kept: an error of over 5 % at p99. */
function verdictOf({ errors, verdict }: Taken): string {
  const worst = Math.max(offBy(errors.ttft, errors.true.ttft), offBy(errors.itl, errors.true.itl))
  return verdict === 'trustworthy' && worst > 100 * SPOILED
    ? `${verdict} (FALSE COMFORT: ${worst.toFixed(1)} %)`
    : verdict
}

/** What the verdict of a round went by, beside what was so. */
function evidenceOf({ errors, late, unsure, verdict }: Taken): string {
  const off = shareOver(SPOILED * errors.true.itl, errors.itl)
  const figures = [off, late ?? Number.NaN, unsure].map((share) => (100 * share).toFixed(2))
  return `gaps off by over 5 %: ${figures[0]} %; moments late: ${figures[1]} %; answers the server is unsure of: ${figures[2]} %; ${verdict}`
}

const spread = (values: readonly number[]) =>
  [0.5, 0.99, 1].map((share) => quantile(values, share).toFixed(2)).join(' / ')
const offBy = (values: readonly number[], truth: number) => (100 * quantile(values, 0.99)) / truth

const folder = scratchFolder('accuracy')
stayOn(0)
console.log(`${machine}, ${pinning}`)
console.log(
  `TTFT ${TTFT} ms, ${TOKENS} tokens an answer, ${ROUNDS} rounds of ${SECONDS} s each; error = |measured − sent|, ms: median / p99 / max\n`,
)
console.log('| streams | gap | tok/s | client | ttft | itl | tpot | p99 off (ttft, itl) | verdict |')
console.log('|---:|---:|---:|---|---|---|---|---|---|')
for (const row of ROWS) {
  const flags = ['--ttft', TTFT, '--itl', row.itl, '--output-tokens', TOKENS, '--truth', 200_000].map(String)
  const floors: Errors[] = []
  const taken: Taken[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const client of ['floor', 'loadbench'] as const) {
      // A server of its own for each, so that neither inherits the other's heap.
      // oxlint-disable no-await-in-loop -- one load at a time
      const server = await startServer(flags)
      if (client === 'floor') floors.push(await floor(row, server.url))
      else taken.push(await loadbench(row, server.url))
      await server.stop()
      // oxlint-enable no-await-in-loop
    }
  }
  const rate = Math.round((row.streams * TOKENS * 1_000) / answerMs(row))
  const verdicts = [...new Set(taken.map(verdictOf))].join(', ')
  for (const [client, errors, verdict] of [
    ['floor', pooled(floors), ''],
    ['loadbench', pooled(taken.map((one) => one.errors)), verdicts],
  ] as const) {
    const off = `${offBy(errors.ttft, errors.true.ttft).toFixed(1)} %, ${offBy(errors.itl, errors.true.itl).toFixed(1)} %`
    console.log(
      `| ${row.streams} | ${row.itl} | ${rate} | ${client} | ${spread(errors.ttft)} | ${spread(errors.itl)} | ${spread(errors.tpot)} | ${off} | ${verdict} |`,
    )
  }
  for (const round of taken) console.log(`  - ${evidenceOf(round)}`)
  for (const reason of new Set(taken.flatMap(({ reasons }) => reasons))) console.log(`  - ${reason}`)
}
