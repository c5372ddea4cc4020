import type { RunOutcome } from '../model/summary.ts'

/** Why a run ended other than by coming to its end. */
export interface EndCause {
  readonly outcome: RunOutcome
  readonly exitCode: number
  readonly reason: string
}

/** What became of a run. The first cause wins: a later one is a consequence of it, or less important (k6). */
export class Ending {
  #cause: EndCause | undefined

  get cause(): EndCause | undefined {
    return this.#cause
  }

  /** @returns whether this was the first. */
  note(cause: EndCause): boolean {
    if (this.#cause !== undefined) return false
    this.#cause = cause
    return true
  }
}

export const EXIT = {
  thresholds: 99,
  strictHealth: 90,
  signal: 105,
  aborted: 108,
  failed: 110,
  other: 255,
} as const
