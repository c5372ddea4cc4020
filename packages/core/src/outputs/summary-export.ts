import { open, writeFile } from 'node:fs/promises'
import type { Summary } from '../model/summary.ts'
import type { Output } from './output.ts'

/** `--summary-export FILE`: the summary as JSON, once the run is over. */
export class SummaryExport implements Output {
  readonly apiVersion = 1
  readonly name = 'summary-export'
  readonly #file: string

  constructor(file: string) {
    this.#file = file
  }

  /** Finds out that the file cannot be written before an hour of load has been sent. @throws when it cannot. */
  async start(): Promise<void> {
    await (await open(this.#file, 'a')).close()
  }

  interval(): void {
    // Only the end is of interest.
  }

  async end(summary: Summary): Promise<void> {
    await writeFile(this.#file, `${JSON.stringify(summary, undefined, 2)}\n`)
  }
}
