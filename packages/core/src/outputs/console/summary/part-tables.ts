import type { ErrorSummary } from '../../../model/error-summary.ts'
import type { MetricSummary, Part, Summary } from '../../../model/summary.ts'
import type { Tags } from '../../../model/tags.ts'
import { NONE, percent, plain } from '../../figures.ts'
import { oneLine } from '../one-line.ts'
import type { Paint } from '../paint.ts'
import { scaled, scaleFor } from '../scale.ts'
import { tableText } from '../table.ts'
import { titledTable, WIDTH } from './sections.ts'

/** What parts are compared by: a metric, and which of its values. Those without data are left out. */
const COMPARED: readonly (readonly [label: string, metric: string, stat: string])[] = [
  ['requests', 'requests', 'count'],
  ['failed', 'request_failed', 'rate'],
  ['ttft med', 'ttft', 'med'],
  ['ttft p(95)', 'ttft', 'p(95)'],
  ['itl p(95)', 'itl', 'p(95)'],
  ['tpot p(95)', 'tpot', 'p(95)'],
  ['e2e p(95)', 'e2e_latency', 'p(95)'],
  // Not by the second: a part, such as a stage, need not have lasted as long as the run.
  ['output tokens', 'output_tokens', 'count'],
  ['goodput', 'goodput', 'rate'],
  ['http_reqs', 'http_reqs', 'count'],
  ['http failed', 'http_req_failed', 'rate'],
  ['http p(95)', 'http_req_duration', 'p(95)'],
  ['dropped', 'dropped_iterations', 'count'],
]

type Compared = Pick<Summary, 'parts' | 'metrics' | 'errors'>

/** Classes of errors compared, those with most first. */
const MOST_CLASSES = 5

/** One thing parts are compared by, with a cell for each part. */
interface Comparison {
  readonly label: string
  readonly unit: string
  readonly cells: readonly string[]
}

/** The parts of the results side by side: a table for the scenarios where there are several, and one for each tag. */
export function partTables(summary: Compared, paint: Paint): string[] {
  const tags = new Map<string, Part[]>()
  for (const part of summary.parts) {
    const tag = Object.keys(part.tags).join(' ')
    tags.set(tag, [...(tags.get(tag) ?? []), part])
  }
  return [...tags]
    .filter(([tag, parts]) => tag !== 'scenario' || parts.length > 1)
    .flatMap(([tag, parts]) => partTable(tag, parts, summary, paint))
}

function partTable(tag: string, parts: readonly Part[], summary: Compared, paint: Paint): string[] {
  const measured = COMPARED.flatMap(([label, metric, stat]) => compare(label, metric, stat, parts, summary))
  const comparisons = [...measured, ...errorCounts(parts, summary)]
  if (comparisons.length === 0) return []
  const names = parts.map(({ tags }) => oneLine(tags[tag] ?? '', 24))
  const title = `BY ${tag.toUpperCase()}`
  const across = [
    [title, '', ...names],
    ...comparisons.map(({ label, unit, cells }) => [label, unit, ...cells]),
  ]
  const table = tableText(across, 2)
  if (table.every((line) => line.length <= WIDTH)) return titledTable(title, table, paint)
  return titledTable(title, down(title, names, comparisons), paint)
}

/** A line for each part. What finds no room beside the others stands in a table of its own below. */
function down(title: string, names: readonly string[], comparisons: readonly Comparison[]): string[] {
  const lines: string[] = []
  let rest = comparisons
  while (rest.length > 0) {
    let shown = rest
    let table = partLines(lines.length === 0 ? title : '', names, shown)
    while (shown.length > 1 && table.some((line) => line.length > WIDTH)) {
      shown = shown.slice(0, -1)
      table = partLines(lines.length === 0 ? title : '', names, shown)
    }
    lines.push(...(lines.length === 0 ? [] : ['']), ...table)
    rest = rest.slice(shown.length)
  }
  return lines
}

function partLines(title: string, names: readonly string[], comparisons: readonly Comparison[]): string[] {
  const units = comparisons.some(({ unit }) => unit !== '')
  return tableText([
    [title, ...comparisons.map(({ label }) => label)],
    ...(units ? [['', ...comparisons.map(({ unit }) => unit)]] : []),
    ...names.map((name, index) => [name, ...comparisons.map(({ cells }) => cells[index] ?? '')]),
  ])
}

function compare(
  label: string,
  metric: string,
  stat: string,
  parts: readonly Part[],
  { metrics }: Compared,
): Comparison[] {
  const found = parts.map(({ tags }) =>
    metrics.find((one) => one.name === metric && sameTags(one.tags, tags)),
  )
  const values = found.map((one) => one?.values[stat])
  const [known] = found.filter((one) => one !== undefined)
  if (known === undefined || (label === 'dropped' && values.every((value) => (value ?? 0) === 0))) return []
  if (known.type === 'rate') return [{ label, unit: '', cells: values.map(share) }]
  if (known.type === 'counter' && stat === 'count') return [{ label, unit: '', cells: values.map(amount) }]
  const unit: MetricSummary['unit'] = metric === 'output_tokens' ? 'tok/s' : known.unit
  // One unit for a metric, however it is looked at.
  const stats = COMPARED.filter((one) => one[1] === metric).map((one) => one[2])
  const scale = scaleFor(
    found.flatMap((one) => stats.flatMap((each) => one?.values[each] ?? [])),
    unit,
  )
  return [{ label, unit: scale.unit, cells: values.map((value) => scaled(value, scale)) }]
}

/** How many failures of each class a part had. Runs of older versions do not tell. */
function errorCounts(parts: readonly Part[], { errors }: Compared): Comparison[] {
  return errors.slice(0, MOST_CLASSES).flatMap(({ class: label, parts: counted = [] }: ErrorCounts) => {
    const counts = parts.map(({ tags }) => counted.find((one) => sameTags(one.tags, tags))?.count)
    if (counts.every((count) => count === undefined || count === 0)) return []
    return [{ label, unit: '', cells: counts.map(amount) }]
  })
}

type ErrorCounts = Pick<ErrorSummary, 'class'> & Partial<Pick<ErrorSummary, 'parts'>>

function share(value: number | undefined): string {
  return value === undefined ? NONE : percent(value)
}

function amount(value: number | undefined): string {
  return value === undefined ? NONE : plain(value)
}

function sameTags(a: Tags, b: Tags): boolean {
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name])
}
