import type { ErrorClass } from '../model/failure.ts'
import type { Aggregate } from './aggregate.ts'
import { JointGaugeAggregate } from './gauge.ts'
import { TrendAggregate } from './trend.ts'

/** What came in one interval of a timeline. */
export class TimelinePoint {
  from = Infinity
  to = 0
  readonly cells = new Map<string, Aggregate>()
  readonly errors = new Map<ErrorClass, number>()

  absorb(other: TimelinePoint): void {
    this.span(other.from, other.to)
    for (const [key, aggregate] of other.cells) {
      const cell = this.cells.get(key)
      if (cell === undefined) this.cells.set(key, aggregate)
      else cell.absorb(aggregate)
    }
    for (const [name, count] of other.errors) this.addErrors(name, count)
  }

  span(from: number, to: number): void {
    this.from = Math.min(this.from, from)
    this.to = Math.max(this.to, to)
  }

  addErrors(name: ErrorClass, count: number): void {
    this.errors.set(name, (this.errors.get(name) ?? 0) + count)
  }

  /**
   * Adds up what its distributions were merged from, and leaves of gauges the latest second, which a timeline
   * shows: that takes less memory, however many seconds there are in it, and less time when they are read.
   */
  compact(): void {
    for (const cell of this.cells.values())
      if (cell instanceof TrendAggregate || cell instanceof JointGaugeAggregate) cell.compact()
  }
}
