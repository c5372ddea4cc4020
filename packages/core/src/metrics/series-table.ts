import type { MetricDefinition } from '../model/metric.ts'
import type { SeriesDelta } from '../model/snapshot.ts'
import type { Tags } from '../model/tags.ts'
import { HistogramPool } from './histogram-pool.ts'
import { openSeries, type Series } from './series.ts'
import { TagSet, TagSets } from './tag-set.ts'

/** Intervals a series may be without a value before it is forgotten. */
const IDLE_INTERVALS = 60

interface Slot {
  readonly series: Series
  idle: number
}

/** What a worker recorded in one interval. */
export interface Drained {
  readonly series: SeriesDelta[]
  /** Tag sets that were too many and count under a coarser one. */
  readonly folded: number
}

/**
 * Everything one worker records: each value once, in the series of its metric and full tag set.
 * Coarser views (a scenario, the untagged whole) are exact sums of these, made where they are read.
 */
export class SeriesTable {
  /** Where tag sets for `add` come from. */
  readonly tagSets: TagSets
  readonly #slots = new Map<TagSet, Map<string, Slot>>()
  readonly #histograms = new HistogramPool()
  /** Where the last value went. */
  #recent: TagSet | Tags | undefined
  #recentSet: TagSet
  #recentSlots = new Map<string, Slot>()

  /** @param maxTagSets different tag sets kept apart; see `TagSets`. */
  constructor(maxTagSets?: number) {
    this.tagSets = new TagSets(maxTagSets)
    this.#recentSet = this.tagSets.root
  }

  /** Series remembered: those with a value in the last minute. */
  get size(): number {
    let size = 0
    for (const byMetric of this.#slots.values()) size += byMetric.size
    return size
  }

  /** @param tags one of `tagSets`, where one value follows another; or plain tags. */
  add(metric: MetricDefinition, value: number, tags: TagSet | Tags): void {
    if (tags !== this.#recent) this.#look(tags)
    const slot = this.#recentSlots.get(metric.name) ?? this.#open(metric)
    slot.series.record(value)
  }

  /** One thing that happens gives many values under the same tags. Tags that can change are looked at anew. */
  #look(tags: TagSet | Tags): void {
    const set = tags instanceof TagSet ? tags : this.tagSets.of(tags)
    let slots = this.#slots.get(set)
    if (slots === undefined) this.#slots.set(set, (slots = new Map()))
    this.#recent = set === tags || Object.isFrozen(tags) ? tags : undefined
    this.#recentSet = set
    this.#recentSlots = slots
  }

  #open(metric: MetricDefinition): Slot {
    const slot: Slot = { series: openSeries(metric, this.#recentSet.tags, this.#histograms), idle: 0 }
    this.#recentSlots.set(metric.name, slot)
    return slot
  }

  /** The deltas since the last call, which starts the next interval. */
  drain(): Drained {
    const series: SeriesDelta[] = []
    for (const [set, byMetric] of this.#slots) {
      for (const [name, slot] of byMetric) {
        const delta = slot.series.drain()
        if (delta !== undefined) {
          series.push(delta)
          slot.idle = 0
        } else if (++slot.idle > IDLE_INTERVALS) byMetric.delete(name)
      }
      if (byMetric.size === 0) this.#slots.delete(set)
    }
    // Its slots may be gone.
    this.#recent = undefined
    this.#histograms.endInterval()
    return { series, folded: this.tagSets.takeFolded() }
  }
}
