import { createWriteStream, type WriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Manifest, Summary } from '../model/summary.ts'
import type { Interval, Output } from './output.ts'

/**
 * `--out json=FILE`: newline-delimited JSON while the run goes. First a line of type `run`, then one
 * of type `point` per series and second, last one of type `summary`.
 */
export class JsonOutput implements Output {
  readonly apiVersion = 1
  readonly name = 'json'
  readonly #file: string
  #stream: WriteStream | undefined
  #failure: Error | undefined

  constructor(file: string) {
    this.#file = file
  }

  /** @throws when the file cannot be opened. */
  async start(manifest: Manifest): Promise<void> {
    const handle = await open(this.#file, 'w')
    this.#stream = createWriteStream(this.#file, { fd: handle })
    this.#stream.on('error', (error) => {
      this.#failure ??= error
    })
    this.#write({ type: 'run', run: manifest })
  }

  interval({ second, time, points }: Interval): void {
    for (const { type, ...point } of points)
      this.#write({ type: 'point', time, second, kind: type, ...point })
  }

  /** @throws what went wrong with writing. */
  async end(summary: Summary): Promise<void> {
    const stream = this.#stream
    if (stream === undefined) return
    this.#write({ type: 'summary', summary })
    await new Promise<void>((resolve) => {
      if (this.#failure !== undefined) resolve()
      stream.once('close', resolve)
      stream.end()
    })
    if (this.#failure !== undefined) throw this.#failure
  }

  #write(line: object): void {
    if (this.#failure === undefined) this.#stream?.write(`${JSON.stringify(line)}\n`)
  }
}
