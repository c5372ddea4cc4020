import { mkdir, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/**
 * Makes a folder and those above it that are missing. Not by `mkdir`'s own `recursive`: below a folder
 * that says a new one is missing rather than forbidden (`/proc`), Node tries for ever.
 * @throws what the file system says.
 */
export async function makeFolder(path: string): Promise<void> {
  const missing: string[] = []
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    // oxlint-disable-next-line no-await-in-loop -- from the inside out, until one is there
    const found = await stat(folder).catch(() => undefined)
    if (found !== undefined || folder === dirname(folder)) break
    missing.unshift(folder)
  }
  for (const folder of missing) {
    // oxlint-disable-next-line no-await-in-loop -- each lies in the one before
    await mkdir(folder).catch(rethrowUnlessThere)
  }
}

/** Another run may have made it in the meantime. */
function rethrowUnlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error
}
