import { formatDuration } from '../model/duration.ts'
import * as bounds from './bounds.ts'
import { levelOf, percent, worstBy, type Finding, type HealthInput } from './health-input.ts'

/** Whether the generator's threads kept pace: event loop, schedule, CPU. */
export function paceFindings(input: HealthInput): Finding[] {
  return [loopAgainstTtft, loopAgainstItl, lagAgainstTtft, cpu].flatMap((rule) => rule(input) ?? [])
}

/** What a delay is compared with, and its name. */
function typicalTime({ ttftMedian, durationMedian }: HealthInput): { time: number; name: string } {
  if (ttftMedian !== undefined && ttftMedian > 0) return { time: ttftMedian, name: 'median ttft' }
  if (durationMedian !== undefined && durationMedian > 0)
    return { time: durationMedian, name: 'median request_duration' }
  return { time: bounds.REFERENCE_WITHOUT_REQUESTS, name: 'reference (no request was measured)' }
}

function loopAgainstTtft(input: HealthInput): Finding | undefined {
  const worker = worstBy(input.workers, ({ loopDelay }) => loopDelay?.value)
  if (worker?.loopDelay === undefined) return undefined
  const { value, second } = worker.loopDelay
  const { time, name } = typicalTime(input)
  const level = levelOf(value / time, bounds.LOOP_DELAY_OF_TTFT_DEGRADED, bounds.LOOP_DELAY_OF_TTFT_INVALID)
  if (level === undefined) return undefined
  const reason =
    `The event loop of worker ${worker.shard} was late by ${formatDuration(value)} (p99) at second ${second}, ` +
    `${percent(value / time)} of the ${name} of ${formatDuration(time)}: every time measured then may be too long ` +
    `by as much; ${relief(input)}.`
  return { level, reason }
}

function loopAgainstItl(input: HealthInput): Finding | undefined {
  const { itlP95 } = input
  const worker = worstBy(input.workers, ({ loopDelay }) => loopDelay?.value)
  if (worker?.loopDelay === undefined || itlP95 === undefined || itlP95 <= 0) return undefined
  const { value, second } = worker.loopDelay
  const level = levelOf(value / itlP95, bounds.LOOP_DELAY_OF_ITL_DEGRADED, bounds.LOOP_DELAY_OF_ITL_INVALID)
  if (level === undefined) return undefined
  const measured =
    `The event loop of worker ${worker.shard} was late by ${formatDuration(value)} (p99) at second ${second}, ` +
    `longer than the p95 of itl, ${formatDuration(itlP95)}: the upper percentiles of itl hold the generator's own pauses`
  if (value <= bounds.MACHINE_PAUSE)
    return {
      level: 'note',
      reason: `${measured}, as on any machine at this speed; go by its median and by tpot.`,
    }
  return { level, reason: `${measured}; ${relief(input)}.` }
}

function lagAgainstTtft(input: HealthInput): Finding | undefined {
  const worker = worstBy(input.workers, ({ lag }) => lag?.value)
  if (worker?.lag === undefined) return undefined
  const { value, second } = worker.lag
  const { time, name } = typicalTime(input)
  const level = levelOf(value / time, bounds.LAG_OF_TTFT_DEGRADED, bounds.LAG_OF_TTFT_INVALID)
  if (level === undefined) return undefined
  const reason =
    `Worker ${worker.shard} started iterations ${formatDuration(value)} (p99) after their scheduled time at second ` +
    `${second}, ${percent(value / time)} of the ${name} of ${formatDuration(time)}: the load did not arrive as the ` +
    `scenario says; ${relief(input)}.`
  return { level, reason }
}

function cpu(input: HealthInput): Finding | undefined {
  const worker = worstBy(input.workers, (one) => one.cpu?.value)
  if (worker?.cpu === undefined) return undefined
  const { value, second } = worker.cpu
  const level = levelOf(value, bounds.CPU_DEGRADED, bounds.CPU_INVALID)
  if (level === undefined) return undefined
  const reason = `Worker ${worker.shard} used ${percent(value)} of a core over the three seconds up to second ${second}; ${relief(input)}.`
  return { level, reason }
}

/** What to do about a generator that is too busy. */
function relief({ threads, cores }: Pick<HealthInput, 'threads' | 'cores'>): string {
  if (threads >= cores) return 'lower the load or use a machine with more cores'
  return `start with --workers ${Math.min(cores, threads * 2)} or lower the load`
}
