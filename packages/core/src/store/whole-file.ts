import { rename, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** Writes a file whole or not at all: a reader never sees half of one. */
export async function writeWhole(file: string, text: string): Promise<void> {
  const draft = join(dirname(file), `.${basename(file)}.part`)
  await writeFile(draft, text)
  await rename(draft, file)
}
