import type { HealthSummary, HealthVerdict } from '../model/summary.ts'
import { formatDuration } from '../model/duration.ts'
import { JUDGED_FROM } from './bounds.ts'
import { deliveryFindings } from './delivery.ts'
import type { Finding, HealthInput } from './health-input.ts'
import { lateShare, paceFindings } from './pace.ts'
import { recordFindings } from './record-keeping.ts'
import { resourceFindings } from './resources.ts'

/** Gravest first. */
const ORDER = ['invalid', 'degraded', 'note'] as const

/**
 * Whether the generator can be trusted with what it measured, by the bounds of bounds.ts. The
 * reasons come gravest first; a trustworthy run may have some too, which are worth knowing only.
 */
export function judge(input: HealthInput): HealthSummary {
  const findings = [
    ...deliveryFindings(input),
    ...paceFindings(input),
    ...resourceFindings(input),
    ...recordFindings(input),
  ]
  const sorted = findings.toSorted((a, b) => ORDER.indexOf(a.level) - ORDER.indexOf(b.level))
  const verdict = verdictOf(sorted[0]?.level)
  const unjudged = verdict === 'trustworthy' ? whyUnjudged(input, findings) : undefined
  return {
    verdict,
    ...(unjudged !== undefined && { unjudged }),
    headlines: sorted.map(({ headline }) => headline),
    reasons: sorted.map(({ detail }) => detail),
    figures: figuresOf(input),
  }
}

/** Trust in a generator that measured nothing, or was not watched for long enough, would be trust in nothing. */
function whyUnjudged({ allFailed, typical }: HealthInput, findings: readonly Finding[]): string | undefined {
  if (allFailed) return 'nothing to judge: no request ended well'
  if (typical.length === 0) return 'nothing to judge: no answer was measured'
  const tooShort = findings.some(({ pardoned }) => pardoned)
  return tooShort ? `too short to judge: under ${formatDuration(JUDGED_FROM)}` : undefined
}

function verdictOf(gravest: (typeof ORDER)[number] | undefined): HealthVerdict {
  return gravest === undefined || gravest === 'note' ? 'trustworthy' : gravest
}

/** Those that were measured; times in ms, shares from 0 to 1. Of several workers the worst, `late_share` of all. */
function figuresOf(input: HealthInput): Record<string, number> {
  const { workers, process: health, starts, died, clamped, foldedTagSets } = input
  const intended = sum(starts, (one) => one.intended)
  const figures: Record<string, number | undefined> = {
    late_share: lateShare(input),
    read_delay_p99: worst(workers, ({ delays }) => delays.quantile(0.99)),
    event_loop_delay_max: worst(workers, ({ loopDelayMax }) => loopDelayMax.value),
    event_loop_utilization_max: worst(workers, (one) => one.loopUtilizationMax),
    schedule_lag_p99: worst(workers, ({ lags }) => lags.quantile(0.99)),
    schedule_lag_max: worst(workers, ({ lags, lagMax }) => (lags.total > 0 ? lagMax.value : undefined)),
    cpu_max: worst(workers, (one) => one.cpu?.value),
    cpu_wait_max: worst(workers, ({ cpuWaitMax }) => cpuWaitMax),
    gc_pause_max: worst(workers, ({ gcPauseMax }) => gcPauseMax),
    heap_max: worst(workers, ({ heapMax }) => heapMax),
    process_cpu_max: health?.cpuMax,
    rss_max: health?.rssMax,
    open_files_max: health?.openFilesMax,
    open_files_limit: health?.openFilesLimit,
    open_ports_max: health?.portsMax,
    open_ports_limit: health?.portsLimit,
    other_programs_share: health?.others,
    stolen_share: health?.stolen,
    coalesced_share: sum(workers, (one) => one.coalescedFrames) / sum(workers, (one) => one.contentFrames),
    started_share: sum(starts, (one) => one.started) / intended,
    dropped_share: sum(starts, (one) => one.dropped) / intended,
    workers_died: died.length,
    clamped_values: sum(clamped, (one) => one.clamped),
    folded_tag_sets: foldedTagSets,
  }
  return Object.fromEntries(
    Object.entries(figures).flatMap(([name, value]) =>
      value !== undefined && Number.isFinite(value) ? [[name, value] as const] : [],
    ),
  )
}

function worst<Item>(items: readonly Item[], figure: (item: Item) => number | undefined): number {
  return Math.max(...items.map((item) => figure(item) ?? -Infinity))
}

function sum<Item>(items: readonly Item[], figure: (item: Item) => number): number {
  return items.reduce((total, item) => total + figure(item), 0)
}
