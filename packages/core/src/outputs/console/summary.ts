import { formatDuration } from '../../model/duration.ts'
import type { MetricSummary, Summary } from '../../model/summary.ts'
import { figure, NONE, percent, plain } from '../figures.ts'
import type { Paint } from './paint.ts'
import { tableText } from './table.ts'
import { wrap } from './wrap.ts'

/** Sentences are broken here; tables are as wide as they are, 80 with the usual columns. */
const WIDTH = 78

/** Trends of an answer, in the order a reader asks for them. */
const LLM_TRENDS = ['ttft', 'ttfat', 'ttft_scheduled', 'itl', 'tpot', 'e2e_latency', 'request_duration']
const LLM_SIZES = [
  'tokens_per_second',
  'tokens_per_chunk',
  'input_length',
  'output_length',
  'reasoning_length',
]
const LLM_COUNTS = [
  'requests',
  'request_failed',
  'request_interrupted',
  'input_tokens',
  'output_tokens',
  'goodput',
  'cost',
]
const EXECUTION_TRENDS = ['iteration_duration', 'schedule_lag', 'interrupted_age']
const EXECUTION_COUNTS = [
  'iterations',
  'iteration_failed',
  'dropped_iterations',
  'interrupted_iterations',
  'vus',
  'concurrent_streams',
  'data_received',
  'data_sent',
]
/** Kept out of the terminal: of use when something is looked for, in report and JSON. */
const HIDDEN = [
  'time_to_headers',
  'connecting',
  'tls_handshaking',
  'sending',
  'cached_length',
  'good_requests',
  'checks',
  'vus_max',
  'event_loop_delay',
  'gc_pause',
  'generator_cpu',
  'generator_memory',
]

/** The end of a run, for a terminal of 80 columns: the verdicts first. */
export function summaryText(summary: Summary, stats: readonly string[], paint: Paint): string {
  const { metrics } = summary
  const known = new Set([
    ...LLM_TRENDS,
    ...LLM_SIZES,
    ...LLM_COUNTS,
    ...EXECUTION_TRENDS,
    ...EXECUTION_COUNTS,
    ...HIDDEN,
  ])
  const whole = metrics.filter((metric) => Object.keys(metric.tags).length === 0)
  const own = whole.filter(({ name }) => !known.has(name))
  const pick = (names: readonly string[]) =>
    names.flatMap((name) => whole.find((metric) => metric.name === name) ?? [])
  const of = (type: 'trend' | 'other', list: readonly MetricSummary[]) =>
    list.filter((metric) => (metric.type === 'trend') === (type === 'trend'))
  return [
    '',
    ...section('THRESHOLDS', thresholdLines(summary, paint), paint),
    ...section(
      'LLM',
      [...trendLines(pick([...LLM_TRENDS, ...LLM_SIZES]), stats), ...countLines(pick(LLM_COUNTS))],
      paint,
    ),
    ...section(
      'OWN METRICS',
      [...trendLines(of('trend', own), stats), ...countLines(of('other', own))],
      paint,
    ),
    ...section(
      'EXECUTION',
      [...trendLines(pick(EXECUTION_TRENDS), stats), ...countLines(pick(EXECUTION_COUNTS))],
      paint,
    ),
    ...section('CHECKS', checkLines(summary, paint), paint),
    ...section('ERRORS', errorLines(summary, paint), paint),
    ...section('NOTES', summary.warnings.flatMap(noteLines), paint),
    ...section('GENERATOR', healthLines(summary, paint), paint),
    ...endLines(summary, paint),
    '',
  ].join('\n')
}

function section(title: string, lines: readonly string[], paint: Paint): string[] {
  if (lines.length === 0) return []
  return [`  ${paint.bold(title)}`, ...lines.map((line) => `  ${line}`), '']
}

function thresholdLines({ thresholds }: Summary, paint: Paint): string[] {
  const rows = thresholds.map((one) => [one.metric, one.expression, observedText(one)])
  const lines = tableText(rows, 2)
  return thresholds.map((one, index) => {
    const mark = one.passed ? paint.good('✓') : paint.bad('✗')
    return `${mark} ${lines[index] ?? ''}${one.aborted ? paint.bad('  ended the run') : ''}`
  })
}

function observedText({ observed, unit, expression }: Summary['thresholds'][number]): string {
  if (observed === undefined) return 'no data'
  return /^rate\b/.test(expression) && unit === '' && observed <= 1
    ? percent(observed)
    : figure(observed, unit)
}

function trendLines(metrics: readonly MetricSummary[], stats: readonly string[]): string[] {
  if (metrics.length === 0) return []
  const rows = metrics.map((metric) => [
    metric.name,
    ...stats.map((stat) => figure(metric.values[stat], stat === 'count' ? '' : metric.unit)),
  ])
  return tableText([['', ...stats], ...rows])
}

function countLines(metrics: readonly MetricSummary[]): string[] {
  return tableText(metrics.map((metric) => [metric.name, ...countCells(metric)]))
}

function countCells({ type, unit, values }: MetricSummary): string[] {
  switch (type) {
    case 'rate':
      return [
        percent(values['rate'] ?? 0),
        `${plain(values['passes'] ?? 0)} of ${plain((values['passes'] ?? 0) + (values['fails'] ?? 0))}`,
      ]
    case 'gauge':
      return [
        figure(values['value'], unit),
        `min ${figure(values['min'], unit)}, max ${figure(values['max'], unit)}`,
      ]
    default:
      return [figure(values['count'], unit), `${figure(values['rate'], unit)}/s`]
  }
}

function checkLines({ checks }: Summary, paint: Paint): string[] {
  return checks.map(({ name, passes, fails }) => {
    if (fails === 0) return `${paint.good('✓')} ${name}`
    const share = passes + fails === 0 ? NONE : percent(passes / (passes + fails))
    return `${paint.bad('✗')} ${name}  ${share} (${plain(passes)} passed, ${plain(fails)} failed)`
  })
}

function errorLines({ errors }: Summary, paint: Paint): string[] {
  return errors.flatMap(({ class: name, count, example }) => [
    `${paint.bad(name)}  ${plain(count)}×`,
    ...wrap(`e.g. ${oneLine(example.message)}`, WIDTH - 4).map((line) => `  ${paint.dim(line)}`),
  ])
}

/** Servers put anything into a message, control characters included. */
function oneLine(text: string): string {
  // oxlint-disable-next-line no-control-regex -- these are what must not reach the terminal
  const clean = text.replaceAll(/[\u0000-\u001F\u007F-\u009F]+/g, ' ')
  return clean.length > 160 ? `${clean.slice(0, 159)}…` : clean
}

function healthLines({ health }: Summary, paint: Paint): string[] {
  const { verdict, reasons } = health
  const mark = { trustworthy: paint.good('✓'), degraded: paint.warn('!'), invalid: paint.bad('✗') }[verdict]
  return [
    `${mark} ${verdict}`,
    ...reasons.flatMap((reason) => wrap(reason, WIDTH - 4).map((line) => `  ${line}`)),
  ]
}

function noteLines(text: string): string[] {
  return wrap(text, WIDTH - 4).map((line, index) => `${index === 0 ? '!' : ' '} ${line}`)
}

/** How a run ended, alone: what a script's own summary may leave out. */
export function verdictText(summary: Summary, paint: Paint): string {
  return endLines(summary, paint).join('\n')
}

function endLines({ run }: Summary, paint: Paint): string[] {
  const took = formatDuration(
    run.durationMs < 1_000 ? Math.round(run.durationMs) : Math.round(run.durationMs / 100) * 100,
  )
  const word = run.exitCode === 0 ? paint.good(run.outcome) : paint.bad(run.outcome)
  const verdict = `  ${word} after ${took}, exit code ${run.exitCode}`
  if (run.reason === undefined) return [verdict]
  return [`${verdict}:`, ...wrap(run.reason, WIDTH - 2).map((line) => (line === '' ? '' : `    ${line}`))]
}
