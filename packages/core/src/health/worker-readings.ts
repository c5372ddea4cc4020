import type { Millis } from '../model/clock.ts'
import type { HealthReading, Snapshot } from '../model/snapshot.ts'
import { WorstSeconds, type AtSecond } from './worst-seconds.ts'

/**
 * Time over which a worker's CPU is averaged: three readings of about a second. Shorter peaks show as
 * delay, where they matter.
 */
const CPU_SPAN: Millis = 2_900

/** What one worker's readings come to. */
export interface WorkerHealth {
  readonly shard: number
  /** Largest share of a core over three seconds; absent in shorter runs. */
  readonly cpu?: AtSecond
  /** p99 of a second: the worst beyond the seconds allowed, and the longest single delay. */
  readonly loopDelay?: AtSecond
  readonly loopDelayMax: Millis
  readonly lag?: AtSecond
  readonly lagMax: Millis
  /** Longest time collecting garbage in one second. */
  readonly gcPauseMax: Millis
  readonly heapMax: number
  readonly contentFrames: number
  readonly coalescedFrames: number
}

interface CpuReading {
  readonly cpu: number
  readonly length: Millis
}

function spanOf(readings: readonly CpuReading[]): Millis {
  return readings.reduce((sum, { length }) => sum + length, 0)
}

/** The readings of one worker, folded as they come. */
class Worker {
  readonly #shard: number
  readonly #loopDelay = new WorstSeconds()
  readonly #lag = new WorstSeconds()
  readonly #recent: CpuReading[] = []
  #cpu: AtSecond | undefined
  readonly #max = { loopDelayMax: 0, lagMax: 0, gcPauseMax: 0, heapMax: 0 }
  readonly #frames = { contentFrames: 0, coalescedFrames: 0 }

  constructor(shard: number) {
    this.#shard = shard
  }

  add(reading: HealthReading, { second, from, to }: Snapshot): void {
    this.#loopDelay.add(reading.loopDelayP99, second)
    this.#lag.add(reading.lagP99, second)
    this.#addCpu(reading.cpu, to - from, second)
    const max = this.#max
    max.loopDelayMax = Math.max(max.loopDelayMax, reading.loopDelayMax)
    max.lagMax = Math.max(max.lagMax, reading.lagMax)
    max.gcPauseMax = Math.max(max.gcPauseMax, reading.gcPause)
    max.heapMax = Math.max(max.heapMax, reading.heap)
    this.#frames.contentFrames += reading.contentFrames
    this.#frames.coalescedFrames += reading.coalescedFrames
  }

  /** Weighed by length: the last interval of a run may be a few milliseconds. */
  #addCpu(cpu: number, length: Millis, second: number): void {
    const recent = this.#recent
    recent.push({ cpu, length })
    while (spanOf(recent.slice(1)) >= CPU_SPAN) recent.shift()
    const span = spanOf(recent)
    if (span < CPU_SPAN) return
    const value = recent.reduce((sum, one) => sum + one.cpu * one.length, 0) / span
    if (value > (this.#cpu?.value ?? -1)) this.#cpu = { value, second }
  }

  get health(): WorkerHealth {
    const loopDelay = this.#loopDelay.beyondAllowed
    const lag = this.#lag.beyondAllowed
    return {
      shard: this.#shard,
      ...(this.#cpu !== undefined && { cpu: this.#cpu }),
      ...(loopDelay !== undefined && { loopDelay }),
      ...(lag !== undefined && { lag }),
      ...this.#max,
      ...this.#frames,
    }
  }
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
