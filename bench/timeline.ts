/**
 * What the timeline of a run costs the main thread: while the run goes, and at its end.
 *   node --expose-gc --conditions=@loadbench/source --import tsx bench/timeline.ts
 */
import { arch, cpus, platform } from 'node:os'
import { Parts } from '../packages/core/src/metrics/parts.ts'
import { SeriesTable } from '../packages/core/src/metrics/series-table.ts'
import { TimelineBuilder } from '../packages/core/src/metrics/timeline.ts'
import type { Snapshot } from '../packages/core/src/model/snapshot.ts'

const WORKERS = 2
/** They come again and again, each worker's in turn. */
const DIFFERENT_SECONDS = 20
const METRICS = Array.from(
  { length: 16 },
  (_, index) => ({ name: `m${index}`, type: 'trend', unit: 'ms' }) as const,
)

interface Run {
  readonly seconds: number
  readonly models: number
  /** Of each metric and model, on each worker, a second. */
  readonly values: number
}

/** Seconds of one worker, latencies log-normal like those of servers. */
function secondsOf(run: Run, shard: number): readonly Snapshot[] {
  const table = new SeriesTable()
  let state = shard + 1
  const random = (): number => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32
    return (state + 1) / (2 ** 32 + 1)
  }
  const normal = (): number => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random())
  return Array.from({ length: DIFFERENT_SECONDS }, () => {
    for (let model = 0; model < run.models; model++) {
      const tags = { scenario: 'load', model: String(model) }
      for (const metric of METRICS)
        for (let value = 0; value < run.values; value++)
          table.add(metric, 300 * Math.exp(normal() * 0.6), tags)
    }
    const { series } = table.drain()
    return { shard, second: 0, from: 0, to: 0, series, errors: [], scenarios: [], foldedTagSets: 0 }
  })
}

/** As it would come from its worker, with memory of its own. */
function arriving(snapshot: Snapshot, second: number): Snapshot {
  return { ...structuredClone(snapshot), second, from: second * 1_000, to: second * 1_000 + 1_000 }
}

/** CPU time of the process so far, in ms. */
function cpuMillis(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

function megabytes(): number {
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return (heapUsed + external) / 1e6
}

function cost(run: Run): Record<string, number> {
  const parts = new Parts(['load'], ['model'])
  const timeline = new TimelineBuilder(parts)
  const workers = Array.from({ length: WORKERS }, (_, shard) => secondsOf(run, shard))
  const before = megabytes()
  let adding = 0
  for (let second = 0; second < run.seconds; second++) {
    const snapshots = workers.flatMap((seconds) => seconds.slice(second % DIFFERENT_SECONDS).slice(0, 1))
    const arrived = snapshots.map((snapshot) => arriving(snapshot, second))
    for (const snapshot of arrived) parts.observe(snapshot)
    const start = cpuMillis()
    timeline.add(arrived)
    adding += cpuMillis() - start
  }
  const held = megabytes() - before
  const start = cpuMillis()
  const built = timeline.build()
  return {
    points: built.at.length,
    lines: built.series.length,
    'add, ms of CPU a second': Number((adding / run.seconds).toFixed(2)),
    'build, ms of CPU': Math.round(cpuMillis() - start),
    MB: Math.round(held),
  }
}

console.log(`Node ${process.version}, ${platform()} ${arch()}, ${cpus().length} × ${cpus()[0]?.model}\n`)
const RUNS: Readonly<Record<string, Run>> = {
  '10 minutes, 4 models': { seconds: 600, models: 4, values: 10 },
  '20 minutes, 4 models': { seconds: 1_199, models: 4, values: 10 },
  '20 minutes, 4 models, 500 values': { seconds: 1_199, models: 4, values: 500 },
  '20 minutes, 50 models': { seconds: 1_199, models: 50, values: 2 },
  '3 hours, 4 models': { seconds: 10_800, models: 4, values: 10 },
  '12 hours, 4 models': { seconds: 43_200, models: 4, values: 10 },
}
for (const [name, run] of Object.entries(RUNS)) console.log(name, cost(run))
