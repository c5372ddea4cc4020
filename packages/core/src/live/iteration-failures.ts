import type { FailureKind } from '../worker/protocol.ts'

/** Different failures printed whole, all workers together. */
const KINDS_PRINTED = 10

/** Failed iterations of all workers, in lines to print: each kind once, and at the end how often it came. */
export class IterationFailures {
  readonly #kinds = new Map<string, { readonly scenario: string; readonly head: string; count: number }>()
  #others = 0

  /** A worker saw this kind for the first time. @returns a line, where no other worker did before. */
  first(scenario: string, text: string): string | undefined {
    const kind = `${scenario} ${text}`
    if (this.#kinds.has(kind) || this.#kinds.size >= KINDS_PRINTED) return undefined
    this.#kinds.set(kind, { scenario, head: text.split('\n', 1).join(), count: 0 })
    return `an iteration of ${scenario} failed: ${text}`
  }

  /** What one worker counted in all. */
  add(kinds: readonly FailureKind[], others: number): void {
    this.#others += others
    for (const { scenario, text, count } of kinds) {
      const known = this.#kinds.get(`${scenario} ${text}`)
      if (known === undefined) this.#others += count
      else known.count += count
    }
  }

  /** How often each came, where it came again. */
  lines(): string[] {
    const repeated = [...this.#kinds.values()].filter(({ count }) => count > 1)
    return [
      ...repeated.map(
        ({ scenario, head, count }) => `${count} iterations of ${scenario} failed like this: ${head}`,
      ),
      ...(this.#others > 0 ? [`${this.#others} iterations failed in other ways`] : []),
    ]
  }
}
