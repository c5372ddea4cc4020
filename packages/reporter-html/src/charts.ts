import type { ReportInput } from 'loadbench/report'
import type { Chart } from './chart.ts'
import type { ChartMarker, PageData, PartDrawings } from './chart-spec.ts'
import { specOf } from './chart.ts'
import { arrivals } from './charts/arrivals.ts'
import { errors } from './charts/errors.ts'
import { generatorCpu } from './charts/generator-cpu.ts'
import { generatorDelay } from './charts/generator-delay.ts'
import { http } from './charts/http.ts'
import { itl } from './charts/itl.ts'
import { load } from './charts/load.ts'
import { tokens } from './charts/tokens.ts'
import { ttft } from './charts/ttft.ts'
import { distributionsOf } from './distributions.ts'
import { moment } from './format.ts'
import { choicesOf } from './part.ts'
import { markersIn } from './recorded.ts'

/** The charts over time in the order they are shown. All share the time axis. */
export const CHARTS: readonly Chart[] = [
  ttft,
  itl,
  http,
  arrivals,
  tokens,
  load,
  errors,
  generatorDelay,
  generatorCpu,
]

/** Values of drawings that parts may bring along; about 200 kB. Parts beyond have tables only. */
const MOST_VALUES = 40_000
/** More lines than this would hide what they are to explain. */
const MOST_MARKERS = 30

/** What the page draws. */
export function pageData(input: ReportInput): PageData {
  const { at, width } = input.timeline
  const { run } = input.summary
  return {
    run: run.id,
    caption: [run.script, ...Object.values(input.manifest.targets), moment(run.startedAt)].join(' · '),
    at: at.map(toMillisecond),
    width: width.map(toMillisecond),
    markers: markersOf(input),
    parts: choicesOf(input).map(({ label }) => label),
    drawings: drawingsOf(input),
  }
}

function drawingsOf(input: ReportInput): readonly PartDrawings[] {
  let room = MOST_VALUES
  return choicesOf(input).map((part, index) => {
    const drawings = {
      charts: CHARTS.flatMap((chart) => specOf(chart, input, part) ?? []),
      distributions: distributionsOf(input, part),
    }
    if (index === 0) return drawings
    room -= valuesIn(drawings)
    return room < 0 ? { charts: [], distributions: [] } : drawings
  })
}

function valuesIn({ charts, distributions }: PartDrawings): number {
  const lines = charts.flatMap(({ series }) => series).map(({ values }) => values.length)
  const spreads = distributions.map(({ buckets, percentiles }) => 3 * buckets.length + 2 * percentiles.length)
  return [...lines, ...spreads].reduce((sum, amount) => sum + amount, 0)
}

/**
 * The moments to mark, in order of time: numbered from 1 in the charts and in the list below them. Where
 * there are too many, stages are left out first: the chart of the rate shows them too.
 */
export function markersOf({ timeline }: ReportInput): readonly ChartMarker[] {
  return markersIn(timeline)
    .toSorted((a, b) => Number(a.kind === 'stage') - Number(b.kind === 'stage'))
    .slice(0, MOST_MARKERS)
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, until, kind, label, scenario = '' }) => {
      const words = WORDS[kind](label)
      const end = until === undefined ? {} : { until: toMillisecond(until) }
      return { at: toMillisecond(at), ...end, kind, label: scenario === '' ? words : `${scenario}: ${words}` }
    })
}

const WORDS: Readonly<Record<ChartMarker['kind'], (label: string) => string>> = {
  stage: (label) => label,
  'first-error': (label) => `first error: ${label}`,
  threshold: (label) => `${label} no longer held`,
  'warm-up': (label) => label,
}

function toMillisecond(seconds: number): number {
  return Math.round(seconds * 1e3) / 1e3
}
