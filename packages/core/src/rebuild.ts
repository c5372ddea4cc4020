import { join } from 'node:path'
import { Collector, MAIN } from './live/collector.ts'
import { makeDocuments } from './live/documents.ts'
import { tellSummary } from './live/last-words.ts'
import { completed, damageNote, judgeable, summedUp } from './live/retold.ts'
import { Seconds } from './live/seconds.ts'
import { LoadbenchError } from './model/errors.ts'
import { BUILT_IN_METRICS } from './model/metric.ts'
import type { Snapshot } from './model/snapshot.ts'
import type { Manifest, Reporter, Summary } from './model/summary.ts'
import type { Paint } from './outputs/console/paint.ts'
import type { SummaryMode } from './outputs/console/summary/mode.ts'
import { FILES } from './store/layout.ts'
import { RunReader, type Damage, type LineDamage } from './store/run-reader.ts'
import { writeWhole } from './store/whole-file.ts'

/** What `loadbench report` was asked for. */
export interface RebuildRequest {
  readonly folder: string
  readonly reporters: readonly Reporter[]
  /** Tags to show the results apart by, in place of those of the run. */
  readonly by: readonly string[] | undefined
  readonly summaryMode: SummaryMode
  /** Nothing is told but where the documents are. */
  readonly quiet: boolean
  readonly paint: Paint
  readonly print: (text: string) => void
}

/**
 * Makes the documents of a run again from what is on disk. A run that was killed is summed up from
 * its snapshots, up to the last second it wrote; its summary is not written down, for the run never
 * came to a verdict. What is damaged is left out and named among the summary's notes.
 * @throws LB_RUN_NOT_FOUND, LB_RUN_UNREADABLE; LB_RUN_UNWRITABLE after all was told.
 */
export async function rebuild(request: RebuildRequest): Promise<void> {
  const { folder, by } = request
  const reader = await RunReader.open(folder)
  const manifest = withParts(reader.manifest, by)
  const { collector, summary } = await retell(reader, manifest, by !== undefined)
  const unwritten: string[] = []
  const input = () => ({ summary, manifest })
  const write = async (name: string, text: string) => {
    try {
      await writeWhole(join(folder, name), text)
      return true
    } catch (error) {
      unwritten.push(`${name} cannot be written: ${wordsOf(error)}`)
      return false
    }
  }
  const names = await makeDocuments(request.reporters, collector, input, write, (problem) =>
    unwritten.push(problem),
  )
  tell(request, manifest, summary, names)
  if (unwritten.length === 0) return
  const hint = 'Free some space, or copy the folder to where it can be written.'
  throw new LoadbenchError('LB_RUN_UNWRITABLE', `${folder}: ${unwritten.join('; ')}`, hint)
}

function tell(request: RebuildRequest, manifest: Manifest, summary: Summary, names: readonly string[]): void {
  const { folder, summaryMode: mode, paint, print } = request
  const documents = names.map((name) => join(folder, name))
  if (request.quiet) {
    for (const document of documents) print(`  report    ${document}`)
    return
  }
  const { summaryTrendStats: stats, samples } = manifest.plan
  tellSummary(summary, undefined, { mode, stats, paint, folder, documents, samples: samples !== 0, print })
}

/** Everything known of the run. @throws LB_RUN_UNREADABLE where that is nothing. */
async function retell(
  reader: RunReader,
  manifest: Manifest,
  otherParts: boolean,
): Promise<{ readonly collector: Collector; readonly summary: Summary }> {
  const found = await reader.summary()
  const stored = found === undefined || 'problem' in found ? undefined : found
  const metrics = [...BUILT_IN_METRICS, ...(manifest.metrics ?? [])]
  const { plan, note } = judgeable(manifest.plan, new Set(metrics.map(({ name }) => name)))
  const collector = new Collector(plan, metrics, [])
  try {
    const damage = await collect(reader, collector, plan.workers)
    if (stored === undefined && damage !== undefined && collector.elapsed === 0)
      throw nothingLeft(reader, damage)
    const notes = [
      ...(found !== undefined && 'problem' in found
        ? [`${FILES.summary} ${found.problem}; the numbers were worked out again.`]
        : []),
      ...(found === undefined && manifest.state !== 'running'
        ? [`${FILES.summary} is missing; the numbers were worked out again.`]
        : []),
      ...(note === undefined || stored !== undefined ? [] : [note]),
      ...(damage === undefined ? [] : [damageNote(damage, stored === undefined)]),
    ]
    const summary =
      stored === undefined ? summedUp(collector, manifest) : completed(stored, collector, otherParts)
    return { collector, summary: { ...summary, warnings: [...summary.warnings, ...notes] } }
  } catch (error) {
    throw LoadbenchError.is(error)
      ? error
      : nothingLeft(reader, { problem: `makes no sense: ${wordsOf(error)}` })
  }
}

/** Gives all snapshots to the collector, as the run did. @returns what could not be read of them. */
async function collect(
  reader: RunReader,
  collector: Collector,
  workers: number,
): Promise<Damage | LineDamage | undefined> {
  // What teardown() recorded came after the last second, as in the run.
  const late: Snapshot[] = []
  let started = false
  const whole = (_: number, snapshots: readonly Snapshot[]) => {
    collector.second(snapshots)
    // As the run did: a threshold over a window must hold in each.
    collector.crossed()
  }
  // A worker that tells no more has ended, as a rule: that it hung nobody can know by now.
  const seconds = new Seconds(workers, { whole, silent: () => undefined }, 0)
  const damage = await reader.snapshots((snapshot) => {
    // Looks at the process belong to their second, as in the run.
    if (snapshot.shard !== MAIN || snapshot.process !== undefined) {
      started = true
      seconds.add(snapshot)
    } else if (started) late.push(snapshot)
    else collector.second([snapshot])
  })
  for (let shard = 0; shard < workers; shard += 1) seconds.leave(shard)
  for (const snapshot of late) collector.second([snapshot])
  return damage
}

function nothingLeft({ folder }: RunReader, damage: Damage | LineDamage): LoadbenchError {
  const why = 'problem' in damage ? damage.problem : `has no line that can be read (${damage.first})`
  return new LoadbenchError(
    'LB_RUN_UNREADABLE',
    `nothing can be told of ${folder}: there is no whole summary.json, and snapshots.ndjson ${why}`,
    'Copy the folder again from where it was made; the sample files may still hold single requests.',
  )
}

function withParts(manifest: Manifest, by: readonly string[] | undefined): Manifest {
  return by === undefined ? manifest : { ...manifest, plan: { ...manifest.plan, by } }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
