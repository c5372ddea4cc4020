import * as bounds from './bounds.ts'
import { brief, levelOf, percent, type Finding, type HealthInput, type StartCounts } from './health-input.ts'

/** Whether the load of the plan was delivered: starts, drops, workers. */
export function deliveryFindings({ starts, died }: HealthInput): Finding[] {
  return [...starts.flatMap(missingStarts), ...starts.flatMap(droppedStarts), ...died.map(deadWorker)]
}

/** One start missing is the rounding of the run's end, not a lack. */
function missingStarts({ scenario, intended, started, dropped }: StartCounts): Finding[] {
  const missing = intended - started - dropped
  if (missing <= 1) return []
  const level = levelOf(missing / intended, bounds.STARTS_MISSING_DEGRADED, bounds.STARTS_MISSING_INVALID)
  if (level === undefined) return []
  const headline = `${brief(scenario)} did not get to ${missing} of ${intended} iterations (${percent(missing / intended)})`
  const detail =
    `${scenario} started ${started} of ${intended} scheduled iterations and dropped ${dropped}; ${missing} ` +
    `(${percent(missing / intended)}) the generator did not get to: lower the rate or use more workers.`
  return [{ level, headline, detail }]
}

function droppedStarts({ scenario, intended, dropped }: StartCounts): Finding[] {
  if (dropped === 0 || intended === 0) return []
  const share = dropped / intended
  const level = share > bounds.DROPPED_DEGRADED ? 'degraded' : 'note'
  const headline = `${brief(scenario)} dropped ${dropped} of ${intended} iterations (${percent(share)}): every VU was busy`
  const detail =
    `${scenario} dropped ${dropped} of ${intended} scheduled iterations (${percent(share)}) because every VU was busy, ` +
    `so the server saw less load than the scenario says; raise maxVUs, or take this as the server's limit.`
  return [{ level, headline, detail }]
}

function deadWorker(shard: number): Finding {
  const headline = `Worker ${shard} ended early: load and measurements are missing`
  const detail = `Worker ${shard} ended before its shard was done, so a part of the load and of the measurements is missing; see the log for its error.`
  return { level: 'invalid', headline, detail }
}
