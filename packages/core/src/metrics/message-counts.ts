import { messageTemplate, MOST_MESSAGES, type MessageDelta } from '../model/message-kind.ts'

/** The name under which a text is counted. */
export type Naming = (text: string) => string

/**
 * How often each message came, over all shards and intervals. The same whatever the order and however
 * failures were spread over shards, as long as no shard met more kinds than it tells apart.
 */
export class MessageCounts {
  readonly #counts = new Map<string, number>()
  /** Templates that stand for several messages. */
  readonly #shared = new Set<string>()

  add(deltas: readonly MessageDelta[]): void {
    for (const { text, count, like = false } of deltas) {
      this.#counts.set(text, (this.#counts.get(text) ?? 0) + count)
      if (like) this.#shared.add(messageTemplate(text))
    }
  }

  /** Each message by itself; where there are too many, those of one template together. */
  naming(): Naming {
    const { size } = this.#counts
    if (size <= MOST_MESSAGES && this.#shared.size === 0) return (text) => text
    const seen = new Set<string>()
    const shared = new Set(this.#shared)
    for (const text of this.#counts.keys()) {
      const template = messageTemplate(text)
      if (seen.has(template)) shared.add(template)
      seen.add(template)
    }
    return (text) => {
      const template = messageTemplate(text)
      return shared.has(template) ? template : text
    }
  }

  /** The most frequent first, up to twenty. @param naming of the whole that this is a part of. */
  list(naming: Naming): { readonly message: string; readonly count: number }[] {
    const named = new Map<string, number>()
    for (const [text, count] of this.#counts) {
      const name = naming(text)
      named.set(name, (named.get(name) ?? 0) + count)
    }
    return Array.from(named, ([message, count]) => ({ message, count }))
      .toSorted((a, b) => b.count - a.count || (a.message < b.message ? -1 : 1))
      .slice(0, MOST_MESSAGES)
  }
}
