import { performance, PerformanceObserver } from 'node:perf_hooks'
import { getHeapStatistics } from 'node:v8'
import type { Millis } from '../model/clock.ts'
import type { HealthReading } from '../model/snapshot.ts'
import { Delays } from './delays.ts'
import { delaysIn, LoopDelay } from './loop-delay.ts'
import { Stalls } from './stalls.ts'
import { watchThreadCpu, type ThreadCpu } from './thread-cpu.ts'

/** A look of a thread at itself. What the recorder knows, frames, is added by it. */
export type MonitorReading = Omit<HealthReading, 'contentFrames' | 'coalescedFrames'>

/** What a monitor needs of its surroundings, and who listens. */
export interface Watched {
  /** Exchanges under way: what the event loop's delays are weighed by. A moment without any counts like one. */
  readonly streams: () => number
  /** Told each pause for garbage collection: the values of `gc_pause`. */
  readonly onGcPause: (pause: Millis) => void
  /** Told each delay of the event loop, about 200 a second: the values of `event_loop_delay`. */
  readonly onLoopDelay: (delay: Millis) => void
}

/** Watches the thread it is made on. */
export class HealthMonitor {
  readonly #loop: LoopDelay
  readonly #collections: PerformanceObserver
  readonly #stalls = new Stalls()
  readonly #delays = new Delays()
  readonly #lags = new Delays()
  #lagMax: Millis = 0
  #gc = { gcPauseMax: 0, gcTime: 0 }
  #cpu: ThreadCpu | undefined
  #utilization = performance.eventLoopUtilization()

  constructor({ streams, onGcPause, onLoopDelay }: Watched) {
    this.#loop = new LoopDelay((late) => {
      this.#stalls.look(late)
      const weight = Math.max(1, streams())
      for (const delay of delaysIn(late)) {
        this.#delays.add(delay, weight)
        onLoopDelay(delay)
      }
    })
    this.#collections = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) {
        this.#gc.gcPauseMax = Math.max(this.#gc.gcPauseMax, duration)
        this.#gc.gcTime += duration
        onGcPause(duration)
      }
    })
  }

  /** Begins the first interval. */
  async start(): Promise<void> {
    this.#cpu = await watchThreadCpu()
    this.#utilization = performance.eventLoopUtilization()
    this.#collections.observe({ entryTypes: ['gc'] })
    this.#loop.start()
  }

  stop(): void {
    this.#loop.stop()
    this.#collections.disconnect()
  }

  /** The schedule was to act, and did so `late` ms after. */
  noteLag(late: Millis): void {
    this.#lags.add(late)
    this.#lagMax = Math.max(this.#lagMax, late)
  }

  /** Script code of a scenario has just run. */
  noteCode(scenario: string): void {
    this.#stalls.ran(scenario, this.#loop.overdue)
  }

  /**
   * The interval since the last call, or since `start`; the next one begins. All but the processor's time is taken
   * as the promise settles: what the listeners were told before that is in it, and nothing else.
   */
  async read(): Promise<MonitorReading> {
    const cpu = (await this.#cpu?.read()) ?? { cpu: 0 }
    const utilization = performance.eventLoopUtilization()
    const stall = this.#stalls.take()
    const reading = {
      ...cpu,
      loopUtilization: performance.eventLoopUtilization(utilization, this.#utilization).utilization,
      loopDelayMax: this.#loop.takeMax(),
      delays: this.#delays.take(),
      lagMax: this.#lagMax,
      lags: this.#lags.take(),
      ...(stall !== undefined && { stall }),
      ...this.#gc,
      heap: getHeapStatistics().used_heap_size,
    }
    this.#utilization = utilization
    this.#lagMax = 0
    this.#gc = { gcPauseMax: 0, gcTime: 0 }
    return reading
  }
}
