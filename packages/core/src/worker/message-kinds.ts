import { messageTemplate, messageText, MOST_MESSAGES, type MessageDelta } from '../model/message-kind.ts'

/** Under which text a message is counted. */
export interface MessageKind extends Pick<MessageDelta, 'text' | 'like'> {
  /** Whether this is the first of it on this worker. */
  readonly fresh: boolean
}

/**
 * Sorts the messages of one class of failures. The first twenty different ones are counted apart; of
 * later ones those that differ in numbers and ids alone are one kind, up to twenty kinds more. Its size
 * is bounded, whatever messages come.
 */
export class MessageKinds {
  readonly #texts = new Set<string>()
  /** The first text of each template. */
  readonly #templates = new Map<string, string>()

  /** @returns nothing where there are too many kinds. */
  of(message: string): MessageKind | undefined {
    const text = messageText(message)
    if (this.#texts.has(text)) return { text, fresh: false }
    if (this.#texts.size < MOST_MESSAGES) {
      this.#texts.add(text)
      return { text, fresh: true }
    }
    const template = messageTemplate(text)
    const first = this.#templates.get(template)
    if (first !== undefined) return { text: first, fresh: false, ...(first === text ? {} : { like: true }) }
    if (this.#templates.size >= MOST_MESSAGES) return undefined
    this.#templates.set(template, text)
    return { text, fresh: true }
  }
}

/** Counts kinds of messages over one interval. */
export class MessageTally {
  readonly #kinds = new Map<string, { count: number; like: boolean }>()

  get size(): number {
    return this.#kinds.size
  }

  has(text: string): boolean {
    return this.#kinds.has(text)
  }

  add({ text, like: shared }: Pick<MessageDelta, 'text' | 'like'>): void {
    const like = shared === true
    const known = this.#kinds.get(text)
    if (known === undefined) this.#kinds.set(text, { count: 1, like })
    else {
      known.count += 1
      known.like ||= like
    }
  }

  deltas(): MessageDelta[] {
    return Array.from(this.#kinds, ([text, { count, like }]) => ({
      text,
      count,
      ...(like ? { like } : {}),
    }))
  }
}
