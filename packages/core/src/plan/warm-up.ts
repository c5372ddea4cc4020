import type { Millis } from '../model/clock.ts'
import { formatDuration } from '../model/duration.ts'
import type { Load } from './load.ts'
import { formatPath } from './option-path.ts'
import type { Problem } from './problem.ts'
import type { ScenarioValues } from './scenario-schema.ts'
import { originOf, problemAt, type TierReading } from './tier.ts'

/**
 * The warm-up of a scenario from its own start: what it says itself, else what is left of that of the run when
 * the scenario starts.
 */
export function warmUpOf({ warmup, startTime }: ScenarioValues, ofRun: Millis): Millis {
  return warmup ?? Math.max(0, ofRun - startTime)
}

/** Warm-ups that leave nothing of a scenario to measure. @param readings lowest first. */
export function warmUpProblems(
  { scenarios, origins }: Load,
  ofRun: Millis,
  readings: readonly TierReading[],
): Problem[] {
  const setter = readings.findLast(({ raw }) => raw.has('warmup'))
  return Object.entries(scenarios).flatMap(([name, values]) => {
    const length = lengthOf(values)
    const warmUp = warmUpOf(values, ofRun)
    if (warmUp === 0 || warmUp < length) return []
    const own = ['scenarios', name, 'warmup']
    if (values.warmup !== undefined) {
      const message = `must be shorter than the ${formatDuration(length)} in which iterations start, got ${formatDuration(warmUp)}`
      return [problemAt(own, message, origins.get(formatPath(own)) ?? 'script')]
    }
    const message = `leaves nothing of the scenario ${name} to measure, which has ${formatDuration(length)}`
    return setter === undefined ? [] : [problemAt(['warmup'], message, originOf(setter.tier, 'warmup'))]
  })
}

/** Until no further iteration starts. */
function lengthOf(values: ScenarioValues): Millis {
  if ('stages' in values) return values.stages.reduce((sum, { duration }) => sum + duration, 0)
  return 'maxDuration' in values ? values.maxDuration : values.duration
}
