import { join } from 'node:path'
import { formatDuration } from '../../../model/duration.ts'
import type { Summary } from '../../../model/summary.ts'
import { oneLine } from '../one-line.ts'
import type { Paint } from '../paint.ts'
import { wrap } from '../wrap.ts'
import { WIDTH } from './sections.ts'

/** Whether the generator can be trusted, and the gist of why not; the sentences are in the report and summary.json. */
export function healthLines({ health }: Summary, paint: Paint): string[] {
  const { verdict, unjudged, reasons, headlines = reasons } = health
  const mark = { trustworthy: paint.good('✓'), degraded: paint.warn('!'), invalid: paint.bad('✗') }[verdict]
  return [
    unjudged === undefined ? `${mark} ${verdict}` : `${paint.dim('–')} ${unjudged}`,
    ...headlines.flatMap((line) => wrap(oneLine(line, 1_000), WIDTH - 2).map((piece) => `  ${piece}`)),
    ...(health.headlines !== undefined && verdict !== 'trustworthy'
      ? [`  ${paint.dim('Causes and what to do: in the report or summary.json, under health.')}`]
      : []),
  ]
}

/** A sentence a reader must know beside the numbers. */
export function noteLines(text: string, paint: Paint): string[] {
  const lines = wrap(oneLine(text, 1_000), WIDTH - 2)
  return lines.map((line, index) => `${index === 0 ? paint.warn('!') : ' '} ${line}`)
}

/** The same by itself, while a run goes. */
export function noteText(text: string, paint: Paint): string {
  return noteLines(text, paint)
    .map((line) => `  ${line}`)
    .join('\n')
}

/** Why a run ends, told the moment it does. */
export function alarmText(text: string, paint: Paint): string {
  return wrap(text, WIDTH - 2)
    .map((line) => `  ${paint.bad(line)}`)
    .join('\n')
}

/** How a run ended. */
export function verdictLines({ run }: Summary, paint: Paint): string[] {
  const took = formatDuration(
    run.durationMs < 1_000 ? Math.round(run.durationMs) : Math.round(run.durationMs / 100) * 100,
  )
  const word = paint[wordColour(run)](run.outcome)
  const verdict = `  ${word} after ${took}, exit code ${run.exitCode}`
  if (run.reason === undefined) return [verdict]
  return [`${verdict}:`, ...wrap(run.reason, WIDTH - 2).map((line) => (line === '' ? '' : `    ${line}`))]
}

/** A run that passed and has a reason against it passed without meaning anything. */
function wordColour({ exitCode, reason }: Summary['run']): 'good' | 'warn' | 'bad' {
  if (exitCode !== 0) return 'bad'
  return reason === undefined ? 'good' : 'warn'
}

/** Where a run left what. */
export interface Places {
  readonly folder: string
  /** Documents made of it, each with its path. */
  readonly documents: readonly string[]
  /** The report of the run before, to compare with. */
  readonly before?: string | undefined
  /** Whether it has sample files; they may leave requests out. */
  readonly samples: boolean
}

/** What to look at next: the documents, the folder, and where something went wrong one request of it. */
export function nextSteps(summary: Summary, places: Places, paint: Paint): string[] {
  const wanted = places.samples && summary.unsampled === undefined ? requestToSee(summary) : undefined
  return [
    ...places.documents.map((document) => `  report    ${document}`),
    ...(places.before === undefined ? [] : [paint.dim(`  compare   with ${places.before}`)]),
    `  results   ${places.folder}`,
    ...(wanted === undefined
      ? []
      : [paint.dim(`  look at   zgrep -hw ${wanted} ${join(places.folder, 'samples-*')}`)]),
  ]
}

/** The id of one that failed, or of the slowest where a time was too long. */
function requestToSee({ errors, thresholds, slowest }: Summary): string | undefined {
  const missed = thresholds.some(({ passed, unit }) => !passed && unit === 'ms')
  const failed = errors.flatMap(({ examples }) => examples.map(({ id }) => id)).find((id) => id !== '')
  return failed ?? (missed ? slowest[0]?.id : undefined)
}
