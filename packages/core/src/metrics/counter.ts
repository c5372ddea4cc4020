import type { Millis } from '../model/clock.ts'
import type { Unit } from '../model/metric.ts'
import type { SeriesDelta } from '../model/snapshot.ts'
import type { Aggregate } from './aggregate.ts'
import type { Series, SeriesIdentity } from './series.ts'

export class CounterSeries implements Series {
  readonly #identity: SeriesIdentity
  #sum: number | undefined

  constructor(identity: SeriesIdentity) {
    this.#identity = identity
  }

  /** Adding 0 makes the counter known: it then has data, which say 0. */
  record(value: number): void {
    if (Number.isFinite(value)) this.#sum = (this.#sum ?? 0) + value
  }

  drain(): SeriesDelta | undefined {
    const sum = this.#sum
    this.#sum = undefined
    return sum === undefined ? undefined : { ...this.#identity, type: 'counter', sum }
  }
}

/** A sum. `rate` is per second of the time asked about. */
export class CounterAggregate implements Aggregate {
  readonly type = 'counter'
  readonly unit: Unit
  #sum = 0

  constructor(unit: Unit) {
    this.unit = unit
  }

  empty(): Aggregate {
    return new CounterAggregate(this.unit)
  }

  get count(): number {
    return this.#sum
  }

  merge(delta: SeriesDelta): void {
    if (delta.type === 'counter') this.#sum += delta.sum
  }

  absorb(other: Aggregate): void {
    if (other instanceof CounterAggregate) this.#sum += other.#sum
  }

  value(aggregation: string, elapsed: Millis): number | undefined {
    if (aggregation === 'count') return this.#sum
    return aggregation === 'rate' && elapsed > 0 ? (this.#sum / elapsed) * 1_000 : undefined
  }
}
