import { stackOf } from '../script/load.ts'
import type { MainLink } from './main-link.ts'

/** Different failures of iterations printed whole; further kinds are only counted. */
const KINDS_PRINTED = 10

/** Prints each kind of failed iteration once; a script that fails in every iteration prints one stack, not a million. */
export class FailureLog {
  readonly #link: MainLink
  readonly #seen = new Map<string, number>()
  #others = 0

  constructor(link: MainLink) {
    this.#link = link
  }

  note(scenario: string, error: unknown): void {
    const text = stackOf(error)
    const kind = `${scenario} ${text}`
    const count = this.#seen.get(kind)
    if (count !== undefined) this.#seen.set(kind, count + 1)
    else if (this.#seen.size >= KINDS_PRINTED) this.#others += 1
    else {
      this.#seen.set(kind, 1)
      this.#link.log('error', `an iteration of ${scenario} failed: ${text}`)
    }
  }

  /** Says at the end how often each came. */
  close(): void {
    for (const [kind, count] of this.#seen) {
      if (count > 1) this.#link.log('error', `${count} iterations failed like this: ${kind.split('\n')[0]}`)
    }
    if (this.#others > 0) this.#link.log('error', `${this.#others} iterations failed in other ways`)
  }
}
