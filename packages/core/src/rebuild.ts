import { join } from 'node:path'
import { Collector, MAIN } from './live/collector.ts'
import { withServers } from './live/finish.ts'
import { tellSummary } from './live/last-words.ts'
import { Seconds } from './live/seconds.ts'
import { BUILT_IN_METRICS } from './model/metric.ts'
import type { Snapshot } from './model/snapshot.ts'
import type { Manifest, Reporter, Summary } from './model/summary.ts'
import type { Paint } from './outputs/console/paint.ts'
import type { SummaryMode } from './outputs/console/summary/mode.ts'
import { RunReader } from './store/run-reader.ts'
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
 * came to a verdict.
 * @throws LB_RUN_NOT_FOUND, LB_RUN_UNREADABLE.
 */
export async function rebuild(request: RebuildRequest): Promise<void> {
  const { folder, reporters, by } = request
  const reader = await RunReader.open(folder)
  const manifest = withParts(reader.manifest, by)
  const collector = new Collector(manifest.plan, [...BUILT_IN_METRICS, ...(manifest.metrics ?? [])], [])
  const damaged: string[] = []
  // What teardown() recorded came after the last second, as in the run.
  const late: Snapshot[] = []
  let started = false
  const seconds = new Seconds(manifest.plan.workers, (_, snapshots) => {
    collector.second(snapshots)
    // As the run did: a threshold over a window must hold in each.
    collector.crossed()
  })
  for await (const snapshot of reader.snapshots((problem) => damaged.push(problem))) {
    // Looks at the process belong to their second, as in the run.
    if (snapshot.shard !== MAIN || snapshot.process !== undefined) {
      started = true
      seconds.add(snapshot)
    } else if (started) late.push(snapshot)
    else collector.second([snapshot])
  }
  for (let shard = 0; shard < manifest.plan.workers; shard += 1) seconds.leave(shard)
  for (const snapshot of late) collector.second([snapshot])
  const stored = await reader.summary()
  const summary =
    stored === undefined
      ? killed(collector, manifest, damaged)
      : completed(stored, collector, by !== undefined)
  const timeline = collector.timeline()
  const distributions = collector.distributions()
  const documents: string[] = []
  for (const reporter of reporters) {
    const file = join(folder, reporter.fileName)
    // oxlint-disable-next-line no-await-in-loop -- one after the other keeps memory low
    await writeWhole(file, await reporter.render({ summary, manifest, timeline, distributions }))
    documents.push(file)
  }
  const { summaryMode: mode, paint, print } = request
  if (request.quiet) {
    for (const document of documents) print(`  report    ${document}`)
    return
  }
  const stats = manifest.plan.summaryTrendStats
  tellSummary(summary, undefined, { mode, stats, paint, folder, documents, print })
}

function withParts(manifest: Manifest, by: readonly string[] | undefined): Manifest {
  return by === undefined ? manifest : { ...manifest, plan: { ...manifest.plan, by } }
}

/** A summary as an earlier version wrote it lacks what only later ones have; the snapshots still tell it. */
function completed(stored: Summary, collector: Collector, otherParts: boolean): Summary {
  const { parts: known }: Partial<Summary> = stored
  if (known !== undefined && !otherParts) return stored
  const { parts, slowest, metrics, errors } = collector.summary(stored.run)
  return { ...stored, parts, slowest, metrics, errors }
}

function killed(collector: Collector, manifest: Manifest, damaged: readonly string[]): Summary {
  for (const problem of damaged) {
    collector.warnings.add(`The last line of snapshots.ndjson was cut off and left out (${problem}).`)
  }
  const { id, script, startedAt } = manifest
  const run: Summary['run'] = {
    id,
    script,
    startedAt,
    durationMs: collector.elapsed,
    outcome: 'killed',
    exitCode: 255,
    reason: 'the process ended before the run did; this is what it had measured',
  }
  return withServers(collector.summary(run), manifest)
}
