import { createWriteStream, type WriteStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Snapshot } from '../model/snapshot.ts'
import type { Manifest, Summary } from '../model/summary.ts'
import { encodeSnapshot } from '../metrics/snapshot-codec.ts'
import { FILES } from './layout.ts'
import { makeFolder } from './make-folder.ts'
import { noRunFolder } from './no-run-folder.ts'
import { writeWhole, writeWholeNow } from './whole-file.ts'

/** Bytes waiting for the disk before seconds are left out. */
const BACKLOG_LIMIT = 64 * 1024 * 1024

/** Writes a run's folder as the run goes. What cannot be written is told once for each file and never ends the run. */
export class RunWriter {
  readonly folder: string
  readonly #snapshots: WriteStream
  readonly #tell: (problem: string) => void
  /** By file. */
  readonly #problems = new Map<string, string>()
  /** Files are written one after the other, so that a later state never comes under an earlier one. */
  #writing: Promise<void> = Promise.resolve()

  private constructor(folder: string, snapshots: WriteStream, tell: (problem: string) => void) {
    this.folder = folder
    this.#snapshots = snapshots
    this.#tell = tell
    snapshots.on('error', (error) => this.lost(FILES.snapshots, error.message))
  }

  /**
   * Makes the folder and writes the manifest.
   * @param tell given each problem as it comes up, a whole sentence.
   * @throws LB_RUN_UNWRITABLE
   */
  static async create(
    folder: string,
    manifest: Manifest,
    tell: (problem: string) => void,
  ): Promise<RunWriter> {
    try {
      await makeFolder(folder)
      await writeFile(join(folder, FILES.manifest), json(manifest))
    } catch (error) {
      throw await noRunFolder(folder, error)
    }
    return new RunWriter(folder, createWriteStream(join(folder, FILES.snapshots)), tell)
  }

  /** What of the folder is missing, a sentence for each file. */
  get problems(): readonly string[] {
    return [...this.#problems.values()]
  }

  /** Notes that a file is not whole, whoever writes it. Only the first reason is told. */
  lost(file: string, reason: string): void {
    if (this.#problems.has(file)) return
    const problem = `The run folder is incomplete: ${file} cannot be written (${reason}).`
    this.#problems.set(file, problem)
    this.#tell(problem)
  }

  snapshots(snapshots: readonly Snapshot[]): void {
    if (this.#snapshots.errored !== null) return
    if (this.#snapshots.writableLength > BACKLOG_LIMIT)
      this.lost(FILES.snapshots, 'the disk does not keep up; seconds are missing')
    else this.#snapshots.write(snapshots.map((one) => `${encodeSnapshot(one)}\n`).join(''))
  }

  /** Everything up to here is on disk when this settles. */
  async closeSnapshots(): Promise<void> {
    if (this.#snapshots.closed) return
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

  /** The same before this returns: nobody knows how long the process still has. */
  manifestNow(manifest: Manifest): void {
    try {
      writeWholeNow(join(this.folder, FILES.manifest), json(manifest))
    } catch (error) {
      this.lost(FILES.manifest, error instanceof Error ? error.message : String(error))
    }
  }

  /** Writes a file of the folder, whole or not at all. @returns whether it is there. */
  async file(name: string, text: string): Promise<boolean> {
    const written = this.#writing.then(() => writeWhole(join(this.folder, name), text))
    this.#writing = written.catch(() => undefined)
    try {
      await written
      return true
    } catch (error) {
      this.lost(name, error instanceof Error ? error.message : String(error))
      return false
    }
  }
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`
}
