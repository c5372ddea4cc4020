import { formatDuration } from '../../../model/duration.ts'

/** A time since the start of the run, given in seconds: `3.2s`, `1m12s`. */
export function seconds(at: number): string {
  return at < 60 ? `${at.toFixed(1)}s` : formatDuration(Math.round(at) * 1_000)
}
