import { join } from 'node:path'
import type { Millis } from '../model/clock.ts'
import { formatDuration } from '../model/duration.ts'
import type { Plan } from '../model/plan.ts'
import type { Manifest, Reporter, Summary } from '../model/summary.ts'
import type { Paint } from '../outputs/console/paint.ts'
import type { Screen } from '../outputs/console/screen.ts'
import type { SummaryMode } from '../outputs/console/summary/mode.ts'
import type { Outputs } from '../outputs/outputs.ts'
import type { LoadedScript } from '../script/load.ts'
import type { RunWriter } from '../store/run-writer.ts'
import type { Collector } from './collector.ts'
import { EXIT, type Ending } from './ending.ts'
import { handleSummary } from './handle-summary.ts'
import { tellSummary } from './last-words.ts'
import { within } from './limited.ts'

/** Outputs may send the summary somewhere; one that hangs must not keep the verdict back. */
const OUTPUT_LIMIT: Millis = 60_000

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
  readonly summaryMode: SummaryMode
  readonly screen: Screen
  readonly paint: Paint
}

/**
 * Judges, writes and prints what a run gave.
 * @returns the exit code.
 */
export async function finish(load: FinishedLoad): Promise<number> {
  const { writer, screen, paint, prepared, plan, ending } = load
  await writer.closeSnapshots()
  const state = ending.early ? 'aborted' : 'finished'
  const manifest: Manifest = { ...load.manifest, state, endedAt: new Date().toISOString() }
  const summary = await deliver(load, judged(load), manifest)
  const documents = await writeReports(load, summary, manifest)
  const own = await handleSummary(prepared.script, summary, plan.handleSummaryTimeout, (problem) =>
    screen.insist(`  ${problem}`),
  )
  tellSummary(summary, own, {
    mode: load.summaryMode,
    stats: plan.summaryTrendStats,
    paint,
    folder: writer.folder,
    documents,
    problem: writer.failure?.message,
    print: (text) => screen.insist(text),
  })
  return summary.run.exitCode
}

/** Writes the summary and gives it to the outputs. @returns it, with those that were lost on the way. */
async function deliver(
  { writer, outputs }: FinishedLoad,
  judgement: Summary,
  manifest: Manifest,
): Promise<Summary> {
  const summary = withProblems(judgement, outputs)
  await writer.summary(summary, manifest)
  const late = () => new Error(`it took longer than ${formatDuration(OUTPUT_LIMIT)} to end`)
  await outputs.end(summary, (work) => within(OUTPUT_LIMIT, work, late))
  const told = withProblems(judgement, outputs)
  if (told.warnings.length > summary.warnings.length) await writer.summary(told, manifest)
  return told
}

function withProblems(summary: Summary, { problems }: Outputs): Summary {
  return problems.length === 0 ? summary : { ...summary, warnings: [...summary.warnings, ...problems] }
}

/** A summary that tells what was loaded, where that is known. */
export function withServers(summary: Summary, { servers }: Manifest): Summary {
  return servers === undefined ? summary : { ...summary, servers }
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
  const draft = withServers(collector.summary({ ...run, outcome: 'passed', exitCode: 0 }), manifest)
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
        await reporter.render({
          summary,
          manifest,
          timeline: collector.timeline(),
          distributions: collector.distributions(),
        }),
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
