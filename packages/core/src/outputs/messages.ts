import type { ErrorExample, ErrorSummary } from '../model/error-summary.ts'

/** A message of a class of failures as documents show it. */
export interface ShownMessage {
  readonly message: string
  /** Absent in runs of older versions. */
  readonly count?: number
  readonly first?: ErrorExample
}

/** The messages to show of a class, the most frequent first, and how many failures came with further ones. */
export interface ShownMessages {
  readonly shown: readonly ShownMessage[]
  readonly further: number
}

type Shown = Pick<ErrorSummary, 'count' | 'example' | 'examples'> & Partial<Pick<ErrorSummary, 'messages'>>

/** @param most how many messages there is room for. */
export function shownMessages(
  { count, example, examples, messages = [] }: Shown,
  most = Number.POSITIVE_INFINITY,
): ShownMessages {
  if (messages.length > 0) {
    const shown = messages.slice(0, most)
    return { shown, further: shown.reduce((rest, one) => rest - one.count, count) }
  }
  const known = examples.map((first) => ({ message: first.message, first }))
  return { shown: known.length > 0 ? known.slice(0, most) : [{ message: example.message }], further: 0 }
}
