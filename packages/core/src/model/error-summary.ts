import type { Failure } from './failure.ts'
import type { Tags } from './tags.ts'

/** One of the different messages a class of failures came with. */
export interface ErrorExample {
  readonly message: string
  /** `''` where it came outside of a scenario. */
  readonly scenario: string
  /** When it came first, s from the start of the run. */
  readonly at: number
  /** Of the request, as in the sample file. */
  readonly id: string
  /** HTTP status, where an answer came. */
  readonly status?: number
  /** The provider's own code or type, or the socket's. */
  readonly code?: string
}

export interface ErrorSummary {
  readonly class: Failure['class']
  readonly count: number
  /** The first. */
  readonly example: Failure
  /** Up to five with different messages, in order of time. */
  readonly examples: readonly ErrorExample[]
  /** How often each message came, the most frequent first; up to twenty. */
  readonly messages: readonly ErrorMessage[]
  /** How many came with further messages; `count` is the sum of all. */
  readonly others: number
  /** Of the summary's parts, those that failures were told apart by, also where there were none. */
  readonly parts: readonly ErrorPart[]
}

/** How often a message came. */
export interface ErrorMessage {
  /**
   * Its first 200 characters. Where more than twenty different ones came of a class, those that differ in
   * numbers and ids alone are one, with `#` in their place.
   */
  readonly message: string
  readonly count: number
  /** The first of it. Absent where the second it came in is lost. */
  readonly first?: ErrorExample
}

/** The failures of a class in one part of the results. */
export interface ErrorPart {
  readonly tags: Tags
  readonly count: number
  /** Told apart as in the whole; up to twenty. */
  readonly messages: readonly Pick<ErrorMessage, 'message' | 'count'>[]
}

/** What the script threw and did not catch, in one scenario. */
export interface ScriptErrorSummary {
  /** `iteration`: it ended that iteration. `rejection`: of a promise nobody waited for; the run went on. */
  readonly kind: 'iteration' | 'rejection'
  /** `''` of a rejection. */
  readonly scenario: string
  readonly count: number
  /** The most frequent first; up to twenty. `message` as in `ErrorMessage`, `stack` of one of them. */
  readonly messages: readonly { readonly message: string; readonly count: number; readonly stack: string }[]
  /** How many came with further messages. */
  readonly others: number
}
