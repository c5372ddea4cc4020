import type { ThresholdSummary } from '../model/summary.ts'
import { figure, percent } from './figures.ts'

/** What a threshold saw, as a person reads it. */
export function observedText(threshold: ThresholdSummary): string {
  const { observed, unit } = threshold
  if (observed === undefined) return 'no data'
  return isShare(threshold) ? percent(observed) : figure(observed, unit)
}

/** Whether a threshold is about a share of a whole, not about so many in a second. */
export function isShare({ observed = 0, bound = 0, unit, expression }: ThresholdSummary): boolean {
  return /^rate\b/.test(expression) && unit === '' && observed <= 1 && bound <= 1
}
