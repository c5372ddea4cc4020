import { createWriteStream, type WriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { makeFolderOf } from './end-file.ts'

/** A file that grows while a run goes. */
export class LineFile {
  readonly #stream: WriteStream
  #failure: Error | undefined

  private constructor(stream: WriteStream) {
    this.#stream = stream
    stream.on('error', (error) => {
      this.#failure ??= error
    })
  }

  /** Empties the file, or makes it and its folder. @throws when it cannot be opened. */
  static async open(file: string): Promise<LineFile> {
    await makeFolderOf(file)
    return new LineFile(createWriteStream(file, { fd: await open(file, 'w') }))
  }

  /** Hands whole lines to the system without waiting for it. @throws what went wrong with earlier ones. */
  write(lines: string): void {
    if (this.#failure !== undefined) throw this.#failure
    this.#stream.write(lines)
  }

  /** Everything is written when this settles. @throws what went wrong with writing. */
  async close(): Promise<void> {
    if (!this.#stream.closed) {
      await new Promise<void>((resolve) => {
        this.#stream.once('close', resolve)
        this.#stream.end()
      })
    }
    if (this.#failure !== undefined) throw this.#failure
  }
}
