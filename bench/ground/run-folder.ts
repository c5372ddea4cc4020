import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Summary } from 'loadbench'

/** A line of a sample file, as far as benches read it; times in ms from the start of the run. */
export interface Sample {
  readonly id: string
  readonly outcome: string
  readonly tags: { readonly scenario: string }
  readonly scheduledAt?: number
  readonly startedAt: number
  readonly firstTokenAt: number
  readonly firstAnswerAt: number
  readonly lastTokenAt: number
  readonly endedAt: number
  readonly outputTokens: number
  /** Where the client recorded them. */
  readonly gaps?: readonly number[]
}

export function summaryOf(run: string): Summary {
  return JSON.parse(readFileSync(join(run, 'summary.json'), 'utf8')) as Summary
}

/** Of all workers. */
export function samplesOf(run: string): Sample[] {
  return readdirSync(run)
    .filter((name) => name.startsWith('samples-'))
    .flatMap((name) => linesOf(gunzipSync(readFileSync(join(run, name))).toString()))
    .map((line) => JSON.parse(line) as Sample)
}

/** Cores the process used in each whole second. */
export function coresUsed(run: string): number[] {
  return linesOf(readFileSync(join(run, 'snapshots.ndjson'), 'utf8')).flatMap((line) => {
    const { process: reading } = JSON.parse(line) as { readonly process?: { readonly cpu: number } }
    return reading === undefined ? [] : [reading.cpu]
  })
}

/** One value of an untagged metric; 0 where it has no data. */
export function valueOf({ metrics }: Summary, name: string, stat: string): number {
  const whole = metrics.find((metric) => metric.name === name && Object.keys(metric.tags).length === 0)
  return whole?.values[stat] ?? 0
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '')
}
