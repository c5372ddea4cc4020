import { breakPoint, longest, type Answer } from './answer.ts'
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
  answer: Answer,
): Break | undefined {
  if (fault === 'stall-before-first-token') return { by: 'stall', after: 0 }
  const by = BREAKS.find((name) => name === fault)
  return by && { by, after: breakPoint(behaviour, longest(answer)) }
}
