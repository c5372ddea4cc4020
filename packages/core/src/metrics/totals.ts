import type { Millis } from '../model/clock.ts'
import { BUILT_IN_METRICS } from '../model/metric.ts'
import type { SeriesDelta, Snapshot } from '../model/snapshot.ts'
import { matches, tagKey, type Tags } from '../model/tags.ts'
import { aggregateFor, type Aggregate, type Origin } from './aggregate.ts'
import { ErrorTotals } from './error-totals.ts'
import { ExampleTotals } from './example-totals.ts'
import { ScriptErrorTotals } from './script-error-totals.ts'

/** One series of the whole run. */
export interface SeriesTotal {
  readonly tags: Tags
  readonly aggregate: Aggregate
}

/** A part of a metric someone asks for, kept up with every snapshot from then on. */
interface Selection {
  readonly selector: Tags
  /** Nothing before the first series that matches. */
  aggregate: Aggregate | undefined
}

/** A series and the selections it counts in, found once and not each second. */
interface Fed extends SeriesTotal {
  readonly feeds: Selection[]
}

interface MetricTotals {
  readonly series: Map<string, Fed>
  readonly selections: Map<string, Selection>
}

const BUILT_IN_ORDER = new Map(BUILT_IN_METRICS.map(({ name }, index) => [name, index]))

/**
 * Metrics that are not of the measured time alone: those of the whole run, as the generator and its arrivals have
 * no warm-up, and those of the warm-up.
 */
const OTHER_TIME: Readonly<Record<string, 'whole' | 'warmUp'>> = {
  iterations_started: 'whole',
  event_loop_delay: 'whole',
  gc_pause: 'whole',
  warmup_iterations: 'warmUp',
  warmup_requests: 'warmUp',
}

/** How much of the first ms of a run is measured, and in how much of them some scenario warms up. */
interface WarmUpTimes {
  measured(elapsed: Millis): Millis
  warmUp(elapsed: Millis): Millis
}

const NO_WARM_UP: WarmUpTimes = { measured: (elapsed) => elapsed, warmUp: () => 0 }

function place(metric: string): number {
  return BUILT_IN_ORDER.get(metric) ?? BUILT_IN_ORDER.size
}

/**
 * What all snapshots merged so far add up to, and any part of it. The whole of each metric is kept
 * from its first value on; other parts from when they are first asked for.
 */
export class Totals {
  readonly errors = new ErrorTotals()
  readonly examples = new ExampleTotals()
  readonly scriptErrors = new ScriptErrorTotals()
  readonly #metrics = new Map<string, MetricTotals>()
  /** Kept of every metric from its first value on. */
  readonly #kept: Tags[] = [{}]
  readonly #times: WarmUpTimes
  #elapsed: Millis = 0
  #foldedTagSets = 0

  /** @param times all of the run is measured, if not given. */
  constructor(times: WarmUpTimes = NO_WARM_UP) {
    this.#times = times
  }

  /** End of the latest interval, ms from the start of the run. */
  get elapsed(): Millis {
    return this.#elapsed
  }

  /** The time without the warm-up, which most values come from. */
  get measured(): Millis {
    return this.#times.measured(this.#elapsed)
  }

  /** The time that values of a metric come from, which rates are over. */
  timeOf(metric: string): Millis {
    const other = OTHER_TIME[metric]
    if (other === undefined) return this.measured
    return other === 'whole' ? this.#elapsed : this.#times.warmUp(this.#elapsed)
  }

  /** Tag sets folded together, summed over the shards: one that two shards folded counts twice. */
  get foldedTagSets(): number {
    return this.#foldedTagSets
  }

  /** Each snapshot is to be merged once; their order does not matter. */
  merge(snapshot: Snapshot): void {
    this.#elapsed = Math.max(this.#elapsed, snapshot.to)
    this.#foldedTagSets += snapshot.foldedTagSets
    for (const delta of snapshot.series) this.#add(delta, snapshot)
    this.errors.merge(snapshot)
    this.examples.merge(snapshot)
    this.scriptErrors.merge(snapshot)
  }

  #add(delta: SeriesDelta, origin: Origin): void {
    const { series } = this.#metric(delta.metric)
    const key = tagKey(delta.tags)
    let fed = series.get(key)
    if (fed === undefined) {
      fed = { tags: delta.tags, aggregate: aggregateFor(delta), feeds: this.#feedsOf(delta) }
      series.set(key, fed)
    }
    fed.aggregate.merge(delta, origin)
    for (const selection of fed.feeds) {
      selection.aggregate ??= aggregateFor(delta)
      selection.aggregate.merge(delta, origin)
    }
  }

  #metric(name: string): MetricTotals {
    let metric = this.#metrics.get(name)
    if (metric === undefined) {
      const kept = this.#kept.map(
        (selector) => [tagKey(selector), { selector, aggregate: undefined }] as const,
      )
      metric = { series: new Map(), selections: new Map<string, Selection>(kept) }
      this.#metrics.set(name, metric)
    }
    return metric
  }

  #feedsOf({ metric, tags }: SeriesDelta): Selection[] {
    return [...this.#metric(metric).selections.values()].filter(({ selector }) => matches(tags, selector))
  }

  /** From now on a part of every metric is kept up, also of those without a value yet; and of the errors. */
  keep(selector: Tags): void {
    this.#kept.push(selector)
    this.errors.keep(selector)
    for (const metric of this.#metrics.keys()) this.select(metric, selector)
  }

  /**
   * The sum of all series of a metric that match; `undefined` where there is none. Asking again is
   * cheap. For a gauge across `sum`, ask before the run: `min` and `max` of a sum of several series
   * cannot be had from what is kept of each.
   */
  select(metric: string, selector: Tags): Aggregate | undefined {
    const { series, selections } = this.#metric(metric)
    const key = tagKey(selector)
    const known = selections.get(key)
    if (known !== undefined) return known.aggregate
    const selection: Selection = { selector, aggregate: undefined }
    selections.set(key, selection)
    for (const fed of series.values()) {
      if (!matches(fed.tags, selector)) continue
      fed.feeds.push(selection)
      selection.aggregate ??= fed.aggregate.empty()
      selection.aggregate.absorb(fed.aggregate)
    }
    return selection.aggregate
  }

  /** The series of a metric as the shards recorded them, in order of their first value. */
  series(metric: string): readonly SeriesTotal[] {
    return [...(this.#metrics.get(metric)?.series.values() ?? [])]
  }

  /** The metrics with data: built-in ones in their order, then those of the script by name. */
  names(): string[] {
    return [...this.#metrics]
      .filter(([, { series }]) => series.size > 0)
      .map(([name]) => name)
      .toSorted((a, b) => place(a) - place(b) || (a < b ? -1 : 1))
  }
}
