import type { Summary } from '../model/summary.ts'
import type { Paint } from '../outputs/console/paint.ts'
import { compactText, failuresText, summaryText, verdictText } from '../outputs/console/summary.ts'
import { nextSteps } from '../outputs/console/summary/ending-lines.ts'
import { failedThresholds } from '../outputs/console/summary/threshold-lines.ts'
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
  /** The report of the run before, to compare with. */
  readonly before?: string | undefined
  /** Whether the folder has sample files. */
  readonly samples: boolean
  /** For people. */
  readonly print: (text: string) => void
}

/** Tells a run's summary as it was asked for. @param own what the script's handleSummary() made takes its place. */
export function tellSummary(summary: Summary, own: HandledSummary | undefined, words: LastWords): void {
  const { mode, stats, paint, print } = words
  const usual = own === undefined ? USUAL[mode]?.(summary, stats, paint) : undefined
  if (mode === 'json') process.stdout.write(`${JSON.stringify(summary, undefined, 2)}\n`)
  for (const wrong of own?.problems ?? []) print(`  ${wrong}`)
  if (usual !== undefined && usual !== '') print(usual)
  if (own !== undefined && own.stdout !== '') print(own.stdout)
  if (own !== undefined && own.stderr !== '') process.stderr.write(own.stderr)
  const verdict = usual === undefined ? verdictText(summary, paint) : ''
  if (verdict !== '') print(verdict)
  if (mode === 'none') for (const line of failedThresholds(summary)) process.stderr.write(`${line}\n`)
  else print(`${usual === undefined ? '' : '\n'}${nextSteps(summary, words, paint).join('\n')}\n`)
}

/** The modes that print tables of their own. */
const USUAL: Readonly<
  Partial<Record<SummaryMode, (summary: Summary, stats: readonly string[], paint: Paint) => string>>
> = {
  full: summaryText,
  compact: compactText,
  failures: (summary, _, paint) => failuresText(summary, paint),
}
