import { join } from 'node:path'
import { Collector, MAIN } from './live/collector.ts'
import { Seconds } from './live/seconds.ts'
import { BUILT_IN_METRICS } from './model/metric.ts'
import type { Manifest, Reporter, Summary } from './model/summary.ts'
import type { Paint } from './outputs/console/paint.ts'
import { summaryText } from './outputs/console/summary.ts'
import { RunReader } from './store/run-reader.ts'
import { writeWhole } from './store/whole-file.ts'

/** What `loadbench report` was asked for. */
export interface RebuildRequest {
  readonly folder: string
  readonly reporters: readonly Reporter[]
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
export async function rebuild({ folder, reporters, quiet, paint, print }: RebuildRequest): Promise<void> {
  const reader = await RunReader.open(folder)
  const { manifest } = reader
  const collector = new Collector(manifest.plan, [...BUILT_IN_METRICS, ...(manifest.metrics ?? [])], [])
  const damaged: string[] = []
  const seconds = new Seconds(manifest.plan.workers, (_, snapshots) => {
    collector.second(snapshots)
    // As the run did: a threshold over a window must hold in each.
    collector.crossed()
  })
  for await (const snapshot of reader.snapshots((problem) => damaged.push(problem))) {
    if (snapshot.shard === MAIN) collector.second([snapshot])
    else seconds.add(snapshot)
  }
  for (let shard = 0; shard < manifest.plan.workers; shard += 1) seconds.leave(shard)
  const summary = (await reader.summary()) ?? killed(collector, manifest, damaged)
  if (!quiet) print(`${summaryText(summary, manifest.plan.summaryTrendStats, paint)}\n`)
  const timeline = collector.timeline()
  for (const reporter of reporters) {
    const file = join(folder, reporter.fileName)
    // oxlint-disable-next-line no-await-in-loop -- one after the other keeps memory low
    await writeWhole(file, await reporter.render({ summary, manifest, timeline }))
    print(`  report    ${file}\n`)
  }
}

function killed(
  collector: Collector,
  { id, script, startedAt }: Manifest,
  damaged: readonly string[],
): Summary {
  for (const problem of damaged) {
    collector.warnings.add(`The last line of snapshots.ndjson was cut off and left out (${problem}).`)
  }
  return collector.summary({
    id,
    script,
    startedAt,
    durationMs: collector.elapsed,
    outcome: 'killed',
    exitCode: 255,
    reason: 'the process ended before the run did; this is what it had measured',
  })
}
