// A server that stands still for two seconds in the middle of a run: does what users waited show in full?
//
//   pnpm bench stall
//   RATE=20 SECONDS=10 STALL=2 pnpm bench stall
//
// The simulator's process is stopped (SIGSTOP) and goes on (SIGCONT). Requests arrive all the while, so the
// pause has to be in `ttft_scheduled` of everyone who came during it, and in one gap of each stream that
// was under way. Exits 1 where the longest is shorter than the pause, or too few are long.
import { setTimeout as sleep } from 'node:timers/promises'
import { scratchFolder, startGenerator } from './ground/generator.ts'
import { machine, startServer } from './ground/process.ts'
import { samplesOf, summaryOf, valueOf } from './ground/run-folder.ts'

const RATE = Number(process.env['RATE'] ?? 20)
const SECONDS = Number(process.env['SECONDS'] ?? 10)
const STALL = Number(process.env['STALL'] ?? 2)
const [TTFT, ITL, TOKENS] = [100, 20, 30]
/** What this machine's timers and a late signal may take off, ms. */
const TOLERANCE = 100
/** Of what arithmetic expects to be long, so much must be. */
const ENOUGH = 0.8

const SCRIPT = `
import { openai } from '@loadbench/plugin-openai'
export const options = { scenarios: { arrivals: {
  executor: 'constant-arrival-rate', rate: ${RATE}, timeUnit: '1s', duration: '${SECONDS}s',
  preAllocatedVUs: ${RATE * (STALL + 2)}, maxVUs: ${RATE * (STALL + 20)},
} } }
const llm = openai({ model: 'sim-8b', recordGaps: true })
export default async function () {
  await llm.chat({ messages: [{ role: 'user', content: 'Count.' }] })
}
`

/** Half of the run's requests are there: it is in its middle. */
async function middle(url: string): Promise<void> {
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- one look after the other
    const { accepted } = (await (await fetch(`${url}/_sim/stats`)).json()) as { readonly accepted: number }
    if (accepted >= (RATE * (SECONDS - STALL)) / 2) return
    // oxlint-disable-next-line no-await-in-loop
    await sleep(20)
  }
}

const server = await startServer(['--ttft', TTFT, '--itl', ITL, '--output-tokens', TOKENS].map(String))
const generator = startGenerator(scratchFolder('stall'), SCRIPT, server.url, { cores: '1' })
await middle(server.url)
process.kill(server.pid, 'SIGSTOP')
const stopped = performance.now()
await sleep(STALL * 1_000)
process.kill(server.pid, 'SIGCONT')
const stall = performance.now() - stopped
const { run } = await generator.ended
await server.stop()

const samples = samplesOf(run)
const waits = samples.map(({ firstTokenAt, scheduledAt = Number.NaN }) => firstTokenAt - scheduledAt)
const gaps = samples.flatMap((sample) => sample.gaps ?? [])
const half = stall / 2
// Those who came after the start of the pause by less than half of it, or waited for their first token then
// and when it went on.
const expectedWaits = (RATE * (half + 2 * TTFT)) / 1_000
const expectedGaps = (RATE * (TOKENS - 1) * ITL) / 1_000
const summary = summaryOf(run)

const rows = [
  ['ttft_scheduled', waits, expectedWaits],
  ['itl', gaps, expectedGaps],
] as const
console.log(`${machine}; ${RATE} requests/s for ${SECONDS} s, server stopped for ${Math.round(stall)} ms\n`)
console.log('| metric | max in the summary, ms | values over half of the pause | expected, about | values |')
console.log('|---|---:|---:|---:|---:|')
for (const [metric, values, expected] of rows) {
  const max = valueOf(summary, metric, 'max')
  const long = values.filter((value) => value > half).length
  console.log(
    `| ${metric} | ${max.toFixed(0)} | ${long} | ${expected.toFixed(0)} | ${valueOf(summary, metric, 'count') || values.length} |`,
  )
  if (max < stall - TOLERANCE || long < ENOUGH * expected) process.exitCode = 1
}
const [scenario] = summary.scenarios
console.log(`\nof ${RATE * SECONDS} arrivals ${scenario?.started} started, ${scenario?.dropped} were dropped`)
if (scenario?.dropped !== 0) process.exitCode = 1
console.log(
  process.exitCode === 1 ? 'HIDDEN: the pause is not in the results in full' : 'the pause shows in full',
)
