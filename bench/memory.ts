// Does memory stay the same however long a run is?
//
//   pnpm bench memory
//   PARTS=soak MINUTES=30 pnpm bench memory       a run at 1,000 tokens a second, RSS of the generator
//   PARTS=day HOURS=24 pnpm bench memory          a day of results, 50 million values, in a quarter of an hour or so
//
// The day is simulated: recorder, snapshots, collector and the files of a run are the real ones, on a clock that
// is moved by hand. Its memory is read each half hour of it with the garbage collected; that of the soak every
// ten seconds as it stands. Exits 1 where the median of the last quarter is more than BOUND (of heap and external
// memory: HEAP_BOUND) over that of the second one. The soak reads /proc: Linux only.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { flatnessOf, type Look } from './ground/flatness.ts'
import { endedEarly, scratchFolder, startGenerator } from './ground/generator.ts'
import { rssOf } from './ground/proc.ts'
import { endWithBench, machine, outputOf, startNode, startServer } from './ground/process.ts'

const PARTS = (process.env['PARTS'] ?? 'soak,day').split(',')
const MINUTES = Number(process.env['MINUTES'] ?? 30)
const HOURS = Number(process.env['HOURS'] ?? 24)
const BOUND = Number(process.env['BOUND'] ?? 0.05)
/**
 * Of heap and external memory, which are a fifth of the RSS of the simulated day: the points of its timeline fill with
 * more and more different values until they have them all, and are at times 300, at times 600.
 */
const HEAP_BOUND = Number(process.env['HEAP_BOUND'] ?? 0.1)
/** s between two looks at the soak; in a short one there are more of them. */
const LOOK = Math.min(10, (MINUTES * 60) / 40)
/** Together 1,000 tokens a second: an answer of 50 tokens takes 1.18 s. */
const STREAMS = 24
const [TTFT, ITL, TOKENS] = [200, 20, 50]

const SCRIPT = `
import { check } from 'loadbench'
import { openai } from '@loadbench/plugin-openai'
export const options = {
  scenarios: { soak: { executor: 'constant-vus', vus: ${STREAMS}, duration: '${Math.round(MINUTES * 60)}s' } },
  slo: { ttft: 1000, tpot: 100 },
  thresholds: { ttft: ['p(95)<5000'], 'itl{scenario:soak}': ['p(99)<5000'], request_failed: ['rate<0.5'] },
}
const llm = openai({ model: 'sim-8b' })
const messages = [{ role: 'user', content: 'Count.' }]
export default async function () {
  check(await llm.chat({ messages }), { whole: ({ ok }) => ok })
}
`

const folder = scratchFolder('memory')

/** Prints how a figure went. @param unit of time. */
function judge(name: string, looks: readonly Look[], unit: string, bound = BOUND): void {
  const { second, last, growth, slope } = flatnessOf(looks)
  const grown = growth > bound
  const percent = `${growth < 0 ? '' : '+'}${(growth * 100).toFixed(1)} %`
  console.log(
    `${name.padEnd(22)} ${(second / 1e6).toFixed(1)} MB, then ${(last / 1e6).toFixed(1)} MB: ${percent}, ` +
      `slope ${(slope / 1e3).toFixed(1)} kB a${unit}${grown ? '   GROWS' : ''}`,
  )
  if (grown) process.exitCode = 1
}

/** RSS of a generator, by minute. */
async function soak(): Promise<Look[]> {
  const timing = ['--ttft', TTFT, '--itl', ITL, '--output-tokens', TOKENS, '--truth', 0].map(String)
  const server = await startServer(timing)
  const generator = startGenerator(folder, SCRIPT, server.url, { cores: '1' })
  const begun = performance.now()
  const looks: Look[] = []
  const early = endedEarly(generator)
  // The run begins a little after its process, so at the last look it still goes on.
  while (performance.now() - begun + LOOK * 1_000 <= MINUTES * 60_000) {
    // oxlint-disable-next-line no-await-in-loop -- one look after the other
    await Promise.race([sleep(LOOK * 1_000), early])
    looks.push({ at: (performance.now() - begun) / 60_000, value: rssOf(generator.pid) })
  }
  await generator.ended
  await server.stop()
  return looks
}

interface Hour {
  readonly hour: number
  readonly rss: number
  readonly heap: number
  readonly external: number
}

/** What is left at the end of the day; see day-client.ts. */
interface Evening {
  readonly values: number
  readonly summaryMillis: number
  readonly reportMillis: number
  readonly rss: number
  readonly files: Readonly<Record<string, number>>
}

async function day(): Promise<void> {
  const results = join(folder, 'day')
  mkdirSync(results)
  // Young garbage as in a worker: with V8's default its memory doubles when survivors happen to be many.
  const garbage = ['--expose-gc', '--max-semi-space-size=4']
  const sources = [...garbage, '--disable-warning=ExperimentalWarning', '--conditions=@loadbench/source']
  const args = [...sources, '--import', 'tsx', 'bench/ground/day-client.ts', results, String(HOURS)]
  const child = startNode(args)
  endWithBench(child)
  const ended = outputOf(child)
  console.log(`a day of ${HOURS} h, hour by hour`)
  const hours: Hour[] = []
  if (child.stdout !== null) {
    for await (const line of createInterface({ input: child.stdout })) {
      const look = JSON.parse(line) as Hour | Evening
      if ('values' in look) tellEvening(look)
      else hours.push(told(look))
    }
  }
  await ended
  const looks = (of: (one: Hour) => number) => hours.map((one) => ({ at: one.hour, value: of(one) }))
  judge(
    'RSS',
    looks(({ rss }) => rss),
    'n hour',
  )
  judge(
    'heap and external',
    looks(({ heap, external }) => heap + external),
    'n hour',
    HEAP_BOUND,
  )
}

function told(look: Hour): Hour {
  const { hour, rss, heap, external } = look
  const at = hour.toFixed(2).padStart(6)
  console.log(`${at} h   RSS ${megabytes(rss)}, heap ${megabytes(heap)}, external ${megabytes(external)}`)
  return look
}

function tellEvening({ values, summaryMillis, reportMillis, rss, files }: Evening): void {
  console.log(`${values} values in trends and rates`)
  console.log(
    `summary in ${summaryMillis} ms, report in ${reportMillis} ms; RSS then ${megabytes(rss).trim()}`,
  )
  for (const [name, bytes] of Object.entries(files)) console.log(`  ${name.padEnd(22)} ${megabytes(bytes)}`)
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1).padStart(6)} MB`

const allowed = `${BOUND * 100} % more allowed, of heap and external ${HEAP_BOUND * 100} %`
console.log(`${machine}; last quarter against second, ${allowed}\n`)
if (PARTS.includes('soak')) {
  const looks = await soak()
  console.log(`${MINUTES} min at 1,000 tokens a second, ${looks.length} looks`)
  judge('RSS of the generator', looks, ' minute')
}
if (PARTS.includes('day')) await day()
