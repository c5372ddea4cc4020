import type { ThresholdSummary } from 'loadbench/report'
import type { Tone } from './template.ts'
import { quantity, spoken } from './format.ts'

/** What a threshold saw, in the unit its bound is written in, so that the two can be compared. */
export function observed({ observed: value, unit }: ThresholdSummary): string {
  if (value === undefined) return 'no data'
  if (unit !== 'ms') return spoken(quantity(value, unit))
  // Digits as everywhere, but never in seconds: bounds of latencies are given in ms.
  const decimals = Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0
  return `${value.toLocaleString('en-GB', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })}\u202fms`
}

/** The verdict on a threshold as a word and a mark. */
export function verdictOf({ passed }: ThresholdSummary): { readonly tone: Tone; readonly verdict: string } {
  return passed ? { tone: 'pass', verdict: 'Passed' } : { tone: 'fail', verdict: 'Failed' }
}
