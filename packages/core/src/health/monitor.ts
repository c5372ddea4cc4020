import { createHistogram, monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks'
import { getHeapStatistics } from 'node:v8'
import type { Millis } from '../model/clock.ts'
import type { HealthReading } from '../model/snapshot.ts'
import { watchThreadCpu, type ThreadCpu } from './thread-cpu.ts'

/**
 * Time between two looks at the event loop. 100 looks a second make a p99 of one second meaningful
 * and take 0.5 % of a core; 1 ms takes 3 %, and at 20 ms a stall of 5 ms is mostly missed.
 */
const RESOLUTION: Millis = 10
const NANOS = 1e6
const MICROS = 1e3

/** A look of a thread at itself. What the recorder knows, frames, is added by it. */
export type MonitorReading = Omit<HealthReading, 'contentFrames' | 'coalescedFrames'>

/** Watches the thread it is made on. */
export class HealthMonitor {
  readonly #delay = monitorEventLoopDelay({ resolution: RESOLUTION })
  readonly #lag = createHistogram()
  readonly #collections: PerformanceObserver
  #gcPause: Millis = 0
  #cpu: ThreadCpu | undefined

  /** @param onGcPause told each pause for garbage collection, a little after it. */
  constructor(onGcPause: (pause: Millis) => void = () => {}) {
    this.#collections = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) {
        this.#gcPause += duration
        onGcPause(duration)
      }
    })
  }

  /** Begins the first interval. */
  async start(): Promise<void> {
    this.#cpu = await watchThreadCpu()
    this.#collections.observe({ entryTypes: ['gc'] })
    this.#delay.enable()
  }

  stop(): void {
    this.#delay.disable()
    this.#collections.disconnect()
  }

  /** The schedule was to act, and did so `late` ms after. */
  noteLag(late: Millis): void {
    this.#lag.record(Math.max(1, Math.round(late * MICROS)))
  }

  /** The interval since the last call, or since `start`; the next one begins. */
  async read(): Promise<MonitorReading> {
    const seen = this.#take()
    return { cpu: (await this.#cpu?.read()) ?? 0, ...seen }
  }

  #take(): Omit<MonitorReading, 'cpu'> {
    const looked = this.#delay.count > 0
    const lagged = this.#lag.count > 0
    const seen = {
      loopDelayP99: looked ? delayOf(this.#delay.percentile(99)) : 0,
      loopDelayMax: looked ? delayOf(this.#delay.max) : 0,
      lagP99: lagged ? this.#lag.percentile(99) / MICROS : 0,
      lagMax: lagged ? this.#lag.max / MICROS : 0,
      gcPause: this.#gcPause,
      heap: getHeapStatistics().used_heap_size,
    }
    this.#delay.reset()
    this.#lag.reset()
    this.#gcPause = 0
    return seen
  }
}

/** Node records the whole time between two looks; what is over the resolution is delay. */
function delayOf(nanos: number): Millis {
  return Math.max(0, nanos / NANOS - RESOLUTION)
}
