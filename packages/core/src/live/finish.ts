import { join } from 'node:path'
import { dateOf, now, type Millis } from '../model/clock.ts'
import { formatDuration } from '../model/duration.ts'
import type { Plan } from '../model/plan.ts'
import type { Manifest, Reporter, Summary } from '../model/summary.ts'
import type { Paint } from '../outputs/console/paint.ts'
import type { Screen } from '../outputs/console/screen.ts'
import type { SummaryMode } from '../outputs/console/summary/mode.ts'
import type { Outputs } from '../outputs/outputs.ts'
import type { LoadedScript } from '../script/load.ts'
import type { RunWriter } from '../store/run-writer.ts'
import { reportBefore } from '../store/run-before.ts'
import type { Collector } from './collector.ts'
import { makeDocuments } from './documents.ts'
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
  const { writer, outputs, screen, paint, prepared, plan } = load
  await writer.closeSnapshots()
  const judgement = judged(load)
  const told = () => withLosses(judgement, writer.problems, outputs)
  const write = () => writer.summary(told(), closed(load, told()))
  const known = told().warnings.length
  await write()
  await endOutputs(load, told())
  const documents = await writeReports(load, told)
  const summary = told()
  // What was lost on the way belongs into it, too.
  if (summary.warnings.length > known) await write()
  const own = await handleSummary(prepared.script, summary, plan.handleSummaryTimeout, (problem) =>
    screen.insist(`  ${problem}`),
  )
  tellSummary(told(), own, {
    mode: load.summaryMode,
    stats: plan.summaryTrendStats,
    paint,
    folder: writer.folder,
    documents,
    ...(documents.length > 0 && { before: await reportBefore(writer.folder) }),
    samples: plan.samples !== 0,
    print: (text) => screen.insist(text),
  })
  return told().run.exitCode
}

/** The manifest of a run that is over. */
function closed({ manifest, ending }: FinishedLoad, { run }: Summary): Manifest {
  const { outcome, exitCode, reason } = run
  return {
    ...manifest,
    state: ending.early ? 'aborted' : 'finished',
    endedAt: dateOf(now()).toISOString(),
    ending: { outcome, exitCode, ...(reason === undefined ? {} : { reason }) },
  }
}

async function endOutputs({ outputs }: FinishedLoad, summary: Summary): Promise<void> {
  const late = () => new Error(`it took longer than ${formatDuration(OUTPUT_LIMIT)} to end`)
  await outputs.end(summary, (work) => within(OUTPUT_LIMIT, work, late))
}

/** A summary that tells what could not be written. Where nothing else decided, a run that lacks what it was to leave has failed. */
function withLosses(
  summary: Summary,
  missing: readonly string[],
  { problems, missed }: Pick<Outputs, 'problems' | 'missed'>,
): Summary {
  const { run } = summary
  const told = { ...summary, warnings: [...summary.warnings, ...missing, ...problems] }
  const [reason] = [
    ...missing.map((problem) => `LB_RUN_UNWRITABLE ${problem}`),
    ...missed.map((problem) => `LB_OUTPUT_FAILED ${problem}`),
  ]
  if (reason === undefined || run.exitCode !== 0) return told
  return { ...told, run: { ...run, outcome: 'failed', exitCode: EXIT.other, reason } }
}

/** A summary that tells what was loaded, where that is known. */
export function withServers(summary: Summary, { servers }: Manifest): Summary {
  return servers === undefined ? summary : { ...summary, servers }
}

/** The first cause that ended the run decides; then thresholds, then a generator that must not be trusted. */
function judged({ collector, ending, plan, manifest, durationMs, strictHealth }: FinishedLoad): Summary {
  const run = { id: manifest.id, script: manifest.script, startedAt: manifest.startedAt, durationMs }
  const { cause } = ending
  const outcome = cause ?? { outcome: 'passed' as const, exitCode: 0 }
  const draft = withServers(collector.summary({ ...run, ...outcome }), manifest)
  if (cause !== undefined) return draft
  const failed = draft.thresholds.filter(({ passed }) => !passed).length
  if (failed > 0) {
    const reason = `${failed} of ${plan.thresholds.length} thresholds failed`
    return { ...draft, run: { ...run, outcome: 'thresholds-failed', exitCode: EXIT.thresholds, reason } }
  }
  if (strictHealth && draft.health.verdict === 'invalid') {
    const reason = 'the generator cannot be trusted and --strict-health was asked for'
    return { ...draft, run: { ...run, outcome: 'failed', exitCode: EXIT.strictHealth, reason } }
  }
  return draft
}

/** @returns the paths of what was written. */
async function writeReports(load: FinishedLoad, told: () => Summary): Promise<string[]> {
  const { reporters, collector, writer, screen } = load
  const names = await makeDocuments(
    await loaded(reporters, screen),
    collector,
    () => ({ summary: told(), manifest: closed(load, told()) }),
    (name, text) => writer.file(name, text),
    (problem) => screen.insist(`  ${problem}`),
  )
  return names.map((name) => join(writer.folder, name))
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
