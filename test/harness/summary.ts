import type { Summary } from 'loadbench'

type MetricSummary = Summary['metrics'][number]

/** A metric of a summary; throws where it has no data, naming those that have. */
export function metricOf(
  { metrics }: Summary,
  name: string,
  tags: Readonly<Record<string, string>> = {},
): MetricSummary {
  const wanted = JSON.stringify(tags)
  const found = metrics.find((metric) => metric.name === name && JSON.stringify(metric.tags) === wanted)
  if (found !== undefined) return found
  const there = metrics.map((metric) => `${metric.name} ${JSON.stringify(metric.tags)}`).join('\n')
  throw new Error(`there is no ${name} ${wanted}, only\n${there}`)
}

/** One value of a metric. */
export function valueOf(
  summary: Summary,
  name: string,
  stat: string,
  tags: Readonly<Record<string, string>> = {},
): number {
  const value = metricOf(summary, name, tags).values[stat]
  if (value === undefined) throw new Error(`${name} has no ${stat}`)
  return value
}
