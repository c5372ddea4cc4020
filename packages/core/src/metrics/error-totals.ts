import type { ErrorDelta, Snapshot } from '../model/snapshot.ts'
import type { ErrorSummary } from '../model/summary.ts'

interface Entry {
  count: number
  example: ErrorDelta['example']
  /** When the example came. */
  second: number
  shard: number
}

/** The failures of a run by class, each with the first that came. */
export class ErrorTotals {
  readonly #classes = new Map<ErrorDelta['class'], Entry>()

  /** Each snapshot is to be merged once; their order does not matter. */
  merge({ errors, second, shard }: Snapshot): void {
    for (const { class: name, count, example } of errors) {
      const known = this.#classes.get(name)
      if (known === undefined) {
        this.#classes.set(name, { count, example, second, shard })
        continue
      }
      known.count += count
      if ((second - known.second || shard - known.shard) >= 0) continue
      Object.assign(known, { example, second, shard })
    }
  }

  /** The most frequent first. */
  summaries(): ErrorSummary[] {
    return [...this.#classes]
      .map(([name, { count, example }]) => ({ class: name, count, example }))
      .toSorted((a, b) => b.count - a.count || (a.class < b.class ? -1 : 1))
  }
}
