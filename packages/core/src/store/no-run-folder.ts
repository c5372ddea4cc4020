import { stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { LoadbenchError } from '../model/errors.ts'
import { isObject } from '../model/json.ts'

const SPACE = 'Free some space, or name another place with --results.'
const RIGHTS = 'Change the rights of the folder it is in, or name another place with --results.'
/** By the system's code. */
const HELP: Readonly<Record<string, string>> = { ENOSPC: SPACE, EDQUOT: SPACE, EACCES: RIGHTS, EPERM: RIGHTS }

/** LB_RUN_UNWRITABLE: why a run folder cannot be made, and what would help. */
export async function noRunFolder(folder: string, error: unknown): Promise<LoadbenchError> {
  const file = await fileOnTheWay(folder)
  if (file !== undefined) {
    return new LoadbenchError(
      'LB_RUN_UNWRITABLE',
      `the run folder ${folder} cannot be made: ${file} is a file`,
      'Name a folder with --results.',
    )
  }
  const code = isObject(error) ? error['code'] : undefined
  return new LoadbenchError(
    'LB_RUN_UNWRITABLE',
    `the run folder ${folder} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
    (typeof code === 'string' ? HELP[code] : undefined) ?? 'Name another place with --results.',
  )
}

/** The file that stands where a folder would have to be, as it was named. */
async function fileOnTheWay(folder: string): Promise<string | undefined> {
  for (let path = folder; resolve(path) !== dirname(resolve(path)); path = dirname(path)) {
    // oxlint-disable-next-line no-await-in-loop -- from the inside out, until something is there
    const found = await stat(path).catch(() => undefined)
    if (found !== undefined) return found.isDirectory() ? undefined : path
    if (path === dirname(path)) break
  }
  return undefined
}
