import { formatDuration } from '../model/duration.ts'
import type { MetricSummary, Summary } from '../model/summary.ts'
import { tagKey, type Tags } from '../model/tags.ts'
import { figure, NONE, percent, plain } from './figures.ts'
import { block, code, codeCell, prose, table } from './markdown-marks.ts'
import { shownMessages } from './messages.ts'
import { observedText } from './observed.ts'

/** Trends that say how a server did, those of requests first. */
const HEADLINES = [
  'ttft',
  'ttft_scheduled',
  'itl',
  'tpot',
  'e2e_latency',
  'tokens_per_second',
  'http_req_duration',
]
const STATISTICS = ['avg', 'med', 'p(90)', 'p(95)', 'p(99)', 'max']

/** Of each class of errors. */
const MOST_MESSAGES = 10

const GENERATOR = { trustworthy: '✅ trustworthy', degraded: '⚠️ degraded', invalid: '❌ invalid' } as const

/** A run as one would paste it into a pull request: verdicts first, then numbers, then what to know beside them. */
export function markdownText(summary: Summary): string {
  return [
    ...verdict(summary),
    ...section('Thresholds', thresholds(summary)),
    ...section('Numbers', [...amounts(summary), ...latencies(summary)]),
    ...section('Scenarios', scenarios(summary)),
    ...section('Parts', parts(summary)),
    ...section('Checks', checks(summary)),
    ...section('Errors', errors(summary)),
    ...section('Script', scriptErrors(summary)),
    ...section('Generator', health(summary)),
    ...section(
      'Notes',
      summary.warnings.map((warning) => `- ${prose(warning)}`),
    ),
  ].join('\n')
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`### ${title}`, '', ...lines, '']
}

function verdict({ run, health: { verdict: trust, unjudged }, servers = [] }: Summary): string[] {
  const reason = run.reason ?? ''
  const passed = reason === '' ? '✅' : '⚠️'
  const mark = run.exitCode === 0 ? passed : '❌'
  const at = `${run.startedAt.slice(0, 16).replace('T', ' ')} UTC`
  return [
    `## ${mark} ${code(run.script)}: ${run.outcome.replaceAll('-', ' ')}`,
    '',
    ...(reason === '' ? [] : [reason.includes('\n') ? block(reason) : prose(reason), '']),
    `${took(run.durationMs)} from ${at} · run ${code(run.id)} · exit code ${run.exitCode} · generator ${unjudged === undefined ? GENERATOR[trust] : `➖ ${unjudged}`}`,
    ...servers.map(
      ({ provider, target, server, version = '' }) =>
        `<br>${prose(provider)} at ${code(target)}: ${prose(`${server} ${version}`.trim())}`,
    ),
    '',
  ]
}

function took(millis: number): string {
  return formatDuration(millis < 1_000 ? Math.round(millis) : Math.round(millis / 100) * 100)
}

function thresholds({ thresholds: all }: Summary): string[] {
  const rows = all.map((one) => [
    one.passed ? '✅' : '❌',
    codeCell(one.metric),
    codeCell(one.expression),
    `${observedText(one)}${one.aborted ? ', ended the run' : ''}`,
  ])
  return table(['', 'metric', 'threshold', 'observed'], rows, { left: 3 })
}

/** The metric as a whole, or a part of it. */
function metricOf({ metrics }: Summary, name: string, tags: Tags = {}): MetricSummary | undefined {
  const wanted = tagKey(tags)
  return metrics.find((one) => one.name === name && tagKey(one.tags) === wanted)
}

function amounts(summary: Summary): string[] {
  const value = (name: string, stat: string, write: (value: number) => string) => {
    const found = metricOf(summary, name)?.values[stat]
    return found === undefined ? [] : [write(found)]
  }
  const requests = metricOf(summary, 'requests')
  const dropped = metricOf(summary, 'dropped_iterations')?.values['count'] ?? 0
  const words = [
    ...(requests === undefined
      ? value('iterations', 'count', (count) => `${plain(count)} iterations`)
      : [`${plain(requests.values['count'] ?? 0)} requests (${plain(requests.values['rate'] ?? 0)}/s)`]),
    ...value('request_failed', 'rate', (rate) => `${percent(rate)} failed`),
    ...value('output_tokens', 'rate', (rate) => `${plain(rate)} output tokens/s`),
    ...value('goodput', 'rate', (rate) => `${percent(rate)} goodput`),
    ...value('cost', 'count', (cost) => `cost ${figure(cost, 'currency')}`),
    ...(dropped > 0 ? [`${plain(dropped)} iterations dropped`] : []),
  ]
  return words.length === 0 ? [] : [words.join(' · '), '']
}

function latencies(summary: Summary): string[] {
  const found = HEADLINES.flatMap((name) => metricOf(summary, name) ?? [])
  const shown = found.length > 0 ? found : [metricOf(summary, 'iteration_duration')]
  const rows = shown.flatMap((metric) => (metric === undefined ? [] : [trendRow(metric)]))
  return table(['', ...STATISTICS], rows)
}

function trendRow({ name, unit, values }: MetricSummary): string[] {
  return [codeCell(name), ...STATISTICS.map((stat) => figure(values[stat], unit))]
}

function scenarios(summary: Summary): string[] {
  const rows = summary.scenarios.map(({ name, description, ...counts }) => {
    const { started, completed, dropped, interrupted } = counts
    const numbers = [started, completed, dropped, interrupted].map(plain)
    return [codeCell(name), prose(description), ...numbers, ...partCells(summary, { scenario: name })]
  })
  const header = ['', 'load', 'started', 'completed', 'dropped', 'interrupted', ...PART_COLUMNS]
  return table(header, rows, { left: 2 })
}

/** What `--by` asked for beside the scenarios. */
function parts(summary: Summary): string[] {
  const further = summary.parts.filter(({ tags }) => !('scenario' in tags))
  const rows = further.map(({ label, tags }) => {
    const requests = metricOf(summary, 'requests', tags)?.values['count']
    return [codeCell(label), requests === undefined ? NONE : plain(requests), ...partCells(summary, tags)]
  })
  return table(['', 'requests', ...PART_COLUMNS], rows)
}

const PART_COLUMNS = ['ttft p(95)', 'tpot p(95)', 'e2e p(95)', 'failed']

function partCells(summary: Summary, tags: Tags): string[] {
  const p95 = (metric: string) => figure(metricOf(summary, metric, tags)?.values['p(95)'], 'ms')
  const failed = metricOf(summary, 'request_failed', tags)?.values['rate']
  return [p95('ttft'), p95('tpot'), p95('e2e_latency'), failed === undefined ? NONE : percent(failed)]
}

/** Those that failed first. */
function checks({ checks: all }: Summary): string[] {
  const sorted = [...all.filter(({ fails }) => fails > 0), ...all.filter(({ fails }) => fails === 0)]
  const rows = sorted.map(({ name, passes, fails, example = '' }) => [
    fails === 0 ? '✅' : '❌',
    codeCell(name),
    codeCell(example),
    plain(passes),
    plain(fails),
  ])
  return table(['', 'check', 'got instead', 'passed', 'failed'], rows, { left: 3 })
}

function errors({ errors: all }: Summary): string[] {
  const rows = all.flatMap((error) => {
    const { shown, further } = shownMessages(error, MOST_MESSAGES)
    const told = shown.map(({ message, count }) => [
      '',
      codeCell(message),
      count === undefined ? NONE : plain(count),
    ])
    const rest = further > 0 ? [['', 'other messages', plain(further)]] : []
    const single = told.length === 1 && rest.length === 0
    const name = codeCell(error.class)
    if (single) return told.map(([, message = '']) => [name, message, plain(error.count)])
    return [[name, '', `**${plain(error.count)}**`], ...told, ...rest]
  })
  return table(['class', 'message', 'requests'], rows, { left: 2 })
}

/** What the script threw and did not catch. */
function scriptErrors({ scriptErrors: all = [] }: Summary): string[] {
  const rows = all.flatMap(({ kind, scenario, messages }) =>
    messages
      .slice(0, MOST_MESSAGES)
      .map(({ message, count }) => [
        kind === 'iteration' ? `failed iterations of ${codeCell(scenario)}` : 'unhandled rejections',
        codeCell(message),
        plain(count),
      ]),
  )
  return table(['', 'thrown', 'times'], rows, { left: 2 })
}

/** Where there is something to say beyond the word in the verdict. */
function health({ health: { reasons } }: Summary): string[] {
  return reasons.map((reason) => `- ${prose(reason)}`)
}
