import { access, constants, mkdir, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** A file that is written once, when a run is over: whole or not at all. */
export class EndFile {
  readonly #file: string

  constructor(file: string) {
    this.#file = file
  }

  /**
   * Finds out that the file cannot be written before an hour of load has been sent; what it holds stays
   * until then. Makes its folder. @throws when it cannot.
   */
  async check(): Promise<void> {
    const found = await kindOf(this.#file)
    if (found === 'none') {
      await makeFolderOf(this.#file)
      // With the dot, what is no folder is told as such.
      await access(`${dirname(this.#file)}/.`, constants.W_OK)
    }
    // A pipe would wait for its reader.
    else if (found === 'file') await (await open(this.#file, 'a')).close()
  }

  /** @throws when it cannot be written. */
  async write(text: string): Promise<void> {
    // What is no regular file (a pipe, /dev/stdout) cannot be replaced.
    if ((await kindOf(this.#file)) === 'other') return writeFile(this.#file, text)
    const file = await realpath(this.#file).catch(() => this.#file)
    const draft = join(dirname(file), `.${basename(file)}.part`)
    try {
      await writeFile(draft, text)
      // Of a file mounted by itself only the content can change.
      await rename(draft, file).catch(() => writeFile(file, text))
    } finally {
      await rm(draft, { force: true })
    }
  }
}

/** The folder a file is to stand in; those above it must be there. What is wrong with it shows with the file. */
export async function makeFolderOf(file: string): Promise<void> {
  await mkdir(dirname(file)).catch(() => undefined)
}

/** @throws where it is a folder. */
async function kindOf(file: string): Promise<'none' | 'file' | 'other'> {
  const found = await stat(file).catch(() => undefined)
  if (found?.isDirectory() === true) throw new Error(`${file} is a folder`)
  if (found === undefined) return 'none'
  return found.isFile() ? 'file' : 'other'
}
