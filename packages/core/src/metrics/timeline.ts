import type { MetricType } from '../model/metric.ts'
import type { ErrorDelta, SeriesDelta, Snapshot } from '../model/snapshot.ts'
import type { ErrorSeries, Part, Timeline, TimelineSeries } from '../model/summary.ts'
import { tagKey, type Tags } from '../model/tags.ts'
import { Parts } from './parts.ts'
import { TimelineLines, type Line } from './timeline-lines.ts'
import { TimelinePoint } from './timeline-point.ts'

/** Points a timeline has at most, seconds of ten minutes; over it, neighbours are merged until it has half as many. */
const MAX_POINTS = 600
/** Points times lines: with many parts it is merged earlier, */
const MAX_CELLS = 300_000
/** but not below this. */
const FEWEST_POINTS = 200
/** Cells compacted at once: few enough not to be noticed, so many that merged points are small again within minutes. */
const COMPACTED_CELLS = 250
/** Parts with lines of their own, in the order they come; of further ones there are only totals. */
const MAX_PARTS = 40

/** Names of the stats of a series, and the aggregation each is. */
const STATS: Readonly<Record<MetricType, Readonly<Record<string, string>>>> = {
  trend: { count: 'count', avg: 'avg', p50: 'p(50)', p95: 'p(95)', p99: 'p(99)', max: 'max' },
  counter: { count: 'count', rate: 'rate' },
  rate: { rate: 'rate' },
  gauge: { value: 'value' },
}

/**
 * The run over time, from its snapshots: as they come, or read from the file they were written to.
 * Bounded in memory by its points, lines and parts; a point of several seconds is the exact sum of them.
 */
export class TimelineBuilder {
  readonly #maxPoints: number
  /** Seconds a point covers, a power of two. */
  #width = 1
  #points = new Map<number, TimelinePoint>()
  /** The latest point, which more is to come to. */
  #open: TimelinePoint | undefined
  /** Points not compacted since they were merged: a few have their turn each time something is added. */
  #loose: TimelinePoint[] = []
  readonly #lines = new TimelineLines()
  readonly #parts: Parts
  /** Their keys in the names of lines. */
  readonly #followed = new Map<Part, string>()
  readonly #leftOut = new Set<Part>()
  #latest = 0

  constructor(parts = new Parts([]), maxPoints = MAX_POINTS) {
    this.#parts = parts
    this.#maxPoints = maxPoints
  }

  /** Parts that have no lines because there are too many. */
  get leftOut(): number {
    return this.#leftOut.size
  }

  /** Each snapshot is to be added once; their order does not matter. */
  add(snapshots: Iterable<Snapshot>): void {
    for (const snapshot of snapshots) {
      const point = this.#pointAt(snapshot.second)
      point.span(snapshot.from, snapshot.to)
      for (const delta of snapshot.series) this.#addTo(point, delta, snapshot)
      for (const delta of snapshot.errors) this.#addErrors(point, delta)
    }
    this.#compactSome()
  }

  #compactSome(): void {
    for (let left = COMPACTED_CELLS; left > 0;) {
      const point = this.#loose.pop()
      if (point === undefined) return
      point.compact()
      left -= Math.max(1, point.cells.length)
    }
  }

  #pointAt(second: number): TimelinePoint {
    this.#latest = Math.max(this.#latest, second)
    this.#fit()
    const index = Math.floor(second / this.#width)
    let point = this.#points.get(index)
    if (point === undefined) this.#points.set(index, (point = this.#begin()))
    return point
  }

  #begin(): TimelinePoint {
    this.#open?.compact()
    this.#open = new TimelinePoint()
    return this.#open
  }

  #fit(): void {
    const room = Math.max(FEWEST_POINTS, Math.floor(MAX_CELLS / this.#lines.all.length))
    while (this.#latest >= Math.min(this.#maxPoints, room) * this.#width) this.#halve()
  }

  #halve(): void {
    const merged = new Map<number, TimelinePoint>()
    for (const [index, point] of this.#points) {
      const half = merged.get(index >> 1)
      if (half === undefined) merged.set(index >> 1, point)
      else half.absorb(point)
    }
    this.#points = merged
    this.#loose = [...merged.values()]
    this.#open = undefined
    this.#width *= 2
  }

  #addTo(point: TimelinePoint, delta: SeriesDelta, snapshot: Snapshot): void {
    const lines = this.#lines.fedBy(delta, this.#keysOf(delta.tags), (line, from) => this.#copy(line, from))
    for (const { number, empty } of lines) (point.cells[number] ??= empty.empty()).merge(delta, snapshot)
  }

  /** Gives a line cells of its own that are those of another so far. */
  #copy({ number, empty }: Line, from: Line): void {
    for (const { cells } of this.#points.values()) {
      const cell = cells[from.number]
      if (cell !== undefined) (cells[number] = empty.empty()).absorb(cell)
    }
  }

  #addErrors(point: TimelinePoint, { class: name, count, scenario, tags }: ErrorDelta): void {
    point.addErrors('', name, count)
    for (const key of this.#keysOf({ ...tags, scenario }).keys()) point.addErrors(key, name, count)
  }

  /** The parts with lines that a series with `tags` belongs to: keys and tags. */
  #keysOf(tags: Tags): Map<string, Tags> {
    const keys = new Map<string, Tags>()
    for (const part of this.#parts.of(tags)) {
      const key = this.#keyOf(part)
      if (key !== undefined) keys.set(key, part.tags)
    }
    return keys
  }

  #keyOf(part: Part): string | undefined {
    const known = this.#followed.get(part)
    if (known !== undefined) return known
    if (this.#followed.size >= MAX_PARTS) {
      this.#leftOut.add(part)
      return undefined
    }
    const key = tagKey(part.tags)
    this.#followed.set(part, key)
    return key
  }

  /** The timeline of what was added so far. More may be added afterwards. */
  build(): Omit<Timeline, 'markers'> {
    this.#fit()
    const points = [...this.#points].toSorted(([a], [b]) => a - b).map(([, point]) => point)
    return {
      at: points.map(({ to }) => to / 1_000),
      width: points.map(({ from, to }) => (to - from) / 1_000),
      series: seriesOf(this.#lines.all, points),
      errors: errorsOf('', points),
      partErrors: Array.from(this.#followed, ([{ tags }, key]) => ({
        tags,
        errors: errorsOf(key, points),
      })).filter(({ errors }) => Object.keys(errors).length > 0),
    }
  }
}

/** @param part its key, `''` of the whole. */
function errorsOf(part: string, points: readonly TimelinePoint[]): ErrorSeries {
  const byPoint = points.map(({ errors }) => errors.get(part))
  const classes = [...new Set(byPoint.flatMap((byClass) => [...(byClass?.keys() ?? [])]))].toSorted()
  return Object.fromEntries(classes.map((name) => [name, byPoint.map((byClass) => byClass?.get(name) ?? 0)]))
}

/**
 * A counter that gained nothing says 0; the others have no value then. Point by point, for lines of one
 * point may have the same values, and adding these up once is enough.
 */
function seriesOf(lines: readonly Line[], points: readonly TimelinePoint[]): TimelineSeries[] {
  const columns = lines.map((line) => {
    const stats = Object.entries(STATS[line.empty.type]).map(([name, aggregation]) => ({
      name,
      aggregation,
      values: Array<number | null>(),
    }))
    return { line, stats }
  })
  for (const { cells, from, to } of points) {
    for (const { line, stats } of columns) {
      const cell = cells[(line.like ?? line).number] ?? line.empty
      for (const { aggregation, values } of stats) values.push(cell.value(aggregation, to - from) ?? null)
    }
  }
  return columns.map(({ line: { metric, tags, empty }, stats }) => ({
    metric,
    tags,
    type: empty.type,
    unit: empty.unit,
    stats: Object.fromEntries(stats.map(({ name, values }) => [name, values])),
  }))
}
