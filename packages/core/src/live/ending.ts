import { ERROR_CODES, LoadbenchError, type ErrorCode } from '../model/errors.ts'
import type { RunEnding } from '../model/summary.ts'
import { stackOf } from '../script/load.ts'

/** Why a run ended other than by coming to its end. */
export interface EndCause extends RunEnding {
  readonly reason: string
}

/**
 * What became of a run. The first cause that ends it early wins: a later one is a consequence of it, or
 * less important (k6). A mark (`exec.test.fail()`) lets it go on, and counts where nothing ended it early.
 */
export class Ending {
  #early: EndCause | undefined
  #mark: EndCause | undefined
  readonly #onEarly: (cause: EndCause) => void

  /** @param onEarly told once, of what ends the run before its time. */
  constructor(onEarly: (cause: EndCause) => void = () => undefined) {
    this.#onEarly = onEarly
  }

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
    this.#onEarly(cause)
    return true
  }

  /** The run goes on, but has failed. */
  mark(reason: string): void {
    this.#mark ??= { outcome: 'failed', exitCode: EXIT.failed, reason }
  }
}

/** What of an error says why a run failed; errors of workers come as this. */
export interface ErrorWords {
  readonly code: string
  readonly message: string
  readonly hint: string
}

/** The cause an error is, whoever threw it. */
export function causeOf(error: unknown): EndCause {
  if (LoadbenchError.is(error)) return causeOfWords(error)
  return { outcome: 'failed', exitCode: EXIT.other, reason: stackOf(error) }
}

/** The same, of an error that is known by its words alone. */
export function causeOfWords({ code, message, hint }: ErrorWords): EndCause {
  const exitCode = code in ERROR_CODES ? ERROR_CODES[code as ErrorCode].exit : EXIT.other
  return { outcome: 'failed', exitCode, reason: `${code} ${message}\n\n${hint}` }
}

/** A worker ended before its shard was done. */
export function causeOfDeath(shard: number, error: Error): EndCause {
  const message = `worker ${shard} ended before its shard was done: ${stackOf(error)}`
  const hint =
    'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      ? 'Let the script keep less, use more --workers, or allow more with NODE_OPTIONS=--max-old-space-size=MB.'
      : 'A script must neither end its process nor throw in a callback that nothing awaits.'
  return causeOfWords({ code: 'LB_WORKER_DIED', message, hint })
}

export const EXIT = {
  thresholds: 99,
  strictHealth: 90,
  signal: 105,
  aborted: 108,
  failed: 110,
  other: 255,
} as const
