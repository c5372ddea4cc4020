import type { Millis } from '../model/clock.ts'
import type { Unit } from '../model/metric.ts'
import type { SeriesDelta } from '../model/snapshot.ts'
import { tagKey } from '../model/tags.ts'
import type { Aggregate, Origin } from './aggregate.ts'
import type { Series, SeriesIdentity } from './series.ts'

export type Across = 'sum' | 'max' | 'last'

export class GaugeSeries implements Series {
  readonly #identity: SeriesIdentity
  readonly #across: Across
  #last: number | undefined
  #min = Infinity
  #max = -Infinity

  constructor(identity: SeriesIdentity, across: Across) {
    this.#identity = identity
    this.#across = across
  }

  record(value: number): void {
    if (!Number.isFinite(value)) return
    this.#last = value
    this.#min = Math.min(this.#min, value)
    this.#max = Math.max(this.#max, value)
  }

  drain(): SeriesDelta | undefined {
    if (this.#last === undefined) return undefined
    const gained = { last: this.#last, min: this.#min, max: this.#max, across: this.#across }
    this.#last = undefined
    this.#min = Infinity
    this.#max = -Infinity
    return { ...this.#identity, type: 'gauge', ...gained }
  }
}

/** A value of which only the newest counts; of two at the same time that of the higher shard. */
export class LastGaugeAggregate implements Aggregate {
  readonly type = 'gauge'
  readonly unit: Unit
  count = 0
  #last = NaN
  #origin: Pick<Origin, 'shard' | 'to'> = { shard: -1, to: -1 }
  #min = Infinity
  #max = -Infinity

  constructor(unit: Unit) {
    this.unit = unit
  }

  empty(): Aggregate {
    return new LastGaugeAggregate(this.unit)
  }

  merge(delta: SeriesDelta, origin: Origin): void {
    if (delta.type === 'gauge') this.#add(delta.last, origin, delta.min, delta.max, 1)
  }

  absorb(other: Aggregate): void {
    if (other instanceof LastGaugeAggregate)
      this.#add(other.#last, other.#origin, other.#min, other.#max, other.count)
  }

  #add(
    last: number,
    { shard, to }: Pick<Origin, 'shard' | 'to'>,
    min: number,
    max: number,
    count: number,
  ): void {
    const later = to - this.#origin.to || shard - this.#origin.shard
    // Series of one snapshot have no order: the larger value, so that the result has one.
    if (later > 0 || (later === 0 && last > this.#last)) {
      this.#last = last
      // Not what came: that is a whole snapshot, which would stay as long as this does.
      this.#origin = { shard, to }
    }
    this.#min = Math.min(this.#min, min)
    this.#max = Math.max(this.#max, max)
    this.count += count
  }

  value(aggregation: string): number | undefined {
    if (this.count === 0) return undefined
    if (aggregation === 'value') return this.#last
    if (aggregation === 'min') return this.#min
    return aggregation === 'max' ? this.#max : undefined
  }
}

/** Seconds whose value may still change: shards and machines must not be further apart than this. */
const OPEN_SECONDS = 128

/** The newest value of one series of one shard in a second. */
interface Share {
  readonly key: string
  readonly last: number
  readonly to: Millis
}

/** A second as it is kept once nothing more is to be expected: a timeline has thousands of gauges. */
interface Rest {
  readonly second: number
  readonly shares: readonly Share[]
}

/** One copy of the key of each series of each shard, however many gauges have it. */
const KEYS = new Map<string, string>()

function keyOf(shard: number, { tags }: SeriesDelta): string {
  const key = `${shard} ${tagKey(tags)}`
  const known = KEYS.get(key)
  if (known === undefined) KEYS.set(key, key)
  return known ?? key
}

/** How the values of one second make one. */
const JOINED: Readonly<Record<'sum' | 'max', (values: readonly number[]) => number>> = {
  sum: (values) => values.reduce((sum, value) => sum + value, 0),
  max: (values) => Math.max(...values),
}

/**
 * A value of all shards together: an amount of which each has a share, such as `vus`, or the largest of
 * their own, such as `generator_cpu`. Its value is the sum or the largest of the latest second; `min` and
 * `max` are of those, second by second. Between the first and the last shard's snapshot of a second it is
 * of a part, so ask after whole seconds.
 */
export class JointGaugeAggregate implements Aggregate {
  readonly type = 'gauge'
  readonly unit: Unit
  count = 0
  readonly #across: 'sum' | 'max'
  /** By second, then by shard and series. */
  #open: Map<number, Map<string, Share>> | undefined
  /** In place of a single open second. */
  #rest: Rest | undefined
  /** The latest second folded into `min` and `max`; it and those before no longer change. */
  #closed = -1
  #min = Infinity
  #max = -Infinity

  constructor(unit: Unit, across: 'sum' | 'max') {
    this.unit = unit
    this.#across = across
  }

  empty(): Aggregate {
    return new JointGaugeAggregate(this.unit, this.#across)
  }

  merge(delta: SeriesDelta, { shard, second, to }: Origin): void {
    if (delta.type !== 'gauge') return
    this.count++
    this.#put(second, { key: keyOf(shard, delta), last: delta.last, to })
  }

  absorb(other: Aggregate): void {
    if (!(other instanceof JointGaugeAggregate)) return
    this.#min = Math.min(this.#min, other.#min)
    this.#max = Math.max(this.#max, other.#max)
    this.count += other.count
    for (const [second, shares] of other.#seconds())
      for (const share of shares) this.#put(second, { ...share })
  }

  /**
   * Folds all seconds but the latest, as is done with those long ago: what comes for one of them later counts in
   * neither `min` nor `max`. The value stays exact in any order.
   */
  compact(): void {
    const open = this.#open
    if (open === undefined) return
    const seconds = [...open.keys()].toSorted((a, b) => a - b)
    for (const second of seconds.slice(0, -1)) this.#close(open, second)
    // Sliced, for an array made from an iterator has room for sixteen more.
    for (const [second, shares] of open) this.#rest = { second, shares: [...shares.values()].slice() }
    this.#open = undefined
  }

  #put(second: number, share: Share): void {
    if (second <= this.#closed) return
    const open = this.#wake()
    let shares = open.get(second)
    if (shares === undefined) open.set(second, (shares = new Map()))
    const known = shares.get(share.key)
    if (known === undefined || share.to >= known.to) shares.set(share.key, share)
    if (open.size > OPEN_SECONDS) this.#close(open, Math.min(...open.keys()))
  }

  #wake(): Map<number, Map<string, Share>> {
    const rest = this.#rest
    this.#open ??= new Map()
    if (rest !== undefined)
      this.#open.set(rest.second, new Map(rest.shares.map((share) => [share.key, share])))
    this.#rest = undefined
    return this.#open
  }

  #close(open: Map<number, Map<string, Share>>, second: number): void {
    const value = this.#joined(open.get(second)?.values() ?? [])
    open.delete(second)
    this.#closed = second
    this.#min = Math.min(this.#min, value)
    this.#max = Math.max(this.#max, value)
  }

  #joined(shares: Iterable<Share>): number {
    return JOINED[this.#across](Array.from(shares, ({ last }) => last))
  }

  #seconds(): (readonly [second: number, shares: Iterable<Share>])[] {
    if (this.#rest !== undefined) return [[this.#rest.second, this.#rest.shares]]
    return Array.from(this.#open ?? [], ([second, shares]) => [second, shares.values()])
  }

  value(aggregation: string): number | undefined {
    const joined = this.#seconds().map(([second, shares]) => ({ second, value: this.#joined(shares) }))
    if (joined.length === 0) return undefined
    if (aggregation === 'value') return joined.reduce((a, b) => (b.second > a.second ? b : a)).value
    const values = joined.map(({ value }) => value)
    if (aggregation === 'min') return Math.min(this.#min, ...values)
    return aggregation === 'max' ? Math.max(this.#max, ...values) : undefined
  }
}
