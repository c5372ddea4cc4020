import type { Summary } from '../model/summary.ts'
import type { Paint } from '../outputs/console/paint.ts'
import { compactText, summaryText, verdictText } from '../outputs/console/summary.ts'
import { nextSteps } from '../outputs/console/summary/ending-lines.ts'
import type { SummaryMode } from '../outputs/console/summary/mode.ts'
import type { HandledSummary } from './handle-summary.ts'

/** What is printed at the end of a run, and where. */
export interface LastWords {
  readonly mode: SummaryMode
  /** Columns of trends. */
  readonly stats: readonly string[]
  readonly paint: Paint
  readonly folder: string
  /** Paths of the documents made of the run. */
  readonly documents: readonly string[]
  /** What stands in the way of the folder being whole. */
  readonly problem?: string | undefined
  /** For people. */
  readonly print: (text: string) => void
}

/** Tells a run's summary as it was asked for. @param own what the script's handleSummary() made takes its place. */
export function tellSummary(summary: Summary, own: HandledSummary | undefined, words: LastWords): void {
  const { mode, stats, paint, print, problem } = words
  const usual = own === undefined && (mode === 'full' || mode === 'compact')
  if (mode === 'json') process.stdout.write(`${JSON.stringify(summary, undefined, 2)}\n`)
  for (const wrong of own?.problems ?? []) print(`  ${wrong}`)
  if (usual) print((mode === 'full' ? summaryText : compactText)(summary, stats, paint))
  if (own !== undefined && own.stdout !== '') print(own.stdout)
  if (own !== undefined && own.stderr !== '') process.stderr.write(own.stderr)
  if (!usual && summary.run.exitCode !== 0) print(verdictText(summary, paint))
  if (problem !== undefined) print(`  the run folder is incomplete: ${problem}`)
  if (mode !== 'none') print(`${usual ? '\n' : ''}${nextSteps(summary, words, paint).join('\n')}\n`)
}
