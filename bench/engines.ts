// The same timing through four protocols: do the numbers of the providers agree?
//
//   pnpm bench engines
//
// Runs scenarios/engines.ts against the simulator, which speaks each protocol with the same schedule, and
// prints what was measured side by side: medians over all answers of all rounds. They are taken from the
// sample files, for above 500 ms the steps of a histogram with three digits are near the bound; `itl`, which
// is short, from the summaries. Exits 1 where medians of two providers lie more than 1 ms apart.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { BIN, ROOT } from './ground/process.ts'
import { samplesOf, summaryOf, type Sample } from './ground/run-folder.ts'
import { quantile } from './ground/truth.ts'

const ROUNDS = Number(process.env['ROUNDS'] ?? 3)
const TIMING = { ttft: 200, itl: 20, outputTokens: 64 }
const BOUND = 1

/** What is compared, ms. */
const OF_SAMPLE: Readonly<Record<string, (sample: Sample) => number>> = {
  ttft: ({ firstTokenAt, startedAt }) => firstTokenAt - startedAt,
  ttfat: ({ firstAnswerAt, startedAt }) => firstAnswerAt - startedAt,
  tpot: ({ lastTokenAt, firstTokenAt, outputTokens }) => (lastTokenAt - firstTokenAt) / (outputTokens - 1),
  e2e_latency: ({ lastTokenAt, startedAt }) => lastTokenAt - startedAt,
  request_duration: ({ endedAt, startedAt }) => endedAt - startedAt,
}

/** By metric, then by engine: every value there is. */
const measured = new Map<string, Map<string, number[]>>()

function add(metric: string, engine: string, value: number): void {
  const byEngine = measured.get(metric) ?? new Map<string, number[]>()
  measured.set(metric, byEngine)
  byEngine.set(engine, [...(byEngine.get(engine) ?? []), value])
}

function takeRun(folder: string): void {
  for (const sample of samplesOf(folder))
    for (const [name, of] of Object.entries(OF_SAMPLE)) add(name, sample.tags.scenario, of(sample))
  const { metrics } = summaryOf(folder)
  for (const { name, tags, values } of metrics) {
    const { scenario, ...others } = tags
    if (name !== 'itl' || scenario === undefined || Object.keys(others).length > 0) continue
    add(name, scenario, values['med'] ?? Number.NaN)
  }
}

function runOnce(): void {
  const folder = mkdtempSync(join(ROOT, 'node_modules/.engines-'))
  try {
    const args = ['run', 'scenarios/engines.ts', '--simulate', JSON.stringify(TIMING), '--results', folder]
    const ran = spawnSync(process.execPath, [BIN, ...args, '--quiet'], { cwd: ROOT, encoding: 'utf8' })
    if (ran.status !== 0)
      throw new Error(`the run ended with ${ran.status}: is everything built?\n${ran.stdout}${ran.stderr}`)
    takeRun(join(folder, readdirSync(folder)[0] ?? ''))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

for (let round = 0; round < ROUNDS; round += 1) runOnce()

const engines = [...(measured.get('ttft')?.keys() ?? [])]
const cell = (text: string) => text.padStart(12)
console.log(
  `node ${process.versions.node}, ${ROUNDS} rounds, simulator ${JSON.stringify(TIMING)}; medians, ms\n`,
)
console.log(['metric'.padEnd(18), ...engines.map(cell), cell('apart')].join(''))
let worst = 0
for (const [name, byEngine] of measured) {
  const medians = engines.map((engine) => quantile(byEngine.get(engine) ?? [], 0.5))
  const apart = Math.max(...medians) - Math.min(...medians)
  worst = Math.max(worst, apart)
  const cells = [...medians, apart].map((value) => cell(value.toFixed(2)))
  console.log([name.padEnd(18), ...cells].join(''))
}
const agreed = worst <= BOUND
console.log(`\n${agreed ? 'agree' : 'DISAGREE'}: at most ${worst.toFixed(2)} ms apart, ${BOUND} ms allowed`)
if (!agreed) process.exitCode = 1
