import { createWriteStream, type WriteStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LoadbenchError } from '../model/errors.ts'
import type { Snapshot } from '../model/snapshot.ts'
import type { Manifest, Summary } from '../model/summary.ts'
import { encodeSnapshot } from '../metrics/snapshot-codec.ts'
import { FILES } from './layout.ts'
import { makeFolder } from './make-folder.ts'
import { writeWhole } from './whole-file.ts'

/** Writes a run's folder as the run goes. A full disk is told once and never ends the run. */
export class RunWriter {
  readonly folder: string
  readonly #snapshots: WriteStream
  #failure: Error | undefined

  private constructor(folder: string, snapshots: WriteStream) {
    this.folder = folder
    this.#snapshots = snapshots
    snapshots.on('error', (error) => {
      this.#failure ??= error
    })
  }

  /**
   * Makes the folder and writes the manifest.
   * @throws LB_RUN_UNWRITABLE
   */
  static async create(folder: string, manifest: Manifest): Promise<RunWriter> {
    try {
      await makeFolder(folder)
      await writeFile(join(folder, FILES.manifest), json(manifest))
    } catch (error) {
      throw new LoadbenchError(
        'LB_RUN_UNWRITABLE',
        `the run folder ${folder} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
        'Free some space, or name another place with --results.',
      )
    }
    return new RunWriter(folder, createWriteStream(join(folder, FILES.snapshots)))
  }

  /** What went wrong with writing so far. */
  get failure(): Error | undefined {
    return this.#failure
  }

  snapshots(snapshots: readonly Snapshot[]): void {
    if (this.#failure !== undefined) return
    this.#snapshots.write(snapshots.map((one) => `${encodeSnapshot(one)}\n`).join(''))
  }

  /** Everything up to here is on disk when this settles. */
  async closeSnapshots(): Promise<void> {
    if (this.#failure !== undefined || this.#snapshots.closed) return
    await new Promise<void>((resolve) => {
      this.#snapshots.once('close', resolve)
      this.#snapshots.end()
    })
  }

  async summary(summary: Summary, manifest: Manifest): Promise<void> {
    await this.file(FILES.summary, json(summary))
    await this.manifest(manifest)
  }

  /** Writes the manifest anew, with what has become known since the start. */
  async manifest(manifest: Manifest): Promise<void> {
    await this.file(FILES.manifest, json(manifest))
  }

  /** Writes a file of the folder, whole or not at all. */
  async file(name: string, text: string): Promise<void> {
    try {
      await writeWhole(join(this.folder, name), text)
    } catch (error) {
      this.#failure ??= error instanceof Error ? error : new Error(String(error))
    }
  }
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`
}
