import type { Distribution, Part } from '../model/summary.ts'
import type { Tags } from '../model/tags.ts'
import type { HistogramBucket } from './histogram-sum.ts'
import type { Totals } from './totals.ts'
import { TrendAggregate } from './trend.ts'

/** Trends whose distribution a report shows. */
const METRICS = ['ttft', 'ttfat', 'ttft_scheduled', 'itl', 'tpot', 'e2e_latency', 'request_duration']

const BUCKETS_PER_DECADE = 12
/** What histograms round to; smaller values count as 0. */
const FINEST = 0.001
const FINEST_STEP = Math.round(Math.log10(FINEST) * BUCKETS_PER_DECADE)
/** Percentiles per halving of the distance to 100 %, as HdrHistogram writes them. */
const TICKS_PER_HALVING = 5

/** Every distribution with data: of the whole, and of each part. */
export function distributionsOf(totals: Totals, parts: readonly Part[]): Distribution[] {
  const selectors: Tags[] = [{}, ...parts.map(({ tags }) => tags)]
  return METRICS.flatMap((metric) =>
    selectors.flatMap((tags) => {
      const aggregate = totals.select(metric, tags)
      if (!(aggregate instanceof TrendAggregate) || aggregate.count === 0) return []
      const { unit, count } = aggregate
      const found = aggregate.buckets()
      return [{ metric, tags, unit, count, buckets: logBuckets(found), percentiles: ticks(found, count) }]
    }),
  )
}

/** The lower edge of a step of the logarithmic scale; everything below the finest is one bucket from 0. */
function edge(step: number): number {
  return step < FINEST_STEP ? 0 : Number((10 ** (step / BUCKETS_PER_DECADE)).toPrecision(4))
}

function stepOf(value: number): number {
  if (value < FINEST) return FINEST_STEP - 1
  const step = Math.floor(Math.log10(value) * BUCKETS_PER_DECADE + 1e-9)
  // Edges are rounded; a value between an edge and its rounding belongs to the other side.
  if (value >= edge(step + 1)) return step + 1
  return value < edge(step) ? step - 1 : step
}

function logBuckets(found: readonly HistogramBucket[]): Distribution['buckets'] {
  const counts = new Map<number, number>()
  for (const { lowest, count } of found) {
    const step = stepOf(lowest)
    counts.set(step, (counts.get(step) ?? 0) + count)
  }
  const steps = [...counts.keys()]
  const [first, last] = [Math.min(...steps), Math.max(...steps)]
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const step = first + index
    return [edge(step), edge(step + 1), counts.get(step) ?? 0]
  })
}

function ticks(found: readonly HistogramBucket[], count: number): Distribution['percentiles'] {
  const shown: [number, number][] = []
  let position = 0
  let passed = found[0]?.count ?? 0
  for (const share of shares(count)) {
    // Rounded up as HdrHistogram does, so that the same percentile has the same value everywhere.
    const needed = Math.ceil(share * count * (1 - Number.EPSILON))
    while (passed < needed && position < found.length - 1) passed += found[(position += 1)]?.count ?? 0
    shown.push([share, found[position]?.highest ?? 0])
  }
  const [smallest] = found
  if (smallest !== undefined) shown[0] = [0, smallest.lowest]
  return [...shown, [1, found.at(-1)?.highest ?? 0]]
}

/** 0, 0.1 … 0.5, 0.55 … 0.75, 0.775 …, as long as at least one value lies beyond. */
function* shares(count: number): Generator<number> {
  for (let half = 1; ; half /= 2) {
    for (let tick = 0; tick < TICKS_PER_HALVING; tick += 1) {
      const rest = half * (1 - tick / TICKS_PER_HALVING / 2)
      if (rest * count < 1) return
      yield Number((1 - rest).toPrecision(10))
    }
  }
}
