import { stackOf } from '../script/load.ts'
import type { MainLink } from './main-link.ts'
import type { FailureKind } from './protocol.ts'

/** Different failures of iterations told whole; further kinds are only counted. */
const KINDS_TOLD = 10

/** Tells each kind of failed iteration once; a script that fails in every iteration tells one stack, not a million. */
export class FailureLog {
  readonly #link: MainLink
  readonly #seen = new Map<string, FailureKind & { count: number }>()
  #others = 0

  constructor(link: MainLink) {
    this.#link = link
  }

  note(scenario: string, error: unknown): void {
    const text = stackOf(error)
    const kind = `${scenario} ${text}`
    const seen = this.#seen.get(kind)
    if (seen !== undefined) seen.count += 1
    else if (this.#seen.size >= KINDS_TOLD) this.#others += 1
    else {
      this.#seen.set(kind, { scenario, text, count: 1 })
      this.#link.post({ type: 'iteration-failed', scenario, text })
    }
  }

  /** Says at the end how often each came. */
  close(): void {
    if (this.#seen.size === 0) return
    this.#link.post({ type: 'iterations-failed', kinds: [...this.#seen.values()], others: this.#others })
  }
}
