import { parseDuration } from '../model/duration.ts'
import type { Stage } from '../model/scenario.ts'

/**
 * Reads stages written as `10s:5,20s:10`: duration and target of each.
 * @returns for anything else the text as it is, so that `resolvePlan` names it as a problem.
 */
export function parseStages(text: string): Stage[] | string {
  const stages: Stage[] = []
  for (const part of text.split(',')) {
    const [, duration, target] = /^([^:]+):\s*(\d+(?:\.\d+)?)$/.exec(part.trim()) ?? []
    if (duration === undefined || parseDuration(duration) === undefined) return text
    stages.push({ duration: duration.trim(), target: Number(target) })
  }
  return stages
}
