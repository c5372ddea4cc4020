import { formatDuration } from '../model/duration.ts'
import type { Millis } from '../model/clock.ts'
import * as bounds from './bounds.ts'
import { causeOf, gistOf, hint, relief } from './cause.ts'
import { Delays } from './delays.ts'
import {
  brief,
  counted,
  levelOf,
  percent,
  worstBy,
  type Finding,
  type HealthInput,
  type Typical,
} from './health-input.ts'

/**
 * Whether the generator's threads kept pace: event loop, schedule, CPU. Where no request ended well there
 * is nothing that could have been measured wrong, and in a very short run too little of everything: then
 * all of it is a note.
 */
export function paceFindings(input: HealthInput): Finding[] {
  const watched = Math.max(0, ...input.workers.map((worker) => worker.watched))
  const pardoned = pardonOf(input.allFailed, watched)
  const late = gravest(timesOf(input).flatMap((time) => delay(time, input) ?? []))
  const findings = [late, stall(input, late), storm(input), lag(input), cpu(input)].flatMap(
    (finding) => finding ?? [],
  )
  if (pardoned === undefined) return findings
  return findings.map((finding) => (finding.level === 'note' ? finding : noteOf(finding, pardoned)))
}

/** What would be a judgement elsewhere. */
function noteOf({ headline, detail }: Finding, pardoned: string): Finding {
  return {
    level: 'note',
    headline: `Not judged: ${headline}`,
    detail: `${pardoned} ${detail}`,
    pardoned: true,
  }
}

/** Why what follows is no judgement, in words that stand before it. */
function pardonOf(allFailed: boolean, watched: Millis): string | undefined {
  if (allFailed) return 'Not held against the generator, for no request ended well:'
  if (watched >= bounds.JUDGED_FROM) return undefined
  return `Not held against the generator, for a run under ${formatDuration(bounds.JUDGED_FROM)} is too short to judge it:`
}

function timesOf({ typical }: HealthInput): readonly Typical[] {
  if (typical.length > 0) return typical
  return [{ metric: 'ttft', time: bounds.REFERENCE_WITHOUT_REQUESTS, by: 'assumed' }]
}

/** Something to say about delays. */
interface Late extends Finding {
  /** Of the moments that were late. */
  readonly share: number
  /** The worker it was worst on. */
  readonly shard: number
}

/** Of findings about the same delays the worst says it all. */
function gravest(findings: readonly Late[]): Late | undefined {
  const invalid = findings.filter(({ level }) => level === 'invalid')
  return (invalid.length > 0 ? invalid : findings).toSorted((a, b) => b.share - a.share)[0]
}

/** Share of the moments (0 to 1) in which what came in was read so late that it spoils an upper percentile. */
export function lateShare(input: HealthInput): number | undefined {
  if (input.allFailed || input.workers.length === 0) return undefined
  const all = together(input.workers.map(({ delays }) => delays))
  return Math.max(...timesOf(input).map(({ time }) => shareLateBy(bounds.DELAY_DEGRADED * time, all)))
}

/** What comes in while the loop is late is stamped late: how many values of a metric does that spoil, and how far? */
function delay(typical: Typical, input: HealthInput): Late | undefined {
  const all = together(input.workers.map(({ delays }) => delays))
  const beyond = (share: number) => shareLateBy(share * typical.time, all)
  const level =
    beyond(bounds.DELAY_INVALID) > bounds.DELAYED_SHARE_INVALID
      ? 'invalid'
      : beyond(bounds.DELAY_DEGRADED) > allowedShare(bounds.DELAY_DEGRADED * typical.time) && 'degraded'
  if (level === false) return undefined
  const bound = level === 'invalid' ? bounds.DELAY_INVALID : bounds.DELAY_DEGRADED
  const worker = worstBy(input.workers, ({ delays }) => shareLateBy(bound * typical.time, delays))
  if (worker === undefined) return undefined
  const share = beyond(bound)
  const { value, second } = worker.loopDelayMax
  const headline = `${typical.metric} read over ${percent(bound)} late in ${percent(share)} of the time: worker ${worker.shard} ${gistOf(worker, input)}`
  const detail =
    `In ${percent(share)} of the time whatever came in was read late by more than ` +
    `${percent(bound)} of the ${wordsOf(typical)}, so ${spoiled(typical, level)}. Worst was worker ${worker.shard}, ` +
    `up to ${formatDuration(value)} at second ${second}: ${causeOf(worker, input)}.`
  return { level, headline, detail, share, shard: worker.shard }
}

/** Share of the moments in which something was late by `lateness`, by looks which themselves may come late. */
function shareLateBy(lateness: Millis, looks: Delays): number {
  const seen = seenAs(lateness)
  return seen === lateness ? looks.shareNearOrOver(lateness) : looks.shareOver(seen)
}

/** How late a look must come for something to have been late by `lateness`. */
function seenAs(lateness: Millis): Millis {
  return lateness >= bounds.LOOK_SURE ? lateness : Math.min(lateness + bounds.LOOK_ERROR, bounds.LOOK_SURE)
}

/** Of moments late by `lateness`. Where looks show only the later ones of them, as many fewer are allowed. */
function allowedShare(lateness: Millis): number {
  return (bounds.DELAYED_SHARE_DEGRADED * lateness) / seenAs(lateness)
}

function wordsOf({ by, metric, time }: Typical): string {
  return `${by} ${metric} of ${formatDuration(time)}${by === 'assumed' ? ' (no answer came whole)' : ''}`
}

function spoiled({ metric, by }: Typical, level: 'degraded' | 'invalid'): string {
  if (by === 'assumed') return 'an answer would have been measured wrong'
  const values = level === 'invalid' ? 'ordinary values' : 'the upper percentiles'
  const advice = metric === 'itl' && level === 'degraded' ? '; go by its median and by tpot' : ''
  return `${values} of ${metric} are the generator's own${advice}`
}

function together(parts: readonly Delays[]): Delays {
  const all = new Delays()
  for (const part of parts) all.merge(part.counts())
  return all
}

/** A loop that stood still for long is told of, unless the delays of its worker are already. */
function stall({ workers }: HealthInput, late: Late | undefined): Finding | undefined {
  const worker = worstBy(workers, (one) => one.stall?.length)
  const longest = worker?.stall
  if (worker === undefined || longest === undefined || longest.length < bounds.STALL_NOTE) return undefined
  if (late?.shard === worker.shard) return undefined
  const { length, scenario, second } = longest
  const whose = scenario === undefined ? '' : `, most likely by the code of scenario ${scenario}`
  const by = scenario === undefined ? '' : `, most likely by ${brief(scenario)}`
  const headline = `Worker ${worker.shard} stood still for ${formatDuration(length)} up to second ${second}${by}`
  const detail =
    `The event loop of worker ${worker.shard} stood still for ${formatDuration(length)} up to second ${second}${whose}: ` +
    `nothing was sent or read meanwhile; keep long computations out of iterations.`
  return { level: 'note', headline, detail }
}

/** Seconds that are judged by nobody are told of: the reader must know that they are left out. */
function storm({ workers }: HealthInput): Finding | undefined {
  const worker = worstBy(workers, (one) => one.storm?.most)
  if (worker?.storm === undefined) return undefined
  const { seconds, most, second } = worker.storm
  const headline = `No connection for ${counted(seconds, 'second')}, so the pace is not judged by them`
  const detail =
    `For ${counted(seconds, 'second')} no connection came about, though worker ${worker.shard} tried up to ${most} times in one of them (second ${second}): ` +
    `nothing was measured there, so its pace is not judged by them. VUs that loop try again at once; to have them wait, set minIterationDuration.`
  return { level: 'note', headline, detail }
}

function lag(input: HealthInput): Finding | undefined {
  const typical = timesOf(input).toSorted((a, b) => b.time - a.time)[0]
  const worker = worstBy(input.workers, ({ lags, lagMax }) => (lags.total > 0 ? lagMax.value : undefined))
  if (typical === undefined || worker === undefined) return undefined
  const all = together(input.workers.map(({ lags }) => lags))
  const beyond = (share: number) => all.shareOver(share * typical.time)
  const invalid = beyond(bounds.LAG_INVALID) > bounds.LAGGED_SHARE_INVALID
  if (!invalid && beyond(bounds.LAG_DEGRADED) <= bounds.LAGGED_SHARE_DEGRADED) return undefined
  const bound = invalid ? bounds.LAG_INVALID : bounds.LAG_DEGRADED
  const headline = `${percent(beyond(bound))} of the starts over ${percent(bound)} of ${typical.metric} late: worker ${worker.shard} ${gistOf(worker, input)}`
  const detail =
    `${percent(beyond(bound))} of the iterations started after their scheduled time by more than ${percent(bound)} ` +
    `of the ${wordsOf(typical)}, so the load did not arrive as the scenario says. Worst was worker ${worker.shard}, ` +
    `up to ${formatDuration(worker.lagMax.value)} at second ${worker.lagMax.second}: ${causeOf(worker, input)}.`
  return { level: invalid ? 'invalid' : 'degraded', headline, detail }
}

function cpu(input: HealthInput): Finding | undefined {
  const worker = worstBy(input.workers, (one) => one.cpu?.value)
  if (worker?.cpu === undefined) return undefined
  const { value, second } = worker.cpu
  const level = levelOf(value, bounds.CPU_DEGRADED, bounds.CPU_INVALID)
  if (level === undefined) return undefined
  const headline = `Worker ${worker.shard} used ${percent(value)} of a core up to second ${second}: ${hint(input)}`
  const detail = `Worker ${worker.shard} used ${percent(value)} of a core over the three seconds up to second ${second}; ${relief(input)}.`
  return { level, headline, detail }
}
