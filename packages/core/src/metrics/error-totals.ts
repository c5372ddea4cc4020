import { messageText } from '../model/message-kind.ts'
import type { ErrorDelta, Snapshot } from '../model/snapshot.ts'
import type { ErrorExample, ErrorMessage, ErrorPart, ErrorSummary } from '../model/error-summary.ts'
import { matches, type Tags } from '../model/tags.ts'
import { MessageCounts, type Naming } from './message-counts.ts'

/** Different messages shown of each class as they came first. */
const MOST_EXAMPLES = 5

interface PartEntry {
  readonly selector: Tags
  count: number
  readonly messages: MessageCounts
}

interface Entry {
  count: number
  example: ErrorDelta['example']
  /** When the example came. */
  second: number
  shard: number
  /** By what tells messages apart, each as it came first. */
  readonly examples: Map<string, ErrorExample>
  readonly messages: MessageCounts
  readonly parts: PartEntry[]
}

/** The failures of a run by class, each with the first that came, its messages and where they came. */
export class ErrorTotals {
  readonly #classes = new Map<ErrorDelta['class'], Entry>()
  readonly #kept: Tags[] = []
  /** Tags that failures were told apart by. */
  readonly #told = new Set(['scenario'])

  /** From now on failures of this part are counted apart. */
  keep(selector: Tags): void {
    this.#kept.push(selector)
    for (const { parts } of this.#classes.values()) parts.push(partEntry(selector))
  }

  /** Each snapshot is to be merged once; their order does not matter. */
  merge({ errors, second, shard }: Snapshot): void {
    for (const delta of errors) {
      const { class: name, example } = delta
      for (const tag in delta.tags) this.#told.add(tag)
      let entry = this.#classes.get(name)
      if (entry === undefined) {
        entry = {
          count: 0,
          example,
          second,
          shard,
          examples: new Map(),
          messages: new MessageCounts(),
          parts: this.#kept.map(partEntry),
        }
        this.#classes.set(name, entry)
      }
      count(entry, delta)
      if ((second - entry.second || shard - entry.shard) < 0) Object.assign(entry, { example, second, shard })
    }
  }

  /** The most frequent first. */
  summaries(): ErrorSummary[] {
    return [...this.#classes]
      .map(([name, entry]) => this.#summary(name, entry))
      .toSorted((a, b) => b.count - a.count || (a.class < b.class ? -1 : 1))
  }

  #summary(
    name: ErrorDelta['class'],
    { count: all, example, examples, messages, parts }: Entry,
  ): ErrorSummary {
    const naming = messages.naming()
    const first = firstByName(examples, naming)
    const listed = messages.list(naming).map((one): ErrorMessage => {
      const came = first.get(one.message)
      return came === undefined ? one : { ...one, first: came }
    })
    return {
      class: name,
      count: all,
      example,
      examples: [...examples.values()].toSorted(byTime).slice(0, MOST_EXAMPLES),
      messages: listed,
      others: all - listed.reduce((sum, one) => sum + one.count, 0),
      parts: parts
        .filter(({ selector }) => Object.keys(selector).every((tag) => this.#told.has(tag)))
        .map((part): ErrorPart => ({
          tags: part.selector,
          count: part.count,
          messages: part.messages.list(naming),
        })),
    }
  }
}

function partEntry(selector: Tags): PartEntry {
  return { selector, count: 0, messages: new MessageCounts() }
}

function count(
  entry: Entry,
  { scenario, tags, count: amount, examples = [], messages = [] }: ErrorDelta,
): void {
  entry.count += amount
  entry.messages.add(messages)
  addExamples(entry, examples)
  for (const part of entry.parts) {
    if (!matches({ ...tags, scenario }, part.selector)) continue
    part.count += amount
    part.messages.add(messages)
  }
}

/** Each shard gives its own first few; the first of all shards are among them. */
function addExamples({ examples }: Entry, added: readonly ErrorExample[]): void {
  for (const example of added) {
    const text = messageText(example.message)
    const known = examples.get(text)
    if (known === undefined || byTime(example, known) < 0) examples.set(text, example)
  }
}

function firstByName(examples: ReadonlyMap<string, ErrorExample>, naming: Naming): Map<string, ErrorExample> {
  const first = new Map<string, ErrorExample>()
  for (const [text, example] of examples) {
    const name = naming(text)
    const known = first.get(name)
    if (known === undefined || byTime(example, known) < 0) first.set(name, example)
  }
  return first
}

function byTime(a: ErrorExample, b: ErrorExample): number {
  return a.at - b.at || (a.id < b.id ? -1 : 1)
}
