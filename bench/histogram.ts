/**
 * What a histogram costs, for docs/decisions/0002-histogram.md:
 *   node --expose-gc --conditions=@loadbench/source --import tsx bench/histogram.ts
 * Each figure is that of the fastest of several rounds: what other programs take away is no cost of ours.
 */
import { arch, cpus, platform } from 'node:os'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import * as hdr from 'hdr-histogram-js'
import { HistogramSum } from '../packages/core/src/metrics/histogram-sum.ts'
import { TrendHistogram } from '../packages/core/src/metrics/histogram.ts'
import { SeriesTable } from '../packages/core/src/metrics/series-table.ts'
import { encodeSnapshot } from '../packages/core/src/metrics/snapshot-codec.ts'
import { TagSets } from '../packages/core/src/metrics/tag-set.ts'
import { TimelineBuilder } from '../packages/core/src/metrics/timeline.ts'
import { Totals } from '../packages/core/src/metrics/totals.ts'
import type { Snapshot } from '../packages/core/src/model/snapshot.ts'
import { chosen, libraryOnJs, libraryOnWasm, RANGE, type Candidate } from './ground/histogram-candidates.ts'

/** Many short ones: a round under a millisecond is seldom interrupted. */
const ROUNDS = 200

/** Latencies in ms around `middle`, log-normal like those of servers. */
function latencies(count: number, middle: number, spread: number, seed = 1): Float64Array {
  let state = seed
  const random = (): number => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32
    return (state + 1) / (2 ** 32 + 1)
  }
  const normal = (): number => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random())
  return Float64Array.from({ length: count }, () => middle * Math.exp(normal() * spread))
}

/** CPU time of the process so far, in ms: what lasts for long is measured by it, not by the clock. */
function cpuMillis(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

/** Time one call of `work` takes, in µs, `calls` of them in a round. */
function micros(calls: number, work: (call: number) => void): number {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const start = performance.now()
    for (let call = 0; call < calls; call++) work(call)
    return ((performance.now() - start) * 1_000) / calls
  })
  return Math.min(...rounds)
}

/** One interval of one series: `values` of it are recorded, then encoded, merged, reset. */
function interval(make: () => Candidate, values: Float64Array): Record<string, number> {
  const candidate = make()
  const record = micros(2_000, (call) => candidate.record(values[call % values.length] ?? 0))
  candidate.reset()
  for (const value of values) candidate.record(value)
  const encoded = candidate.encode()
  const calls = 5
  const figures = {
    'record ns': Math.round(record * 1_000),
    'encode µs': micros(calls, () => candidate.encode()),
    'merge µs': micros(calls, () => candidate.merge(encoded)),
    'reset µs': micros(calls, () => candidate.reset()),
    'p(99) µs': micros(calls, () => candidate.percentile()),
    bytes: encoded.length,
  }
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Number(value.toFixed(1))]))
}

/** Memory in use once garbage is collected, bytes. */
function memory(): number {
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** Kept to the end, so that nothing is given back between two measurements. */
const kept: unknown[] = []

/** kB a histogram takes, by what the process gains from a hundred. */
function footprint(make: () => unknown): number {
  const before = memory()
  for (let made = 0; made < 100; made++) kept.push(make())
  return Math.round((memory() - before) / 100 / 1_000)
}

/** CPU time a fresh thread needs before it can record, in ms. */
async function startUp(wasm: boolean): Promise<number> {
  const program = `
    const cpu = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1e3 }
    const start = cpu()
    const hdr = require(${JSON.stringify(fileURLToPath(import.meta.resolve('hdr-histogram-js')))})
    ${wasm ? 'hdr.initWebAssemblySync()' : ''}
    hdr.build({ highestTrackableValue: 3.6e9, useWebAssembly: ${wasm} }).recordValue(1)
    require('node:worker_threads').parentPort.postMessage(cpu() - start)`
  const times: number[] = []
  for (let round = 0; round < 7; round++) {
    const worker = new Worker(program, { eval: true, execArgv: [] })
    times.push(await new Promise<number>((resolve) => worker.once('message', resolve)))
    await worker.terminate()
  }
  return Math.round(Math.min(...times))
}

/** A worker's second: 40 trend series, `perSeries` values each, drained at once. */
function drain(perSeries: number): { add: number; drain: number } {
  const table = new SeriesTable()
  const root = new TagSets().root
  const sets = ['a', 'b'].map((name) => root.with('scenario', name))
  const metrics = Array.from(
    { length: 20 },
    (_, index) => ({ name: `m${index}`, type: 'trend', unit: 'ms' }) as const,
  )
  const values = latencies(perSeries, 300, 0.6)
  const fill = (): void => {
    for (const metric of metrics)
      for (const set of sets) for (const value of values) table.add(metric, value, set)
  }
  const adds: number[] = []
  const drains: number[] = []
  for (let round = 0; round < 100; round++) {
    const start = performance.now()
    fill()
    const filled = performance.now()
    table.drain()
    adds.push(((filled - start) * 1e6) / (40 * perSeries))
    drains.push(performance.now() - filled)
  }
  return { add: Math.round(Math.min(...adds)), drain: Number(Math.min(...drains).toFixed(2)) }
}

/** What the main thread does with a minute of two such workers, in ms a second of the run. */
function mainThread(perSeries: number): Record<string, number> {
  const table = new SeriesTable()
  const metrics = Array.from(
    { length: 20 },
    (_, index) => ({ name: `m${index}`, type: 'trend', unit: 'ms' }) as const,
  )
  const selectors = metrics.flatMap(({ name }) =>
    [{}, { scenario: 'a' }, { scenario: 'b' }].map((tags) => ({ name, tags })),
  )
  const seconds = Array.from({ length: 60 }, (_, second) =>
    [0, 1].map((shard): Snapshot => {
      const values = latencies(perSeries, 300, 0.6, second * 2 + shard + 1)
      for (const metric of metrics)
        for (const scenario of ['a', 'b']) for (const value of values) table.add(metric, value, { scenario })
      const { series } = table.drain()
      const [from, to] = [second * 1_000, second * 1_000 + 1_000]
      return { shard, second, from, to, series, errors: [], scenarios: [], foldedTagSets: 0 }
    }),
  )
  const totals = new Totals()
  for (const { name, tags } of selectors) totals.select(name, tags)
  const timeline = new TimelineBuilder()
  const spent = { merge: 0, thresholds: 0, timeline: 0, encode: 0 }
  const timed = (part: keyof typeof spent, work: () => void): void => {
    const start = cpuMillis()
    work()
    spent[part] += (cpuMillis() - start) / seconds.length
  }
  for (const snapshots of seconds) {
    timed('merge', () => snapshots.forEach((one) => totals.merge(one)))
    timed('timeline', () => timeline.add(snapshots))
    timed('encode', () => snapshots.forEach((one) => encodeSnapshot(one)))
    timed('thresholds', () =>
      selectors.forEach(({ name, tags }) => totals.select(name, tags)?.value('p(95)', 1)),
    )
  }
  const start = cpuMillis()
  timeline.build()
  const rounded = Object.entries(spent).map(([name, value]) => [name, Number(value.toFixed(2))])
  return {
    ...Object.fromEntries(rounded),
    'timeline.build, once': Number((cpuMillis() - start).toFixed(1)),
  }
}

/** MB a timeline of 1 200 points takes in a run of two hours, 20 trends of 40 values a second. */
function timelineMegabytes(): number {
  const table = new SeriesTable()
  const timeline = new TimelineBuilder()
  const before = memory()
  for (let second = 0; second < 7_200; second++) {
    const values = latencies(40, 300, 0.6, second + 1)
    for (let index = 0; index < 20; index++)
      for (const value of values) table.add({ name: `m${index}`, type: 'trend', unit: 'ms' }, value, {})
    const { series } = table.drain()
    timeline.add([
      {
        shard: 0,
        second,
        from: second * 1_000,
        to: second * 1_000 + 1_000,
        series,
        errors: [],
        scenarios: [],
        foldedTagSets: 0,
      },
    ])
  }
  const gained = memory() - before
  return timeline.build().at.length > 0 ? Math.round(gained / 1e6) : NaN
}

const candidates = [libraryOnJs, () => libraryOnWasm(32), () => libraryOnWasm('packed'), chosen]
console.log(`Node ${process.version}, ${platform()} ${arch()}, ${cpus().length} × ${cpus()[0]?.model}\n`)
// First, while nothing else is there to be given back.
console.log('kB a histogram')
console.table({
  'TrendHistogram, 32 bits': footprint(() => new TrendHistogram()),
  'HistogramSum, 64 bits': footprint(() => new HistogramSum()),
  'WebAssembly, 32 bits': footprint(() => hdr.build({ ...RANGE, bitBucketSize: 32, useWebAssembly: true })),
  'WebAssembly, packed': footprint(() =>
    hdr.build({ ...RANGE, bitBucketSize: 'packed', useWebAssembly: true }),
  ),
})
for (const [title, values] of [
  ['40 values an interval, median 300 ms (ttft of 40 requests a second)', latencies(40, 300, 0.6)],
  ['5 000 values an interval, median 25 ms (itl of a busy worker)', latencies(5_000, 25, 0.3)],
] as const) {
  console.log(title)
  console.table(Object.fromEntries(candidates.map((make) => [make().name, interval(make, values)])))
}
console.log('ms of CPU until a fresh thread can record')
console.table({ JavaScript: await startUp(false), WebAssembly: await startUp(true) })
console.log('A worker with 40 trend series: ns an add(), ms a drain()')
console.table({ '40 values each': drain(40), '1 000 values each': drain(1_000) })
console.log('The main thread, two such workers, 60 thresholds: ms of CPU for each second of the run')
console.table({ '40 values each': mainThread(40), '1 000 values each': mainThread(1_000) })
console.log(`Timeline of two hours: ${timelineMegabytes()} MB`)
