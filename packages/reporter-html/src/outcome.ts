import type { HealthSummary, HealthVerdict, RunOutcome } from 'loadbench/report'
import type { Tone } from './template.ts'

interface Worded {
  readonly tone: Tone
  readonly text: string
}

const OUTCOMES: Readonly<Record<RunOutcome, Worded>> = {
  passed: { tone: 'pass', text: 'Passed' },
  'thresholds-failed': { tone: 'fail', text: 'Thresholds failed' },
  aborted: { tone: 'fail', text: 'Aborted' },
  interrupted: { tone: 'warn', text: 'Interrupted' },
  failed: { tone: 'fail', text: 'Failed' },
  killed: { tone: 'fail', text: 'Killed' },
}

/** How a run ended, in words. One that passed with a reason against it has measured nothing. */
export function outcomeOf({
  outcome,
  reason,
}: {
  readonly outcome: RunOutcome
  readonly reason?: string
}): Worded {
  const worded = OUTCOMES[outcome]
  return worded.tone === 'pass' && reason !== undefined ? { ...worded, tone: 'warn' } : worded
}

interface WordedHealth extends Worded {
  /** What the verdict means for the numbers. */
  readonly meaning: string
}

const HEALTH: Readonly<Record<HealthVerdict, WordedHealth>> = {
  trustworthy: {
    tone: 'pass',
    text: 'Trustworthy',
    meaning: 'The generator kept up and added nothing that matters to what it measured.',
  },
  degraded: {
    tone: 'warn',
    text: 'Degraded',
    meaning: 'Read the numbers with these reservations.',
  },
  invalid: {
    tone: 'fail',
    text: 'Invalid',
    meaning: 'Do not rely on these numbers.',
  },
}

/** The generator's verdict about itself, in words. */
export function healthOf({ verdict, unjudged }: Pick<HealthSummary, 'verdict' | 'unjudged'>): WordedHealth {
  if (unjudged === undefined) return HEALTH[verdict]
  return {
    tone: 'none',
    text: 'Not judged',
    meaning: `${unjudged.charAt(0).toUpperCase()}${unjudged.slice(1)}.`,
  }
}
