// A day of results through everything that gathers them: a worker's recorder, its sample file and its
// snapshots, the port to the main thread, and there the collector (totals, timeline, thresholds, verdict),
// the live facts and the run's folder. The real code, one simulated second after the other.
//
//   node --expose-gc … day-client.ts FOLDER HOURS
//
// Prints a JSON line each simulated half hour (of a short day more often): { hour, rss, heap, external } in
// bytes, garbage collected. At the end { values, summaryMillis, reportMillis, rss, files }: how many were
// recorded, how long the summary and then the report took, and the bytes of each file of the run.
import { pass } from './day-clock.ts'
import { readdirSync, statSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { htmlReporter } from '../../packages/reporter-html/src/index.ts'
import { Collector } from '../../packages/core/src/live/collector.ts'
import { newManifest } from '../../packages/core/src/live/manifest.ts'
import { Seconds } from '../../packages/core/src/live/seconds.ts'
import { HealthMonitor } from '../../packages/core/src/health/monitor.ts'
import { now } from '../../packages/core/src/model/clock.ts'
import type { ExchangeSample } from '../../packages/core/src/model/exchange.ts'
import { BUILT_IN_METRICS, builtIn } from '../../packages/core/src/model/metric.ts'
import { seeded } from '../../packages/core/src/model/random.ts'
import { resolvePlan } from '../../packages/core/src/plan/resolve.ts'
import { RunWriter } from '../../packages/core/src/store/run-writer.ts'
import { SampleFile } from '../../packages/core/src/store/sample-file.ts'
import { limitOf } from '../../packages/core/src/store/sample-share.ts'
import { FailureLog } from '../../packages/core/src/worker/failure-log.ts'
import { MainLink } from '../../packages/core/src/worker/main-link.ts'
import type { FromWorker } from '../../packages/core/src/worker/protocol.ts'
import { Recorder } from '../../packages/core/src/worker/recorder.ts'
import { Snapshots } from '../../packages/core/src/worker/snapshots.ts'

const [, , folder = '', hours = '24'] = process.argv
const SECONDS = Number(hours) * 3_600
/** Simulated seconds between two looks at the memory. */
const LOOK = Math.min(1_800, SECONDS / 16)
/** Answers a second, each of TOKENS tokens: 50 million values a day, counters left out. */
const ANSWERS = 9
const TOKENS = 50
const FAILED = 0.01
/** A second's samples are compressed, flushed and written. */
const WRITING_TURNS = 6
const SCOPE = { scenario: 'day' }

const { plan } = resolvePlan(
  [
    {
      source: 'script',
      label: 'script',
      options: {
        scenarios: {
          day: {
            executor: 'constant-arrival-rate',
            rate: ANSWERS,
            timeUnit: '1s',
            duration: `${SECONDS}s`,
            preAllocatedVUs: 20,
          },
        },
        slo: { ttft: 500, tpot: 50 },
        thresholds: {
          ttft: ['p(95)<5000'],
          'itl{scenario:day}': [{ threshold: 'p(99)<5000 over 5m' }],
          request_failed: ['rate<0.5'],
        },
      },
    },
  ],
  { cores: 1, exports: ['default'], metrics: BUILT_IN_METRICS },
)
const random = seeded(1)
let answers = 0

/** Log-normal, as latencies are. */
function around(median: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  return median * Math.exp(0.3 * normal)
}

function answer(): ExchangeSample {
  answers += 1
  const failed = random() < FAILED
  const gaps = Array.from({ length: failed ? 10 : TOKENS - 1 }, () => around(20))
  const scheduledAt = now()
  const startedAt = scheduledAt + random()
  const firstTokenAt = startedAt + around(200)
  const lastTokenAt = gaps.reduce((at, gap) => at + gap, firstTokenAt)
  const headersAt = firstTokenAt - 1
  const times = {
    headersAt,
    firstFrameAt: firstTokenAt,
    firstTokenAt,
    firstAnswerAt: firstTokenAt,
    lastTokenAt,
  }
  return {
    id: `d-${answers}`,
    outcome: failed ? 'failed' : 'ok',
    streamed: true,
    stamps: { scheduledAt, startedAt, sentAt: startedAt + 0.2, ...times, endedAt: lastTokenAt + 0.1 },
    connect: {},
    gaps,
    chunks: gaps.length + 1,
    coalesced: random() < 0.1 ? 1 : 0,
    usage: { inputTokens: 40, outputTokens: TOKENS },
    serverTiming: {},
    bytesSent: 300,
    bytesReceived: 10_000,
    tags: { provider: 'openai', model: 'sim-8b' },
    keepGaps: false,
    warnings: [],
    status: 200,
    ...(failed && { failure: { class: 'connection', fault: 'reset', message: `reset after ${answers}` } }),
  }
}

const METRICS = ['iterations', 'iteration_duration', 'iteration_failed', 'schedule_lag', 'checks'] as const
const [ITERATIONS, DURATION, ITERATION_FAILED, LAG, CHECKS] = METRICS.map(builtIn)
if (!ITERATIONS || !DURATION || !ITERATION_FAILED || !LAG || !CHECKS)
  throw new Error('a metric has another name')

const manifest = newManifest({
  id: 'day',
  script: 'day.ts',
  startedAt: new Date(),
  plan,
  metrics: [],
  targets: {},
  version: '0',
  argv: [],
})
const writer = await RunWriter.create(folder, manifest, (problem) => console.error(problem))
const samples = new SampleFile(folder, 0, limitOf(plan.samples ?? 'all', 0, 1))
const recorder = new Recorder(plan.slo, plan.pricing, samples)
const collector = new Collector(plan, BUILT_IN_METRICS, [])
const seconds = new Seconds(1, {
  whole(second, snapshots) {
    const interval = collector.second(snapshots)
    collector.progress(interval)
    collector.intervalOf(second, snapshots, interval)
    collector.crossed()
  },
  silent: () => undefined,
})

const { port1, port2 } = new MessageChannel()
/** Called with each snapshot that has come through the port. */
let arrived: () => void = () => undefined
port2.on('message', (message: FromWorker) => {
  if (message.type !== 'snapshot') return
  writer.snapshots([message.snapshot])
  seconds.add(message.snapshot)
  arrived()
})

const startedAt = now()
recorder.begin(startedAt)
samples.begin(startedAt)
const nothing = () => undefined
const monitor = new HealthMonitor({
  streams: () => recorder.streams,
  onGcPause: nothing,
  onLoopDelay: nothing,
})
const link = new MainLink(port1)
const parts = { recorder, monitor, failures: new FailureLog(link), samples, link }
const standing = { dropped: 0, interrupted: 0, activeVUs: 1, vus: 20, done: false }
const snapshots = new Snapshots(0, startedAt, parts, () => [
  { name: 'day', started: answers, completed: answers, ...standing },
])
snapshots.begin()

/** Where a real run has a second for it: lets what was handed to zlib and to the disk get there. */
async function written(): Promise<void> {
  // Threads of the pool take one task after the other, so these come back after what was asked before.
  // oxlint-disable-next-line no-await-in-loop -- one task after the other
  for (let turn = 0; turn < WRITING_TURNS; turn += 1) await stat(folder)
}

function look(second: number): void {
  globalThis.gc?.()
  globalThis.gc?.()
  const { rss, heapUsed, external } = process.memoryUsage()
  console.log(JSON.stringify({ hour: second / 3_600, rss, heap: heapUsed, external }))
}

for (let second = 1; second <= SECONDS; second += 1) {
  for (let count = 0; count < ANSWERS; count += 1) {
    const sample = answer()
    recorder.exchange(sample, SCOPE)
    recorder.add(ITERATIONS, 1, SCOPE)
    recorder.add(DURATION, sample.stamps.endedAt - sample.stamps.startedAt, SCOPE)
    recorder.add(ITERATION_FAILED, 0, SCOPE)
    recorder.add(LAG, random(), SCOPE)
    const held = sample.outcome === 'ok'
    recorder.add(CHECKS, held ? 1 : 0, { ...SCOPE, check: 'answered' })
    if (!held) recorder.checkFailed('answered', sample.id)
  }
  const taken = new Promise<void>((resolve) => {
    arrived = resolve
  })
  // A little late, as timers are.
  pass(1_000)
  // oxlint-disable-next-line no-await-in-loop -- one second after the other
  await taken
  // oxlint-disable-next-line no-await-in-loop -- before the next second is recorded
  await written()
  if (Math.floor(second / LOOK) > Math.floor((second - 1) / LOOK)) look(second)
}
await snapshots.end()
await samples.close()
await writer.closeSnapshots()
port1.close()

/** The clock of the machine, ms: `performance.now()` is the simulated one. */
const clock = (): number => Number(process.hrtime.bigint()) / 1e6

const ended = clock()
const summary = collector.summary({
  id: 'day',
  script: 'day.ts',
  startedAt: manifest.startedAt,
  durationMs: SECONDS * 1_000,
  outcome: 'passed',
  exitCode: 0,
})
await writer.summary(summary, manifest)
const summed = clock()
const timeline = collector.timeline()
const document = { summary, manifest, timeline, distributions: collector.distributions() }
await writer.file(htmlReporter.fileName, await htmlReporter.render(document))
const values = summary.metrics
  .filter(({ tags }) => Object.keys(tags).length === 0)
  .reduce((sum, { type, count }) => sum + (type === 'trend' || type === 'rate' ? count : 0), 0)
console.log(
  JSON.stringify({
    values,
    summaryMillis: Math.round(summed - ended),
    reportMillis: Math.round(clock() - summed),
    rss: process.memoryUsage().rss,
    files: Object.fromEntries(readdirSync(folder).map((name) => [name, statSync(join(folder, name)).size])),
  }),
)
