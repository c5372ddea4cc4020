import type { SeriesDelta } from '../model/snapshot.ts'
import { matches, type Tags } from '../model/tags.ts'
import { aggregateFor, type Aggregate } from './aggregate.ts'

/** A series of the timeline, whatever the interval. */
export interface Line {
  /** Its place among the cells of a point. */
  readonly number: number
  readonly metric: string
  readonly tags: Tags
  /** An aggregate of its kind, empty. */
  readonly empty: Aggregate
  /** All that came for the metric so far came for this part: the cells are those of this line. */
  like: Line | undefined
}

/** The lines of a metric. */
interface MetricLines {
  whole: Line | undefined
  /** By the key of the part. */
  readonly parts: Map<string, Line>
}

/**
 * The lines of a timeline: of each metric the whole, and its parts. While a part is the whole, as in a run of one
 * scenario, it has no cells of its own.
 */
export class TimelineLines {
  /** In the order they came, which is that of their numbers. */
  readonly all: Line[] = []
  readonly #metrics = new Map<string, MetricLines>()

  /**
   * @param parts tags of the parts that a delta belongs to, by key.
   * @param copy gives a line the cells of another, from which it differs from now on; called before that.
   * @returns the lines to whose cells the delta is to be added.
   */
  fedBy(
    delta: SeriesDelta,
    parts: ReadonlyMap<string, Tags>,
    copy: (line: Line, from: Line) => void,
  ): Line[] {
    const known = this.#metrics.get(delta.metric)
    const lines = known ?? { whole: undefined, parts: new Map<string, Line>() }
    if (known === undefined) this.#metrics.set(delta.metric, lines)
    const inWhole = matches(delta.tags, {})
    for (const [key, line] of lines.parts) {
      if (line.like === undefined || inWhole === parts.has(key)) continue
      copy(line, line.like)
      line.like = undefined
    }
    if (inWhole) lines.whole ??= this.#begin(delta, {})
    const same = known === undefined ? lines.whole : undefined
    for (const [key, tags] of parts)
      if (!lines.parts.has(key)) lines.parts.set(key, this.#begin(delta, tags, same))
    const asked = [...parts.keys()].flatMap((key) => lines.parts.get(key) ?? [])
    return [...(inWhole && lines.whole !== undefined ? [lines.whole] : []), ...asked].filter(
      ({ like }) => like === undefined,
    )
  }

  #begin(delta: SeriesDelta, tags: Tags, like?: Line): Line {
    const line = { number: this.all.length, metric: delta.metric, tags, empty: aggregateFor(delta), like }
    this.all.push(line)
    return line
  }
}
