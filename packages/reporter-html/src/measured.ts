import type { MetricSummary, ReportInput, Summary } from 'loadbench/report'
import { describeMetric } from './metric-catalogue.ts'
import { sameTags } from './part.ts'
import { partsIn } from './recorded.ts'

type Tags = MetricSummary['tags']

const NO_TAGS: Tags = {}

/** A metric of a part, of the whole run without `tags`, where it has a value. */
export function metricOf(summary: Summary, name: string, tags = NO_TAGS): MetricSummary | undefined {
  return summary.metrics.find(
    (metric) => metric.name === name && sameTags(metric.tags, tags) && metric.count > 0,
  )
}

/** One value of a metric, e.g. `p(95)`; `undefined` where there is none. */
export function valueOf(summary: Summary, name: string, value: string, tags = NO_TAGS): number | undefined {
  return metricOf(summary, name, tags)?.values[value]
}

/** All metrics of one type that have a value in a part, in the order they are shown. */
export function metricsOf(
  summary: Summary,
  type: MetricSummary['type'],
  tags = NO_TAGS,
): readonly MetricSummary[] {
  return summary.metrics
    .filter((metric) => metric.type === type && sameTags(metric.tags, tags) && metric.count > 0)
    .toSorted((a, b) => describeMetric(a.name).rank - describeMetric(b.name).rank)
}

/** What of a metric a threshold selected that is no part one can choose: its rows follow the whole. */
export function selectionsOf(summary: Summary, name: string): readonly MetricSummary[] {
  const known: readonly { readonly tags: Tags }[] = [{ tags: NO_TAGS }, ...partsIn(summary)]
  return summary.metrics.filter(
    (metric) => metric.name === name && !known.some(({ tags }) => sameTags(metric.tags, tags)),
  )
}

/** The tags of a part, as a reader would say them: `scenario spike`, `model a, outcome broken`. */
export function tagWords(tags: Tags): string {
  return Object.entries(tags)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')
}

/** The money `cost` is counted in. */
export function currencyOf({ manifest }: ReportInput): string {
  return manifest.plan.pricing?.currency ?? ''
}
