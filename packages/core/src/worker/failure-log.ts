import { stackOf } from '../script/load.ts'
import type { MainLink } from './main-link.ts'

/** Different failures of iterations printed whole; further kinds are only counted. */
const KINDS_PRINTED = 10

/** Prints each kind of failed iteration once; a script that fails in every iteration prints one stack, not a million. */
export class FailureLog {
  readonly #link: MainLink
  readonly #seen = new Map<string, { readonly scenario: string; readonly head: string; count: number }>()
  #others = 0

  constructor(link: MainLink) {
    this.#link = link
  }

  note(scenario: string, error: unknown): void {
    const text = stackOf(error)
    const kind = `${scenario} ${text}`
    const seen = this.#seen.get(kind)
    if (seen !== undefined) seen.count += 1
    else if (this.#seen.size >= KINDS_PRINTED) this.#others += 1
    else {
      this.#seen.set(kind, { scenario, head: text.split('\n', 1).join(), count: 1 })
      this.#link.log('error', `an iteration of ${scenario} failed: ${text}`)
    }
  }

  /** Says at the end how often each came. */
  close(): void {
    for (const { scenario, head, count } of this.#seen.values()) {
      if (count > 1) this.#link.log('error', `${count} iterations of ${scenario} failed like this: ${head}`)
    }
    if (this.#others > 0) this.#link.log('error', `${this.#others} iterations failed in other ways`)
  }
}
