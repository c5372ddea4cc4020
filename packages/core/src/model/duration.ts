import type { Millis } from './clock.ts'

/** A duration as a script may write it: milliseconds, or text such as `'500ms'`, `'1m30s'`, `'1.5h'`. */
export type Duration = number | string

const MILLIS_OF: Readonly<Record<string, number>> = {
  us: 0.001,
  µs: 0.001,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}
const SEGMENT = /(\d+(?:\.\d+)?)(us|µs|ms|s|m|h|d)/gy

/**
 * Reads a duration.
 * @returns milliseconds, or `undefined` for anything that is not a non-negative duration.
 */
export function parseDuration(value: unknown): Millis | undefined {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? value : undefined
  if (typeof value !== 'string') return undefined
  const text = value.trim()
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text)
  let total = 0
  let read = 0
  for (const [segment, amount, unit] of text.matchAll(SEGMENT)) {
    total += Number(amount) * (MILLIS_OF[unit as string] ?? 0)
    read += segment.length
  }
  return read > 0 && read === text.length ? total : undefined
}

/** Writes a duration the way a person would say it: `850ms`, `12.5s`, `1m30s`, `2h`. */
export function formatDuration(millis: Millis): string {
  if (millis < 1_000) return `${trim(millis, 1)}ms`
  if (millis < 60_000) return `${trim(millis / 1_000, 1)}s`
  const seconds = Math.round(millis / 1_000)
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3_600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'm'],
    [seconds % 60, 's'],
  ]
  return parts
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount}${unit}`)
    .join('')
}

function trim(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)))
}
