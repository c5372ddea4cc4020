import type { Millis } from '../../../model/clock.ts'

/** Whole seconds in words that change by one a second: `45s`, `2m06s`, `1h02m`. */
export function clockText(millis: Millis): string {
  const seconds = Math.max(0, Math.round(millis / 1_000))
  if (seconds < 60) return `${seconds}s`
  if (seconds < 3_600) return `${Math.floor(seconds / 60)}m${two(seconds % 60)}s`
  return `${Math.floor(seconds / 3_600)}h${two(Math.floor(seconds / 60) % 60)}m`
}

function two(amount: number): string {
  return String(amount).padStart(2, '0')
}
