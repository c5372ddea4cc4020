import { randomBytes } from 'node:crypto'
import { basename, extname, join } from 'node:path'

/** The files of a run folder. */
export const FILES = {
  manifest: 'run.json',
  summary: 'summary.json',
  snapshots: 'snapshots.ndjson',
  report: 'report.html',
} as const

/** The sample file of one shard. */
export function samplesFile(shard: number): string {
  return `samples-${shard}.ndjson.gz`
}

/** `<name>_<YYYYMMDD>_<HHMMSS>_<4 letters>`, in local time: what `ls` sorts and a person recognises. */
export function runId(script: string, at: Date): string {
  const name = basename(script, extname(script)).replaceAll(/[^a-zA-Z0-9._-]+/g, '-') || 'run'
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${at.getFullYear()}${two(at.getMonth() + 1)}${two(at.getDate())}`
  const time = `${two(at.getHours())}${two(at.getMinutes())}${two(at.getSeconds())}`
  const letters = Array.from(randomBytes(4), (byte) => String.fromCodePoint(97 + (byte % 26))).join('')
  return `${name}_${day}_${time}_${letters}`
}

/** Where the run `id` lives below `results`. */
export function runFolder(results: string, id: string): string {
  return join(results, id)
}
