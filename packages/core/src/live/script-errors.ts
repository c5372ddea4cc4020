import { stackTemplate } from '../model/message-kind.ts'
import type { ScriptErrorDelta } from '../model/snapshot.ts'

/** Kinds printed whole, all workers together. */
const KINDS_PRINTED = 10

/** What scripts of all workers threw, in lines to print: each kind once. The summary says how often it came. */
export class ScriptErrors {
  readonly #kinds = new Set<string>()

  /** A worker saw this kind for the first time. @returns a line, where no other worker did before. */
  first(kind: ScriptErrorDelta['kind'], scenario: string, text: string): string | undefined {
    const key = `${kind} ${scenario} ${stackTemplate(text)}`
    if (this.#kinds.has(key) || this.#kinds.size >= KINDS_PRINTED) return undefined
    this.#kinds.add(key)
    return kind === 'iteration'
      ? `an iteration of ${scenario} failed: ${text}`
      : `unhandled rejection in the script: ${text}`
  }
}
