import { BUILT_IN_METRICS } from '../../model/metric.ts'
import type { MetricSummary, Summary } from '../../model/summary.ts'
import { httpCounts, httpTrends } from './http-section.ts'
import type { Paint } from './paint.ts'
import { errorLines } from './summary/error-lines.ts'
import { BRIEF_EXAMPLE, checkLines, slowLines } from './summary/example-lines.ts'
import { deliveryLines } from './summary/delivery-lines.ts'
import { healthLines, noteLines, verdictLines } from './summary/ending-lines.ts'
import { metricLines } from './summary/metric-rows.ts'
import { partTables } from './summary/part-tables.ts'
import { scriptErrorLines } from './summary/script-error-lines.ts'
import { section, titledTable, WIDTH } from './summary/sections.ts'
import * as shown from './summary/shown.ts'
import { thresholdLines } from './summary/threshold-lines.ts'
import { wrap } from './wrap.ts'

const BUILT_IN: ReadonlySet<string> = new Set(BUILT_IN_METRICS.map(({ name }) => name))

/** The end of a run, for a terminal of 80 columns: the verdicts first. @param stats the columns of trends. */
export function summaryText(summary: Summary, stats: readonly string[], paint: Paint): string {
  const whole = wholeOf(summary)
  const pick = picker(whole)
  const own = whole.filter(({ name }) => !BUILT_IN.has(name))
  const answers = pick(shown.LLM_TRENDS)
  const table = (title: string, trends: readonly MetricSummary[], counts: readonly MetricSummary[]) =>
    titledTable(title, metricLines(title, trends, counts, stats), paint)
  return [
    '',
    ...section('THRESHOLDS', thresholdLines(summary, paint), paint),
    ...withLegend(table('LLM', answers, pick(shown.LLM_COUNTS)), answers, paint),
    ...table('SERVER', pick(shown.SERVER_TRENDS), []),
    ...table('HTTP', httpTrends(summary.metrics), httpCounts(summary.metrics)),
    ...table(
      'OWN METRICS',
      own.filter(({ type }) => type === 'trend'),
      own.filter(({ type }) => type !== 'trend'),
    ),
    ...table('EXECUTION', pick(shown.EXECUTION_TRENDS), pick(shown.EXECUTION_COUNTS)),
    ...section('ARRIVALS', deliveryLines(summary, paint), paint),
    ...partTables(summary, paint),
    ...section('CHECKS', checkLines(summary, paint), paint),
    ...section('ERRORS', errorLines(summary, paint), paint),
    ...section('SCRIPT', scriptErrorLines(summary, paint), paint),
    ...section('SLOWEST REQUESTS', slowLines(summary), paint),
    ...noteSection(summary, paint),
    ...section('GENERATOR', healthLines(summary, paint), paint),
    ...verdictLines(summary, paint),
    '',
  ].join('\n')
}

/** What fits a screen: verdicts, headlines, and what went wrong. */
export function compactText(summary: Summary, stats: readonly string[], paint: Paint): string {
  const pick = picker(wholeOf(summary))
  const trends = pick(shown.HEADLINE_TRENDS)
  const counts = pick(shown.HEADLINE_COUNTS).filter(
    ({ name, values }) =>
      !(name === 'dropped_iterations' && values['count'] === 0) &&
      !(name === 'iteration_failed' && values['rate'] === 0),
  )
  // Parts by a tag were asked for by name.
  const asked = { ...summary, parts: summary.parts.filter(({ tags }) => !('scenario' in tags)) }
  const failedChecks = { ...summary, checks: summary.checks.filter(({ fails }) => fails > 0) }
  return [
    '',
    ...section('THRESHOLDS', thresholdLines(summary, paint), paint),
    ...titledTable('RESULTS', metricLines('RESULTS', trends, counts, stats), paint),
    ...partTables(asked, paint),
    ...section('FAILED CHECKS', checkLines(failedChecks, paint, BRIEF_EXAMPLE), paint),
    ...section('ARRIVALS', deliveryLines(summary, paint, true), paint),
    ...section('ERRORS', errorLines(summary, paint, 1), paint),
    ...section('SCRIPT', scriptErrorLines(summary, paint, 1), paint),
    ...noteSection(summary, paint),
    ...section('GENERATOR', healthLines(summary, paint), paint),
    ...verdictLines(summary, paint),
    '',
  ].join('\n')
}

/** What went wrong, and nothing else: `''` where a run passed, measured something, and its generator can be trusted. */
export function failuresText(summary: Summary, paint: Paint): string {
  const failed = { ...summary, thresholds: summary.thresholds.filter(({ passed }) => !passed) }
  const trusted = summary.health.verdict === 'trustworthy'
  const lines = [
    ...section('FAILED THRESHOLDS', thresholdLines(failed, paint), paint),
    ...section('ERRORS', errorLines(summary, paint, 1), paint),
    ...(trusted ? [] : section('GENERATOR', healthLines(summary, paint), paint)),
    ...(isFine(summary) ? [] : [...verdictLines(summary, paint), '']),
  ]
  return lines.length === 0 ? '' : ['', ...lines].join('\n')
}

/** Whether a run passed, and with reason. */
function isFine({ run: { exitCode, reason } }: Summary): boolean {
  return exitCode === 0 && reason === undefined
}

function noteSection({ warnings }: Summary, paint: Paint): string[] {
  return section(
    'NOTES',
    warnings.flatMap((warning) => noteLines(warning, paint)),
    paint,
  )
}

/** How a run ended, alone, unless it passed and measured something: what a script's own summary may leave out. */
export function verdictText(summary: Summary, paint: Paint): string {
  return isFine(summary) ? '' : verdictLines(summary, paint).join('\n')
}

/** What the names of the table mean, for who reads them for the first time. */
function withLegend(
  table: readonly string[],
  trends: readonly MetricSummary[],
  paint: Paint,
): readonly string[] {
  const words = trends.flatMap(({ name }) => shown.LEGEND[name] ?? []).join(', ')
  if (words === '') return table
  return [...table.slice(0, -1), ...wrap(words, WIDTH).map((line) => `  ${paint.dim(line)}`), '']
}

function wholeOf({ metrics }: Summary): MetricSummary[] {
  return metrics.filter(({ tags }) => Object.keys(tags).length === 0)
}

function picker(whole: readonly MetricSummary[]) {
  return (names: readonly string[]) =>
    names.flatMap((name) => whole.find((metric) => metric.name === name) ?? [])
}
