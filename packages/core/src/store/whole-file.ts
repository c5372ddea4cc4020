import { renameSync, writeFileSync } from 'node:fs'
import { rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** Writes a file whole or not at all: a reader never sees half of one. @throws what the file system says. */
export async function writeWhole(file: string, text: string): Promise<void> {
  const draft = join(dirname(file), `.${basename(file)}.part`)
  try {
    await writeFile(draft, text)
    await rename(draft, file)
  } catch (error) {
    // Half a draft on a full disk takes the room of the file that comes next.
    await rm(draft, { force: true }).catch(() => undefined)
    throw error
  }
}

/** The same, and there when this returns. @throws what the file system says. */
export function writeWholeNow(file: string, text: string): void {
  // Of another name: a draft of the other kind may be half written.
  const draft = join(dirname(file), `.${basename(file)}.now`)
  writeFileSync(draft, text)
  renameSync(draft, file)
}
