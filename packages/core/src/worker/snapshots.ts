import type { HealthMonitor } from '../health/monitor.ts'
import { now, type Millis } from '../model/clock.ts'
import { builtIn } from '../model/metric.ts'
import type { HealthReading, ScenarioProgress } from '../model/snapshot.ts'
import type { SampleFile } from '../store/sample-file.ts'
import type { FailureLog } from './failure-log.ts'
import type { MainLink } from './main-link.ts'
import type { Recorder } from './recorder.ts'

const INTERVAL: Millis = 1_000
/** What a difference of two times of a clock may be off by, as floating point numbers are. */
const ROUNDING: Millis = 1e-3

const VUS = builtIn('vus')
const VUS_MAX = builtIn('vus_max')
const STREAMS = builtIn('concurrent_streams')
const CPU = builtIn('generator_cpu')
const CPU_WAIT = builtIn('generator_cpu_wait')
const MEMORY = builtIn('generator_memory')
const UTILIZATION = builtIn('event_loop_utilization')
const COALESCED = builtIn('coalesced_share')

/** Where a snapshot's contents come from and go to. */
interface SnapshotParts {
  readonly recorder: Recorder
  readonly monitor: HealthMonitor
  readonly failures: FailureLog
  readonly samples: SampleFile | undefined
  readonly link: MainLink
}

/** Sends what a worker gathered, every second of the run and once more at its end. */
export class Snapshots {
  readonly #shard: number
  readonly #startedAt: Millis
  readonly #parts: SnapshotParts
  readonly #progress: () => readonly ScenarioProgress[]
  #from: Millis = 0
  /** The next whole second to take. */
  #next: Millis = INTERVAL
  #timer: NodeJS.Timeout | undefined
  #taking: Promise<void> = Promise.resolve()
  #ended = false

  /** @param startedAt the run's zero on the shared clock. */
  constructor(
    shard: number,
    startedAt: Millis,
    parts: SnapshotParts,
    progress: () => readonly ScenarioProgress[],
  ) {
    this.#shard = shard
    this.#startedAt = startedAt
    this.#parts = parts
    this.#progress = progress
  }

  /** Snapshots fall on whole seconds of the run, the same on every worker. */
  begin(): void {
    const elapsed = now() - this.#startedAt
    // Seconds that a busy loop has slept through are one interval.
    while (this.#next <= elapsed) this.#next += INTERVAL
    // Rounded up: Node rounds down, and would then take the same second twice.
    const delay = Math.ceil(this.#next - elapsed - ROUNDING)
    this.#timer = setTimeout(() => {
      this.#next += INTERVAL
      this.#taking = this.#taking.then(() => this.#take())
      if (!this.#ended) this.begin()
    }, delay)
  }

  /** The last one: what came since the last whole second. */
  async end(): Promise<void> {
    this.#ended = true
    clearTimeout(this.#timer)
    await this.#taking
    await this.#take()
  }

  async #take(): Promise<void> {
    const { recorder, monitor, failures, samples, link } = this.#parts
    const reading = await monitor.read()
    const to = now() - this.#startedAt
    const from = this.#from
    this.#from = to
    const scenarios = this.#progress()
    const health: HealthReading = { ...reading, ...recorder.frames }
    this.#load(scenarios)
    this.#self(health, to - from)
    const scriptErrors = failures.drain()
    const { contentFrames: _, coalescedFrames: __, ...recorded } = recorder.drain()
    // A snapshot taken a little after its second's end still belongs to that second.
    const second = Math.max(0, Math.ceil((to - INTERVAL / 2) / INTERVAL) - 1)
    link.post({
      type: 'snapshot',
      snapshot: {
        shard: this.#shard,
        second,
        from,
        to,
        scenarios,
        health,
        ...recorded,
        ...(scriptErrors.length === 0 ? {} : { scriptErrors }),
      },
    })
    const problem = samples?.flush()
    if (problem !== undefined) link.post({ type: 'samples-lost', reason: problem })
  }

  #load(scenarios: readonly ScenarioProgress[]): void {
    const { recorder } = this.#parts
    const sum = (count: (one: ScenarioProgress) => number) =>
      scenarios.reduce((all, one) => all + count(one), 0)
    const active = sum((one) => one.activeVUs)
    const made = sum((one) => one.vus)
    recorder.add(VUS, active, {})
    recorder.add(VUS_MAX, made, {})
    recorder.add(STREAMS, recorder.streams, {})
  }

  #self(health: HealthReading, length: Millis): void {
    const { recorder } = this.#parts
    const worker = { worker: String(this.#shard) }
    recorder.add(MEMORY, health.heap, worker)
    if (health.contentFrames > 0)
      recorder.add(COALESCED, health.coalescedFrames / health.contentFrames, worker)
    // The short interval at the end of a run says nothing about how busy it was.
    if (length < INTERVAL / 2) return
    recorder.add(CPU, health.cpu, worker)
    recorder.add(UTILIZATION, health.loopUtilization, worker)
    if (health.cpuWait !== undefined) recorder.add(CPU_WAIT, health.cpuWait, worker)
  }
}
