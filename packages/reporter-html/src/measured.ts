import type { MetricSummary, ReportInput, Summary } from 'loadbench/report'
import { describeMetric } from './metric-catalogue.ts'

/** The untagged whole of a metric, where it has a value. */
export function wholeOf(summary: Summary, name: string): MetricSummary | undefined {
  return summary.metrics.find((metric) => metric.name === name && isWhole(metric) && metric.count > 0)
}

/** One value of a whole metric, e.g. `p(95)`; `undefined` where there is none. */
export function valueOf(summary: Summary, name: string, value: string): number | undefined {
  return wholeOf(summary, name)?.values[value]
}

/** All metrics of one type that have a value, in the order they are shown. */
export function wholesOf(summary: Summary, type: MetricSummary['type']): readonly MetricSummary[] {
  return summary.metrics
    .filter((metric) => metric.type === type && isWhole(metric) && metric.count > 0)
    .toSorted((a, b) => describeMetric(a.name).rank - describeMetric(b.name).rank)
}

const SPLIT_BY_SCENARIO: readonly string[] = ['ttft', 'itl', 'e2e_latency', 'requests']

/**
 * The parts of a metric worth a row of their own: the scenarios of the central metrics, where there are
 * several, and every part that a threshold asked for.
 */
export function partsOf(summary: Summary, whole: MetricSummary): readonly MetricSummary[] {
  const several = summary.scenarios.length > 1 && SPLIT_BY_SCENARIO.includes(whole.name)
  return summary.metrics.filter((metric) => {
    if (metric.name !== whole.name || isWhole(metric)) return false
    return isScenario(metric) ? several : true
  })
}

/** The tags of a part, as a reader would say them: `scenario spike`, `model a, outcome broken`. */
export function partName({ tags }: MetricSummary): string {
  return Object.entries(tags)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')
}

/** The money `cost` is counted in. */
export function currencyOf({ manifest }: ReportInput): string {
  return manifest.plan.pricing?.currency ?? ''
}

function isWhole({ tags }: MetricSummary): boolean {
  return Object.keys(tags).length === 0
}

function isScenario({ tags }: MetricSummary): boolean {
  return 'scenario' in tags && Object.keys(tags).length === 1
}
