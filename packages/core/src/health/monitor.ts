import { createHistogram, PerformanceObserver } from 'node:perf_hooks'
import { getHeapStatistics } from 'node:v8'
import type { Millis } from '../model/clock.ts'
import type { HealthReading } from '../model/snapshot.ts'
import { LoopDelay } from './loop-delay.ts'
import { watchThreadCpu, type ThreadCpu } from './thread-cpu.ts'

const MICROS = 1_000

/** A look of a thread at itself. What the recorder knows, frames, is added by it. */
export type MonitorReading = Omit<HealthReading, 'contentFrames' | 'coalescedFrames'>

/** Watches the thread it is made on. */
export class HealthMonitor {
  readonly #loop: LoopDelay
  readonly #collections: PerformanceObserver
  readonly #lag = createHistogram()
  #gcPause: Millis = 0
  #cpu: ThreadCpu | undefined

  /**
   * @param onGcPause told each pause for garbage collection: the values of `gc_pause`.
   * @param onLoopDelay told each delay of the event loop, 100 a second: the values of `event_loop_delay`.
   */
  constructor(
    onGcPause: (pause: Millis) => void = () => {},
    onLoopDelay: (delay: Millis) => void = () => {},
  ) {
    this.#loop = new LoopDelay(onLoopDelay)
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
    this.#loop.start()
  }

  stop(): void {
    this.#loop.stop()
    this.#collections.disconnect()
  }

  /** The schedule was to act, and did so `late` ms after. */
  noteLag(late: Millis): void {
    this.#lag.record(Math.max(1, Math.round(late * MICROS)))
  }

  /** The interval since the last call, or since `start`; the next one begins. */
  async read(): Promise<MonitorReading> {
    const { p99, max } = this.#loop.take()
    const lagged = this.#lag.count > 0
    const seen = {
      loopDelayP99: p99,
      loopDelayMax: max,
      lagP99: lagged ? this.#lag.percentile(99) / MICROS : 0,
      lagMax: lagged ? this.#lag.max / MICROS : 0,
      gcPause: this.#gcPause,
      heap: getHeapStatistics().used_heap_size,
    }
    this.#lag.reset()
    this.#gcPause = 0
    return { cpu: (await this.#cpu?.read()) ?? 0, ...seen }
  }
}
