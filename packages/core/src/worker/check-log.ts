import type { CheckExample } from '../model/snapshot.ts'
import { exampleText } from './example-text.ts'

/** Different checks with an example; a script has a handful. */
const MOST_CHECKS = 200

/** Keeps what came instead where each check failed first. */
export class CheckLog {
  readonly #seen = new Set<string>()
  #fresh: CheckExample[] = []

  note(name: string, value: unknown): void {
    if (this.#seen.has(name) || this.#seen.size >= MOST_CHECKS) return
    this.#seen.add(name)
    this.#fresh.push({ name, example: exampleText(value) })
  }

  /** What was noted since the last call. */
  drain(): readonly CheckExample[] {
    const fresh = this.#fresh
    if (fresh.length > 0) this.#fresh = []
    return fresh
  }
}
