import type { ReportInput } from 'loadbench/report'
import type { ChartBound, DistributionSpec } from './chart-spec.ts'
import { boundLines } from './bound.ts'
import { metricIn } from './chart.ts'
import { round, spoken } from './format.ts'
import { describeMetric } from './metric-catalogue.ts'
import { sameTags, type PartChoice } from './part.ts'
import { distributionsIn } from './recorded.ts'

/** The distributions of a part, in the order of the metrics. */
export function distributionsOf(input: ReportInput, part: PartChoice): readonly DistributionSpec[] {
  return distributionsIn(input)
    .filter(({ tags }) => sameTags(tags, part.tags))
    .toSorted((a, b) => describeMetric(a.metric).rank - describeMetric(b.metric).rank)
    .map(({ metric, unit, count, buckets, percentiles }) => ({
      metric,
      title: describeMetric(metric).label || metric,
      unit,
      count,
      buckets: buckets.map(([from, to, amount]) => [rounded(from), rounded(to), amount]),
      percentiles: percentiles.map(([share, value]) => [share, rounded(value)]),
      bounds: boundsOf(input, metric, part),
    }))
}

/** The SLO holds for every request, so for every part; thresholds for the part they name. */
function boundsOf(
  { summary, manifest }: ReportInput,
  metric: string,
  part: PartChoice,
): readonly ChartBound[] {
  const slo = Object.entries(manifest.plan.slo).find(([name]) => name === metric)?.[1]
  const thresholds = boundLines(summary.thresholds, metricIn(metric, part))
  if (slo === undefined) return thresholds
  const label = `SLO ${spoken(round(slo, 'ms'))}`
  return [{ value: slo, label }, ...thresholds.filter(({ value }) => value !== slo)]
}

function rounded(value: number): number {
  return Number(value.toPrecision(4))
}
