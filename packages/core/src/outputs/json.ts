import type { Manifest, Summary } from '../model/summary.ts'
import { LineFile } from './line-file.ts'
import type { Interval, Output } from './output.ts'

/**
 * `--out json=FILE`: newline-delimited JSON while the run goes. First a line of type `run`, then one
 * of type `point` per series and second, last one of type `summary`.
 */
export class JsonOutput implements Output {
  readonly #path: string
  #file: LineFile | undefined

  constructor(file: string) {
    this.#path = file
  }

  /** @throws when the file cannot be opened. */
  async start(manifest: Manifest): Promise<void> {
    this.#file = await LineFile.open(this.#path)
    this.#file.write(line({ type: 'run', run: manifest }))
  }

  /** @throws what went wrong with writing before. */
  interval({ second, time, points }: Interval): void {
    const lines = points.map(({ type, ...point }) =>
      line({ type: 'point', time, second, kind: type, ...point }),
    )
    if (lines.length > 0) this.#file?.write(lines.join(''))
  }

  /** @throws what went wrong with writing. */
  async end(summary: Summary): Promise<void> {
    this.#file?.write(line({ type: 'summary', summary }))
    await this.#file?.close()
  }
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`
}
