import type { Summary } from '../model/summary.ts'
import { EndFile } from './end-file.ts'
import type { Output } from './output.ts'

/** `--summary-export FILE`: the summary as JSON, once the run is over. */
export class SummaryExport implements Output {
  readonly #file: EndFile

  constructor(file: string) {
    this.#file = new EndFile(file)
  }

  /** @throws when the file cannot be written. */
  async start(): Promise<void> {
    await this.#file.check()
  }

  /** @throws when the file cannot be written. */
  async end(summary: Summary): Promise<void> {
    await this.#file.write(`${JSON.stringify(summary, undefined, 2)}\n`)
  }
}
