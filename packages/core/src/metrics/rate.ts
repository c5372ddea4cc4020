import type { Unit } from '../model/metric.ts'
import type { SeriesDelta } from '../model/snapshot.ts'
import type { Aggregate } from './aggregate.ts'
import type { Series, SeriesIdentity } from './series.ts'

export class RateSeries implements Series {
  readonly #identity: SeriesIdentity
  #passes = 0
  #fails = 0

  constructor(identity: SeriesIdentity) {
    this.#identity = identity
  }

  /** 0 is false, every other number true. */
  record(value: number): void {
    if (value === 0) this.#fails++
    else if (Number.isFinite(value)) this.#passes++
  }

  drain(): SeriesDelta | undefined {
    const [passes, fails] = [this.#passes, this.#fails]
    this.#passes = 0
    this.#fails = 0
    return passes + fails === 0 ? undefined : { ...this.#identity, type: 'rate', passes, fails }
  }
}

/** The share of true values, 0 to 1. */
export class RateAggregate implements Aggregate {
  readonly type = 'rate'
  readonly unit: Unit
  #passes = 0
  #fails = 0

  constructor(unit: Unit) {
    this.unit = unit
  }

  empty(): Aggregate {
    return new RateAggregate(this.unit)
  }

  get count(): number {
    return this.#passes + this.#fails
  }

  merge(delta: SeriesDelta): void {
    if (delta.type === 'rate') this.#add(delta.passes, delta.fails)
  }

  absorb(other: Aggregate): void {
    if (other instanceof RateAggregate) this.#add(other.#passes, other.#fails)
  }

  #add(passes: number, fails: number): void {
    this.#passes += passes
    this.#fails += fails
  }

  value(aggregation: string): number | undefined {
    if (this.count === 0) return undefined
    if (aggregation === 'passes') return this.#passes
    if (aggregation === 'fails') return this.#fails
    return aggregation === 'rate' ? this.#passes / this.count : undefined
  }
}
