import type { RunOutcome } from '../model/summary.ts'

/** Why a run ended other than by coming to its end. */
export interface EndCause {
  readonly outcome: RunOutcome
  readonly exitCode: number
  readonly reason: string
}

/**
 * What became of a run. The first cause that ends it early wins: a later one is a consequence of it, or
 * less important (k6). A mark (`exec.test.fail()`) lets it go on, and counts where nothing ended it early.
 */
export class Ending {
  #early: EndCause | undefined
  #mark: EndCause | undefined

  get cause(): EndCause | undefined {
    return this.#early ?? this.#mark
  }

  /** Whether the run ended, or is to end, before its time. */
  get early(): boolean {
    return this.#early !== undefined
  }

  /** @returns whether this was the first. */
  note(cause: EndCause): boolean {
    if (this.#early !== undefined) return false
    this.#early = cause
    return true
  }

  /** The run goes on, but has failed. */
  mark(reason: string): void {
    this.#mark ??= { outcome: 'failed', exitCode: EXIT.failed, reason }
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
