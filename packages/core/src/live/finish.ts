import { join } from 'node:path'
import type { Millis } from '../model/clock.ts'
import type { Plan } from '../model/plan.ts'
import type { Manifest, Reporter, Summary } from '../model/summary.ts'
import type { Paint } from '../outputs/console/paint.ts'
import type { Screen } from '../outputs/console/screen.ts'
import { summaryText, verdictText } from '../outputs/console/summary.ts'
import type { Outputs } from '../outputs/outputs.ts'
import type { LoadedScript } from '../script/load.ts'
import type { RunWriter } from '../store/run-writer.ts'
import type { Collector } from './collector.ts'
import { EXIT, type Ending } from './ending.ts'
import { handleSummary } from './handle-summary.ts'

/** A run that has sent its load, on its way to a verdict. */
export interface FinishedLoad {
  readonly plan: Plan
  readonly prepared: { readonly script: LoadedScript }
  readonly manifest: Manifest
  readonly durationMs: Millis
  readonly collector: Collector
  readonly ending: Ending
  readonly writer: RunWriter
  readonly outputs: Outputs
  readonly reporters: () => Promise<readonly Reporter[]>
  readonly strictHealth: boolean
  readonly screen: Screen
  readonly paint: Paint
}

/**
 * Judges, writes and prints what a run gave.
 * @returns the exit code.
 */
export async function finish(load: FinishedLoad): Promise<number> {
  const { writer, outputs, screen, paint, prepared, plan, ending } = load
  await writer.closeSnapshots()
  const summary = judged(load)
  const state = ending.early ? 'aborted' : 'finished'
  const manifest: Manifest = { ...load.manifest, state, endedAt: new Date().toISOString() }
  await writer.summary(summary, manifest)
  await outputs.end(summary)
  const documents = await writeReports(load, summary, manifest)
  const own = await handleSummary(prepared.script, summary, plan.handleSummaryTimeout, (problem) =>
    screen.insist(`  ${problem}`),
  )
  for (const problem of own?.problems ?? []) screen.insist(`  ${problem}`)
  if (own === undefined) screen.insist(summaryText(summary, plan.summaryTrendStats, paint))
  else if (own.stdout !== '') screen.insist(own.stdout)
  if (own !== undefined && own.stderr !== '') process.stderr.write(own.stderr)
  if (own !== undefined && summary.run.exitCode !== 0) screen.insist(verdictText(summary, paint))
  if (writer.failure !== undefined) screen.insist(`  the run folder is incomplete: ${writer.failure.message}`)
  for (const document of documents) screen.insist(`  report    ${document}`)
  screen.insist(`  results   ${writer.folder}\n`)
  return summary.run.exitCode
}

/** The first cause that ended the run decides; then thresholds, then a generator that must not be trusted. */
function judged({
  collector,
  ending,
  plan,
  manifest,
  durationMs,
  strictHealth,
  writer,
}: FinishedLoad): Summary {
  const run = { id: manifest.id, script: manifest.script, startedAt: manifest.startedAt, durationMs }
  const draft = collector.summary({ ...run, outcome: 'passed', exitCode: 0 })
  const { cause } = ending
  if (cause !== undefined) return { ...draft, run: { ...run, ...cause } }
  const failed = draft.thresholds.filter(({ passed }) => !passed).length
  if (failed > 0) {
    const reason = `${failed} of ${plan.thresholds.length} thresholds failed`
    return { ...draft, run: { ...run, outcome: 'thresholds-failed', exitCode: EXIT.thresholds, reason } }
  }
  if (strictHealth && draft.health.verdict === 'invalid') {
    const reason = 'the generator cannot be trusted and --strict-health was asked for'
    return { ...draft, run: { ...run, outcome: 'failed', exitCode: EXIT.strictHealth, reason } }
  }
  if (writer.failure !== undefined) {
    const reason = `LB_RUN_UNWRITABLE the run folder is incomplete: ${writer.failure.message}`
    return { ...draft, run: { ...run, outcome: 'failed', exitCode: EXIT.other, reason } }
  }
  return draft
}

/** @returns the paths of what was written. A reporter that fails is named and stops nothing. */
async function writeReports(
  {
    reporters,
    collector,
    writer,
    screen,
  }: Pick<FinishedLoad, 'reporters' | 'collector' | 'writer' | 'screen'>,
  summary: Summary,
  manifest: Manifest,
): Promise<string[]> {
  const written: string[] = []
  for (const reporter of await loaded(reporters, screen)) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- one after the other keeps memory low
      await writer.file(
        reporter.fileName,
        await reporter.render({ summary, manifest, timeline: collector.timeline() }),
      )
      written.push(join(writer.folder, reporter.fileName))
    } catch (error) {
      screen.insist(
        `  the report of ${reporter.name} failed: ${error instanceof Error ? error.message : String(error)}`,
      )
    }
  }
  return written
}

/** A report that cannot be loaded costs the report, not the summary. */
async function loaded(reporters: FinishedLoad['reporters'], screen: Screen): Promise<readonly Reporter[]> {
  try {
    return await reporters()
  } catch (error) {
    screen.insist(`  there is no report: ${error instanceof Error ? error.message : String(error)}`)
    return []
  }
}
