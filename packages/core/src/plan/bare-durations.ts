import { formatDuration } from '../model/duration.ts'
import { leavesOf } from './option-path.ts'
import { originOf, type TierReading } from './tier.ts'

/** Options, and fields of scenarios, stages and thresholds, that are times. */
const DURATIONS: ReadonlySet<string> = new Set([
  'duration',
  'maxDuration',
  'startTime',
  'timeUnit',
  'warmup',
  'minIterationDuration',
  'delayAbortEval',
  'gracefulStop',
  'gracefulRampDown',
  'setupTimeout',
  'teardownTimeout',
  'handleSummaryTimeout',
])

/** Values whose names and meaning are the author's. */
const OWN = /(?:^|\.)(?:tags|env)\./

/**
 * Times written as text without a unit: they are ms, as in k6, and whoever writes `--duration 10` means seconds.
 * Whole sentences.
 */
export function bareDurations(readings: readonly TierReading[]): string[] {
  return readings.flatMap(({ tier, raw }) =>
    [...raw].flatMap(([key, value]) =>
      leavesOf(value, [key]).flatMap(({ path, value: text }) => {
        const [, name = ''] = /(\w+)$/.exec(path) ?? []
        if (OWN.test(path) || !DURATIONS.has(name)) return []
        if (typeof text !== 'string' || !/^\d+(\.\d+)?$/.test(text)) return []
        const millis = Number(text)
        if (millis === 0) return []
        return `${path}: "${text}" is ${formatDuration(millis)}; for seconds write "${text}s" (${originOf(tier, key)}).`
      }),
    ),
  )
}
