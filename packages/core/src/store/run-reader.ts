import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { readSnapshots } from '../metrics/snapshot-codec.ts'
import { LoadbenchError } from '../model/errors.ts'
import type { Snapshot } from '../model/snapshot.ts'
import type { Manifest, Summary } from '../model/summary.ts'
import { FILES } from './layout.ts'

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
    } catch {
      throw new LoadbenchError(
        'LB_RUN_NOT_FOUND',
        `${folder} is no run folder: it has no ${FILES.manifest}`,
        'Give the folder of a run, such as results/spike_20261120_142501_abcd.',
      )
    }
    return new RunReader(folder, parse(folder, FILES.manifest, text) as Manifest)
  }

  /** The summary as the run left it; `undefined` when the run was killed before it. */
  async summary(): Promise<Summary | undefined> {
    try {
      const text = await readFile(join(this.folder, FILES.summary), 'utf8')
      return parse(this.folder, FILES.summary, text) as Summary
    } catch (error) {
      if (LoadbenchError.is(error)) throw error
      return undefined
    }
  }

  /** What was gathered, second by second. The half line a killed run may end with goes to `report`. */
  async *snapshots(report: (problem: string) => void): AsyncGenerator<Snapshot> {
    const input = createReadStream(join(this.folder, FILES.snapshots))
    try {
      yield* readSnapshots(createInterface({ input, crlfDelay: Infinity }), report)
    } catch (error) {
      throw new LoadbenchError(
        'LB_RUN_UNREADABLE',
        `${FILES.snapshots} of ${this.folder} cannot be read: ${String(error)}`,
        'A report needs it; without it only run.json and the sample files are left of this run.',
      )
    }
  }
}

function parse(folder: string, file: string, text: string): object {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    value = undefined
  }
  const known =
    typeof value === 'object' && value !== null && 'schemaVersion' in value && value.schemaVersion === 1
  if (known) return value as object
  throw new LoadbenchError(
    'LB_RUN_UNREADABLE',
    `${file} of ${folder} is damaged or was written by another version of loadbench`,
    'Use the version of loadbench that made the run.',
  )
}
