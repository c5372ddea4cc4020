import { breakPoint, longest, type Answer, type Ask } from './answer.ts'
import type { FaultName } from './faults.ts'
import type { Behaviour } from './schema.ts'

const BREAKS = [
  'stall',
  'reset-mid-stream',
  'truncate',
  'stream-error',
  'stream-error-done',
  'malformed',
] as const satisfies readonly FaultName[]

/** What goes wrong in the middle of an answer, after so many tokens of each choice. */
export interface Break {
  readonly by: (typeof BREAKS)[number]
  readonly after: number
}

/** The break a fault stands for, if it is one. */
export function breakOf(
  fault: FaultName | undefined,
  behaviour: Behaviour,
  ask: Ask,
  answer: Answer,
): Break | undefined {
  if (fault === 'stall-before-first-token') return { by: 'stall', after: 0 }
  const by = BREAKS.find((name) => name === fault)
  if (by === undefined) return undefined
  const tokens = longest(answer)
  const after = breakPoint(behaviour, tokens)
  return { by, after: ask.endsOnToken === true ? Math.max(0, Math.min(after, tokens - 1)) : after }
}
