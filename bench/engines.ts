// The same timing through four protocols: do the numbers of the providers agree?
//
//   pnpm bench engines
//
// Runs scenarios/engines.ts against the simulator, which speaks each protocol with the same schedule, and
// prints what was measured side by side: of each provider the medians of its quietest round, for what other
// programs take away only adds. Exits 1 where medians of two providers lie more than 1 ms apart.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const ROUNDS = Number(process.env['ROUNDS'] ?? 3)
/** An answer takes less than a second: above, three significant digits are steps of more than `BOUND`. */
const TIMING = { ttft: 200, itl: 10, outputTokens: 64 }
/** Medians compared, ms; of e2e_latency one gap per token adds up. */
const COMPARED = ['ttft', 'ttfat', 'itl', 'tpot', 'e2e_latency', 'request_duration']
const BOUND = 1

interface Summary {
  readonly metrics: readonly {
    readonly name: string
    readonly tags: Readonly<Record<string, string>>
    readonly values: Readonly<Record<string, number>>
  }[]
}

function runOnce(): Summary {
  const folder = mkdtempSync(join(ROOT, 'node_modules/.engines-'))
  try {
    const args = [
      'run',
      'scenarios/engines.ts',
      '--simulate',
      JSON.stringify(TIMING),
      '--results',
      folder,
      '--quiet',
    ]
    const ran = spawnSync(process.execPath, ['packages/core/bin/loadbench.js', ...args], {
      cwd: ROOT,
      encoding: 'utf8',
    })
    if (ran.status !== 0)
      throw new Error(`the run ended with ${ran.status}: is everything built?\n${ran.stdout}${ran.stderr}`)
    const [run = ''] = readdirSync(folder)
    return JSON.parse(readFileSync(join(folder, run, 'summary.json'), 'utf8')) as Summary
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

type Medians = ReadonlyMap<string, number>

/** The medians of each engine in one run, by metric. */
function mediansOf({ metrics }: Summary): ReadonlyMap<string, Medians> {
  const byEngine = new Map<string, Map<string, number>>()
  for (const { name, tags, values } of metrics) {
    const { scenario, ...others } = tags
    if (scenario === undefined || Object.keys(others).length > 0 || !COMPARED.includes(name)) continue
    const medians = byEngine.get(scenario) ?? new Map<string, number>()
    byEngine.set(scenario, medians.set(name, values['med'] ?? Number.NaN))
  }
  return byEngine
}

const duration = (medians: Medians | undefined) =>
  medians?.get('request_duration') ?? Number.POSITIVE_INFINITY
const quietest = new Map<string, Medians>()
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [engine, medians] of mediansOf(runOnce())) {
    if (duration(medians) < duration(quietest.get(engine))) quietest.set(engine, medians)
  }
}
const engines = [...quietest.keys()]

const width = 12
console.log(
  `node ${process.versions.node}, ${ROUNDS} rounds, simulator ${JSON.stringify(TIMING)}; medians of the quietest, ms\n`,
)
console.log(['metric'.padEnd(18), ...[...engines, 'apart'].map((name) => name.padStart(width))].join(''))
let worst = 0
for (const name of COMPARED) {
  const medians = engines.map((engine) => quietest.get(engine)?.get(name) ?? Number.NaN)
  const apart = Math.max(...medians) - Math.min(...medians)
  worst = Math.max(worst, apart)
  const cells = [...medians, apart].map((value) => value.toFixed(2).padStart(width))
  console.log([name.padEnd(18), ...cells].join(''))
}
const agreed = worst <= BOUND
console.log(`\n${agreed ? 'agree' : 'DISAGREE'}: at most ${worst.toFixed(2)} ms apart, ${BOUND} ms allowed`)
if (!agreed) process.exitCode = 1
