import type { Summary } from '../model/summary.ts'
import { EndFile } from './end-file.ts'
import { markdownText } from './markdown-text.ts'
import type { Output } from './output.ts'

/** `--out markdown=FILE`: the run as one would paste it into a pull request. */
export class MarkdownOutput implements Output {
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
    await this.#file.write(markdownText(summary))
  }
}
