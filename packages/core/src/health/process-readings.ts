import type { ProcessReading } from '../model/snapshot.ts'

/** What the readings of process and machine come to. What was not told is absent. */
export interface ProcessHealth {
  /** Cores, the largest of a second. */
  readonly cpuMax: number
  /** Bytes. */
  readonly rssMax: number
  readonly openFilesMax?: number
  readonly openFilesLimit?: number
  readonly portsMax?: number
  readonly portsLimit?: number
  /** Averages over the run, of the time of all cores. */
  readonly others?: number
  readonly stolen?: number
}

/** The looks at process and machine, folded as they come. */
export class ProcessReadings {
  #latest: ProcessReading | undefined
  readonly #max = { cpu: 0, rss: 0, openFiles: 0, ports: 0 }
  readonly #shares = { count: 0, others: 0, stolen: 0 }

  add(reading: ProcessReading): void {
    const max = this.#max
    this.#latest = reading
    max.cpu = Math.max(max.cpu, reading.cpu)
    max.rss = Math.max(max.rss, reading.rss)
    max.openFiles = Math.max(max.openFiles, reading.openFiles ?? 0)
    max.ports = Math.max(max.ports, reading.ports ?? 0)
    if (reading.others === undefined || reading.stolen === undefined) return
    this.#shares.count += 1
    this.#shares.others += reading.others
    this.#shares.stolen += reading.stolen
  }

  /** `undefined` where nothing was read. */
  health(): ProcessHealth | undefined {
    const latest = this.#latest
    if (latest === undefined) return undefined
    const { openFilesLimit, portsLimit } = latest
    const { count, others, stolen } = this.#shares
    return {
      cpuMax: this.#max.cpu,
      rssMax: this.#max.rss,
      ...(latest.openFiles !== undefined && { openFilesMax: this.#max.openFiles }),
      ...(openFilesLimit !== undefined && { openFilesLimit }),
      ...(latest.ports !== undefined && { portsMax: this.#max.ports }),
      ...(portsLimit !== undefined && { portsLimit }),
      ...(count > 0 && { others: others / count, stolen: stolen / count }),
    }
  }
}
