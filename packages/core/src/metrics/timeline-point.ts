import type { ErrorClass } from '../model/failure.ts'
import type { Aggregate } from './aggregate.ts'
import { JointGaugeAggregate } from './gauge.ts'
import { TrendAggregate } from './trend.ts'

/** What came in one interval of a timeline. */
export class TimelinePoint {
  from = Infinity
  to = 0
  /** By the number of their line, with holes where nothing came. */
  readonly cells: (Aggregate | undefined)[] = []
  /** By the key of a part, `''` of the whole, and class. */
  readonly errors = new Map<string, Map<ErrorClass, number>>()

  absorb(other: TimelinePoint): void {
    this.span(other.from, other.to)
    other.cells.forEach((aggregate, line) => {
      const cell = this.cells[line]
      if (cell === undefined) this.cells[line] = aggregate
      else if (aggregate !== undefined) cell.absorb(aggregate)
    })
    for (const [part, byClass] of other.errors)
      for (const [name, count] of byClass) this.addErrors(part, name, count)
  }

  span(from: number, to: number): void {
    this.from = Math.min(this.from, from)
    this.to = Math.max(this.to, to)
  }

  addErrors(part: string, name: ErrorClass, count: number): void {
    let byClass = this.errors.get(part)
    if (byClass === undefined) this.errors.set(part, (byClass = new Map()))
    byClass.set(name, (byClass.get(name) ?? 0) + count)
  }

  /**
   * Adds up what its distributions were merged from, and leaves of gauges the latest second, which a timeline
   * shows: that takes less memory, however many seconds there are in it, and less time when they are read.
   */
  compact(): void {
    for (const cell of this.cells)
      if (cell instanceof TrendAggregate || cell instanceof JointGaugeAggregate) cell.compact()
  }
}
