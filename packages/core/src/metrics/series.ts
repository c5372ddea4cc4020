import type { MetricDefinition } from '../model/metric.ts'
import type { SeriesDelta } from '../model/snapshot.ts'
import type { Tags } from '../model/tags.ts'
import { CounterSeries } from './counter.ts'
import { GaugeSeries } from './gauge.ts'
import type { HistogramPool } from './histogram-pool.ts'
import { RateSeries } from './rate.ts'
import { TrendSeries } from './trend.ts'

/** One metric under one tag set on one worker: what it gained since the last snapshot. */
export interface Series {
  /** Trends count a value that is no finite number as clamped; the other types leave it out. */
  record(value: number): void
  /** What was gained since the last call, or `undefined` if nothing was recorded. Starts anew. */
  drain(): SeriesDelta | undefined
}

/** What names a series in every delta it gives. */
export type SeriesIdentity = Pick<SeriesDelta, 'metric' | 'tags' | 'unit'>

export function openSeries(metric: MetricDefinition, tags: Tags, histograms: HistogramPool): Series {
  const identity: SeriesIdentity = { metric: metric.name, tags, unit: metric.unit }
  if (metric.type === 'counter') return new CounterSeries(identity)
  if (metric.type === 'rate') return new RateSeries(identity)
  if (metric.type === 'trend') return new TrendSeries(identity, histograms)
  return new GaugeSeries(identity, metric.across ?? 'last')
}
