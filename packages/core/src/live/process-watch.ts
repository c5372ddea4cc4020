import { ProcessMonitor } from '../health/process-monitor.ts'
import { SeriesTable } from '../metrics/series-table.ts'
import { now, type Millis } from '../model/clock.ts'
import { builtIn } from '../model/metric.ts'
import type { ProcessReading, Snapshot } from '../model/snapshot.ts'
import { MAIN } from './collector.ts'

const INTERVAL: Millis = 1_000

const CPU = builtIn('generator_process_cpu')
const RSS = builtIn('generator_rss')
const FILES = builtIn('open_files')
const PORTS = builtIn('open_ports')

/** Looks at process and machine once a second of the run, from the main thread. */
export class ProcessWatch {
  readonly #tell: (snapshot: Snapshot) => void
  readonly #monitor = new ProcessMonitor()
  readonly #table = new SeriesTable()
  #timer: NodeJS.Timeout | undefined
  #startsAt: Millis = 0
  #from: Millis = 0
  #over = false

  /** @param tell given each look, as a snapshot of the main thread. */
  constructor(tell: (snapshot: Snapshot) => void) {
    this.#tell = tell
  }

  /** @param startsAt the run's zero on the shared clock. */
  async begin(startsAt: Millis): Promise<void> {
    this.#startsAt = startsAt
    await this.#monitor.start()
    this.#arm()
  }

  end(): void {
    this.#over = true
    clearTimeout(this.#timer)
  }

  /** For the next whole second that is at least half a second away. */
  #arm(): void {
    if (this.#over) return
    const elapsed = now() - this.#startsAt
    const next = Math.floor(elapsed / INTERVAL + 1.5) * INTERVAL
    this.#timer = setTimeout(() => void this.#take().then(() => this.#arm()), Math.ceil(next - elapsed))
    this.#timer.unref()
  }

  async #take(): Promise<void> {
    const reading = await this.#monitor.read()
    if (this.#over) return
    const from = this.#from
    const to = now() - this.#startsAt
    this.#from = to
    const second = Math.max(0, Math.round(to / INTERVAL) - 1)
    const nothing = { errors: [], scenarios: [], foldedTagSets: 0 }
    this.#tell({ shard: MAIN, second, from, to, series: this.#series(reading), process: reading, ...nothing })
  }

  #series({ cpu, rss, openFiles, ports }: ProcessReading): Snapshot['series'] {
    this.#table.add(CPU, cpu, {})
    this.#table.add(RSS, rss, {})
    if (openFiles !== undefined) this.#table.add(FILES, openFiles, {})
    if (ports !== undefined) this.#table.add(PORTS, ports, {})
    return this.#table.drain().series
  }
}
