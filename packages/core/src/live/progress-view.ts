import type { Totals } from '../metrics/totals.ts'
import type { Millis } from '../model/clock.ts'
import type { Plan } from '../model/plan.ts'
import type { Tags } from '../model/tags.ts'
import type { LiveFacts, PaceFacts, ScenarioFacts, TrendFacts } from '../outputs/console/live/facts.ts'
import { isOpen, longestGracefulStop, plannedIterations, regularEnd } from '../schedule/index.ts'
import { hollowness } from './hollow.ts'
import { Recent } from './recent.ts'
import { scenarioFacts, type Stop } from './scenario-progress.ts'
import type { Standing } from './scenario-table.ts'

/** Seconds kept for the small graphs: as many as a wide terminal shows. */
const GRAPH_SECONDS = 160

/** A shorter interval, as at the end of a run, gives no rate. */
const SHORTEST: Millis = 500

/** Metrics with a row, in the order a reader asks for them. */
const TRENDS = ['ttft', 'itl', 'tpot', 'e2e_latency', 'request_duration', 'http_req_duration']

/** What was counted up to a moment. */
interface Reading {
  readonly elapsed: Millis
  readonly started: ReadonlyMap<string, number>
  readonly requests: number
  readonly tokens: number
}

/** Follows a run for those who watch it, second by second or less often. */
export class ProgressView {
  readonly #plan: Pick<Plan, 'scenarios'>
  /** The last two. */
  readonly #readings = new Recent<Reading>(2)
  readonly #recentTokens = new Recent<number>(GRAPH_SECONDS)
  readonly #recent = new Map(TRENDS.map((name) => [name, new Recent<number | undefined>(GRAPH_SECONDS)]))

  constructor(plan: Pick<Plan, 'scenarios'>) {
    this.#plan = plan
    const started = new Map(plan.scenarios.map(({ name }) => [name, 0]))
    this.#readings.add({ elapsed: 0, started, requests: 0, tokens: 0 })
  }

  /** Takes in the second that has just passed. @param totals with that second in it. */
  add(interval: Totals, totals: Totals, standings: readonly Standing[]): void {
    const before = this.#readings.values.at(-1)
    if (before === undefined || totals.elapsed - before.elapsed < SHORTEST) return
    const count = (metric: string, part: Tags = {}) =>
      totals.select(metric, part)?.value('count', totals.elapsed) ?? 0
    const reading: Reading = {
      elapsed: totals.elapsed,
      started: new Map(standings.map(({ name }) => [name, count('iterations_started', { scenario: name })])),
      requests: count('requests') + count('http_reqs'),
      tokens: count('output_tokens'),
    }
    this.#readings.add(reading)
    this.#recentTokens.add(perSecond(reading.tokens - before.tokens, before, reading))
    for (const [name, recent] of this.#recent)
      recent.add(interval.select(name, {})?.value('p(95)', interval.elapsed))
  }

  facts(
    totals: Totals,
    standings: readonly Standing[],
    stop: Stop | undefined,
  ): Omit<LiveFacts, 'thresholds' | 'health'> {
    const { elapsed } = totals
    const [before, latest] = this.#readings.values
    const scenarios = this.#plan.scenarios.flatMap((plan) => {
      const standing = standings.find(({ name }) => name === plan.name)
      if (standing === undefined) return []
      const rate = startedBetween(before, latest, plan.name)
      return [scenarioFacts(plan, standing, rate, elapsed, stop)]
    })
    const vus = standings.reduce((sum, { activeVUs }) => sum + activeVUs, 0)
    const intended = intendedOf(scenarios.filter(({ state }) => state === 'running'))
    const left = longestGracefulStop(this.#plan.scenarios)
    const planned = plannedEnd(this.#plan)
    const hollow = hollowness(totals, standings, false)
    return {
      elapsed,
      ...(planned === undefined ? {} : { planned }),
      pace: paceBetween(before, latest, vus, intended),
      recentTokens: this.#recentTokens.values,
      scenarios,
      trends: this.#trends(totals),
      errors: totals.errors.summaries(),
      ...(hollow === undefined ? {} : { hollow: hollow.what }),
      dropped: standings.reduce((sum, { dropped }) => sum + dropped, 0),
      ...(stop && { stopping: { signal: stop.signal, left: Math.max(0, stop.at + left - elapsed) } }),
    }
  }

  #trends(totals: Totals): TrendFacts[] {
    const trends = TRENDS.flatMap((name): TrendFacts[] => {
      const aggregate = totals.select(name, {})
      const value = (percent: number) => aggregate?.value(`p(${percent})`, totals.elapsed)
      const [p50, p95, p99] = [value(50), value(95), value(99)]
      if (aggregate === undefined || p50 === undefined || p95 === undefined || p99 === undefined) return []
      return [{ name, unit: aggregate.unit, p50, p95, p99, recent: this.#recent.get(name)?.values ?? [] }]
    })
    // The same but for the end of the stream; one of them is enough to follow.
    const streamed = trends.some(({ name }) => name === 'e2e_latency')
    return streamed ? trends.filter(({ name }) => name !== 'request_duration') : trends
  }
}

/** Regular end of the last scenario; where iterations end one of them, that is not known. */
function plannedEnd({ scenarios }: Pick<Plan, 'scenarios'>): Millis | undefined {
  const byTime = scenarios.every((plan) => isOpen(plan) || plannedIterations(plan) === undefined)
  return byTime ? Math.max(...scenarios.map((one) => one.startTime + regularEnd(one))) : undefined
}

/** What the schedules ask for together; nothing where some scenario keeps its own pace. */
function intendedOf(scenarios: readonly ScenarioFacts[]): number | undefined {
  const asked = scenarios.flatMap(({ intendedRate }) => intendedRate ?? [])
  if (asked.length === 0 || asked.length < scenarios.length) return undefined
  return asked.reduce((sum, one) => sum + one, 0)
}

function paceBetween(
  from: Reading | undefined,
  to: Reading | undefined,
  vus: number,
  intendedRate: number | undefined,
): PaceFacts {
  const started = (one: Reading | undefined) => [...(one?.started.values() ?? [])].reduce((a, b) => a + b, 0)
  return {
    vus,
    rate: perSecond(started(to) - started(from), from, to),
    ...(intendedRate === undefined ? {} : { intendedRate }),
    requests: perSecond((to?.requests ?? 0) - (from?.requests ?? 0), from, to),
    tokens: perSecond((to?.tokens ?? 0) - (from?.tokens ?? 0), from, to),
  }
}

function startedBetween(from: Reading | undefined, to: Reading | undefined, scenario: string): number {
  return perSecond((to?.started.get(scenario) ?? 0) - (from?.started.get(scenario) ?? 0), from, to)
}

function perSecond(amount: number, from: Reading | undefined, to: Reading | undefined): number {
  const span = (to?.elapsed ?? 0) - (from?.elapsed ?? 0)
  return span > 0 ? (amount / span) * 1_000 : 0
}
