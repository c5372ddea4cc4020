import { createReadStream } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { readSnapshots } from '../metrics/snapshot-codec.ts'
import { LoadbenchError } from '../model/errors.ts'
import type { Snapshot } from '../model/snapshot.ts'
import type { Manifest, Summary } from '../model/summary.ts'
import { FILES } from './layout.ts'
import { manifestFrom, summaryFrom } from './stored.ts'

/** What of a folder cannot be used, in words that follow the name of the file. */
export interface Damage {
  readonly problem: string
}

/** Lines of a file that cannot be read. */
export interface LineDamage {
  /** Lines there are. */
  readonly lines: number
  /** Those that cannot be read. */
  readonly broken: number
  /** The first of them, and why. */
  readonly first: string
  /** Whether it is the last alone, as a killed run leaves it. */
  readonly cutOff: boolean
}

/** A run folder, read. */
export class RunReader {
  readonly folder: string
  readonly manifest: Manifest

  private constructor(folder: string, manifest: Manifest) {
    this.folder = folder
    this.manifest = manifest
  }

  /** @throws LB_RUN_NOT_FOUND, LB_RUN_UNREADABLE. */
  static async open(folder: string): Promise<RunReader> {
    let text: string
    try {
      text = await readFile(join(folder, FILES.manifest), 'utf8')
    } catch (error) {
      throw await noManifest(folder, error)
    }
    const manifest = manifestFrom(text)
    if ('problem' in manifest) throw unreadable(`${FILES.manifest} of ${folder} ${manifest.problem}`)
    return new RunReader(folder, manifest)
  }

  /** The summary as the run left it, or what is wrong with it; `undefined` where there is none. */
  async summary(): Promise<Summary | Damage | undefined> {
    try {
      return summaryFrom(await readFile(join(this.folder, FILES.summary), 'utf8'))
    } catch (error) {
      return codeOf(error) === 'ENOENT' ? undefined : { problem: `cannot be read: ${wordsOf(error)}` }
    }
  }

  /**
   * Gives `take` what was gathered, second by second.
   * @returns what could not be read of it; `undefined` where all could.
   */
  async snapshots(take: (snapshot: Snapshot) => void): Promise<Damage | LineDamage | undefined> {
    const input = createReadStream(join(this.folder, FILES.snapshots))
    let broken = 0
    let first: { readonly line: number; readonly problem: string } | undefined
    let lines = 0
    try {
      for await (const read of readSnapshots(createInterface({ input, crlfDelay: Infinity }))) {
        lines = read.line
        if ('snapshot' in read) take(read.snapshot)
        else {
          broken += 1
          first ??= read
        }
      }
    } catch (error) {
      return { problem: codeOf(error) === 'ENOENT' ? 'is missing' : `cannot be read: ${wordsOf(error)}` }
    }
    if (first === undefined) return undefined
    const { line, problem } = first
    return { lines, broken, first: `line ${line}: ${problem}`, cutOff: broken === 1 && line === lines }
  }
}

/** Why there is nothing to open. */
async function noManifest(folder: string, cause: unknown): Promise<LoadbenchError> {
  const hint = 'Give the folder of a run, such as results/spike_20261120_142501_abcd.'
  const found = await stat(folder).catch(() => undefined)
  if (found === undefined) return new LoadbenchError('LB_RUN_NOT_FOUND', `there is no folder ${folder}`, hint)
  if (!found.isDirectory()) {
    const message = `${folder} is a file, not the folder of a run`
    const above = await stat(join(dirname(folder), FILES.manifest)).catch(() => undefined)
    return new LoadbenchError(
      'LB_RUN_NOT_FOUND',
      message,
      above === undefined ? hint : `Give the folder it lies in: ${dirname(folder)}`,
    )
  }
  if (codeOf(cause) !== 'ENOENT')
    return unreadable(`${FILES.manifest} of ${folder} cannot be read: ${wordsOf(cause)}`)
  const names = await readdir(folder).catch(() => [])
  const own = names.filter(
    (name) => name.startsWith('samples-') || Object.values<string>(FILES).includes(name),
  )
  if (own.length > 0) {
    return unreadable(
      `${FILES.manifest} is missing from ${folder}; without the plan in it, ${own.join(', ')} cannot be understood`,
    )
  }
  const lacks = names.length === 0 ? 'it is empty' : `it has no ${FILES.manifest}`
  return new LoadbenchError('LB_RUN_NOT_FOUND', `${folder} is no run folder: ${lacks}`, hint)
}

function unreadable(message: string): LoadbenchError {
  return new LoadbenchError(
    'LB_RUN_UNREADABLE',
    message,
    'Copy the folder again from where it was made; one of another version needs that version of loadbench.',
  )
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
