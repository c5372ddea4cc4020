import type { ErrorDelta, Snapshot } from '../model/snapshot.ts'
import type { ErrorExample, ErrorSummary } from '../model/summary.ts'

/** Different messages shown of each class. */
const MOST_EXAMPLES = 5

interface Entry {
  count: number
  example: ErrorDelta['example']
  /** When the example came. */
  second: number
  shard: number
  /** By message, each as it came first. */
  readonly examples: Map<string, ErrorExample>
}

/** The failures of a run by class, each with the first that came. */
export class ErrorTotals {
  readonly #classes = new Map<ErrorDelta['class'], Entry>()

  /** Each snapshot is to be merged once; their order does not matter. */
  merge({ errors, second, shard }: Snapshot): void {
    for (const { class: name, count, example, examples = [] } of errors) {
      const known = this.#classes.get(name)
      if (known === undefined) {
        const entry: Entry = { count, example, second, shard, examples: new Map() }
        this.#classes.set(name, entry)
        addExamples(entry, examples)
        continue
      }
      known.count += count
      addExamples(known, examples)
      if ((second - known.second || shard - known.shard) >= 0) continue
      Object.assign(known, { example, second, shard })
    }
  }

  /** The most frequent first. */
  summaries(): ErrorSummary[] {
    return [...this.#classes]
      .map(([name, { count, example, examples }]) => ({
        class: name,
        count,
        example,
        examples: [...examples.values()].toSorted(byTime).slice(0, MOST_EXAMPLES),
      }))
      .toSorted((a, b) => b.count - a.count || (a.class < b.class ? -1 : 1))
  }
}

/** Each shard gives its own first few; the first of all shards are among them. */
function addExamples({ examples }: Entry, added: readonly ErrorExample[]): void {
  for (const example of added) {
    const known = examples.get(example.message)
    if (known === undefined || byTime(example, known) < 0) examples.set(example.message, example)
  }
}

function byTime(a: ErrorExample, b: ErrorExample): number {
  return a.at - b.at || (a.id < b.id ? -1 : 1)
}
