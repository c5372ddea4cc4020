import type { ThresholdSummary } from '../model/summary.ts'
import { figure, percent } from './figures.ts'

/** What a threshold saw, as a person reads it. */
export function observedText({ observed, unit, expression }: ThresholdSummary): string {
  if (observed === undefined) return 'no data'
  return /^rate\b/.test(expression) && unit === '' && observed <= 1
    ? percent(observed)
    : figure(observed, unit)
}
