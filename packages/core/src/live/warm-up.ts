import type { Totals } from '../metrics/totals.ts'
import { formatDuration } from '../model/duration.ts'
import type { LiveFacts } from '../outputs/console/live/facts.ts'
import type { Stretch } from '../schedule/index.ts'

/** What of a run was left out of its numbers as warm-up, one sentence. */
export function warmUpSentences(stretches: readonly Stretch[], totals: Totals): string[] {
  const requests = countOf(totals, 'warmup_requests')
  const iterations = countOf(totals, 'warmup_iterations')
  const left = totals.elapsed - totals.measured
  if (left === 0 && requests === 0 && iterations === 0) return []
  const what = `${requests} request${requests === 1 ? '' : 's'} and ${iterations} iteration${iterations === 1 ? '' : 's'}`
  if (totals.measured === 0) {
    return [`The run ended within its warm-up: nothing was measured, and ${what} were left out.`]
  }
  const from = stretches[0]?.from ?? 0
  const time = formatDuration(Math.round(left / 100) * 100)
  // Where another scenario was being measured meanwhile, the time stays in the rates.
  if (left === 0) return [`${what} of scenarios that were warming up are not measured.`]
  const when = stretches.length === 1 && from === 0 ? `The first ${time} are` : `${time} of the run are`
  return [`${when} warm-up and not measured: ${what}.`]
}

/** How long nothing is measured yet, while that is so. */
export function warmUpFacts(stretches: readonly Stretch[], totals: Totals): Pick<LiveFacts, 'warmUp'> {
  const { elapsed } = totals
  const now = stretches.find(({ from, to }) => from <= elapsed && elapsed < to)
  if (now === undefined) return {}
  return { warmUp: { left: now.to - elapsed, requests: countOf(totals, 'warmup_requests') } }
}

function countOf(totals: Totals, metric: string): number {
  return totals.select(metric, {})?.count ?? 0
}
