import type { MetricDefinition } from '../../model/metric.ts'
import type { SeriesDelta, Snapshot } from '../../model/snapshot.ts'
import type { Tags } from '../../model/tags.ts'
import { SeriesTable } from '../series-table.ts'

/** One metric of each kind, for tests. */
export const TTFT: MetricDefinition = { name: 'ttft', type: 'trend', unit: 'ms' }
export const REQUESTS: MetricDefinition = { name: 'requests', type: 'counter', unit: '' }
export const FAILED: MetricDefinition = { name: 'request_failed', type: 'rate', unit: '' }
export const VUS: MetricDefinition = { name: 'vus', type: 'gauge', unit: '', across: 'sum' }
export const MEMORY: MetricDefinition = { name: 'generator_memory', type: 'gauge', unit: 'bytes', across: 'last' }

export interface Value {
  readonly metric: MetricDefinition
  readonly value: number
  readonly tags: Tags
}

/** A snapshot as a worker would make it from `values`, recorded in one second. */
export function recorded(shard: number, second: number, values: readonly Value[]): Snapshot {
  const table = new SeriesTable()
  for (const { metric, value, tags } of values) table.add(metric, value, tags)
  return snapshot(shard, second, { series: table.drain().series })
}

/** A snapshot of one whole second. */
export function snapshot(shard: number, second: number, parts: Partial<Snapshot> = {}): Snapshot {
  const base = { series: [], errors: [], scenarios: [], foldedTagSets: 0 }
  return { shard, second, from: second * 1_000, to: (second + 1) * 1_000, ...base, ...parts }
}

/** The only delta of one recording. */
export function delta(metric: MetricDefinition, values: readonly number[], tags: Tags = {}): SeriesDelta {
  const [first] = recorded(0, 0, values.map((value) => ({ metric, value, tags }))).series
  if (first === undefined) throw new Error('nothing was recorded')
  return first
}

/** The percentile HDR histograms approach: the smallest value that so many per cent do not exceed. */
export function exactPercentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const rank = Math.max(1, Math.ceil((percent / 100) * sorted.length - 1e-9))
  return sorted[rank - 1] ?? NaN
}
