import type { Millis } from '../model/clock.ts'
import type { HealthReading, Snapshot, Stall } from '../model/snapshot.ts'
import { stormIn, type ConnectionStorm } from './connection-storm.ts'
import { Delays } from './delays.ts'
import { SustainedCpu } from './sustained-cpu.ts'
import type { AtSecond } from './worst-seconds.ts'

/** What one worker's readings come to. */
export interface WorkerHealth {
  readonly shard: number
  /** Time it was watched. */
  readonly watched: Millis
  /** Largest share of a core over three seconds, the worst hundredth of the run left out; absent in shorter runs. */
  readonly cpu?: AtSecond
  /** How late its event loop was, weighed by the exchanges under way. */
  readonly delays: Delays
  /** The second of the longest delay. */
  readonly loopDelayMax: AtSecond
  readonly lags: Delays
  readonly lagMax: AtSecond
  readonly loopUtilizationMax: number
  /** The longest time its event loop stood still. */
  readonly stall?: Stall & { readonly second: number }
  /** Absent where there was none. Its delays and CPU are in no other figure. */
  readonly storm?: ConnectionStorm
  /** What it did while its event loop was late: averages, the seconds weighed by their longest delay. */
  readonly whileLate: {
    readonly cpu: number
    /** Absent where the system does not tell. */
    readonly cpuWait?: number
    /** Share of the time spent on garbage collection. */
    readonly gc: number
  }
  readonly cpuWaitMax?: number
  readonly gcPauseMax: Millis
  readonly heapMax: number
  readonly contentFrames: number
  readonly coalescedFrames: number
}

/** The readings of one worker, folded as they come. */
class Worker {
  readonly #shard: number
  readonly #delays = new Delays()
  readonly #lags = new Delays()
  readonly #cpu = new SustainedCpu()
  #watched: Millis = 0
  #loopDelayMax: AtSecond = { value: 0, second: 0 }
  #lagMax: AtSecond = { value: 0, second: 0 }
  #stall: WorkerHealth['stall']
  #storm: ConnectionStorm | undefined
  #cpuWaitMax: number | undefined
  readonly #late = { weight: 0, cpu: 0, cpuWait: 0, gc: 0 }
  readonly #max = { loopUtilizationMax: 0, gcPauseMax: 0, heapMax: 0 }
  readonly #frames = { contentFrames: 0, coalescedFrames: 0 }

  constructor(shard: number) {
    this.#shard = shard
  }

  add(reading: HealthReading, snapshot: Snapshot): void {
    const { second, from, to } = snapshot
    const length = to - from
    const storm = stormIn(snapshot)
    this.#watched += length
    this.#lags.merge(reading.lags)
    if (storm === undefined) {
      this.#delays.merge(reading.delays)
      this.#cpu.add(reading.cpu, length, second)
    } else this.#addStorm(storm, second)
    this.#loopDelayMax = larger(this.#loopDelayMax, reading.loopDelayMax, second)
    this.#lagMax = larger(this.#lagMax, reading.lagMax, second)
    const stall = stallIn(reading, length)
    if (stall !== undefined && stall.length > (this.#stall?.length ?? 0)) this.#stall = { ...stall, second }
    this.#addWhileLate(reading, length)
    const max = this.#max
    max.loopUtilizationMax = Math.max(max.loopUtilizationMax, reading.loopUtilization)
    max.gcPauseMax = Math.max(max.gcPauseMax, reading.gcPauseMax)
    max.heapMax = Math.max(max.heapMax, reading.heap)
    this.#frames.contentFrames += reading.contentFrames
    this.#frames.coalescedFrames += reading.coalescedFrames
  }

  #addStorm(failed: number, second: number): void {
    const known = this.#storm ?? { seconds: 0, most: 0, second }
    const worst = failed > known.most ? { most: failed, second } : known
    this.#storm = { ...worst, seconds: known.seconds + 1 }
  }

  #addWhileLate({ loopDelayMax, cpu, cpuWait, gcTime }: HealthReading, length: Millis): void {
    const late = this.#late
    late.weight += loopDelayMax
    late.cpu += loopDelayMax * cpu
    late.gc += length > 0 ? (loopDelayMax * gcTime) / length : 0
    if (cpuWait === undefined) return
    late.cpuWait += loopDelayMax * cpuWait
    this.#cpuWaitMax = Math.max(this.#cpuWaitMax ?? 0, cpuWait)
  }

  get health(): WorkerHealth {
    const cpu = this.#cpu.worst
    const late = this.#late
    const mean = (sum: number) => (late.weight > 0 ? sum / late.weight : 0)
    const waits = this.#cpuWaitMax !== undefined
    return {
      shard: this.#shard,
      watched: this.#watched,
      ...(cpu !== undefined && { cpu }),
      delays: this.#delays,
      loopDelayMax: this.#loopDelayMax,
      lags: this.#lags,
      lagMax: this.#lagMax,
      ...(this.#stall !== undefined && { stall: this.#stall }),
      ...(this.#storm !== undefined && { storm: this.#storm }),
      whileLate: { cpu: mean(late.cpu), gc: mean(late.gc), ...(waits && { cpuWait: mean(late.cpuWait) }) },
      ...(this.#cpuWaitMax !== undefined && { cpuWaitMax: this.#cpuWaitMax }),
      ...this.#max,
      ...this.#frames,
    }
  }
}

/** Code that keeps the loop runs; of a thread that hardly did, someone else took the time. */
const RAN_OF_STALL = 0.25

function stallIn({ stall, cpu }: HealthReading, length: Millis): Stall | undefined {
  if (stall === undefined || cpu * length >= RAN_OF_STALL * stall.length) return stall
  return { length: stall.length }
}

function larger(known: AtSecond, value: number, second: number): AtSecond {
  return value > known.value ? { value, second } : known
}

/** The looks of all workers at themselves, in memory that does not grow with the run. */
export class WorkerReadings {
  readonly #workers = new Map<number, Worker>()

  /** Takes in each snapshot once, those of one shard in order. */
  add(snapshot: Snapshot): void {
    const { shard, health } = snapshot
    if (health === undefined) return
    let worker = this.#workers.get(shard)
    if (worker === undefined) this.#workers.set(shard, (worker = new Worker(shard)))
    worker.add(health, snapshot)
  }

  /** What the readings so far come to, worker by worker. */
  health(): WorkerHealth[] {
    return [...this.#workers.values()].map(({ health }) => health)
  }
}
