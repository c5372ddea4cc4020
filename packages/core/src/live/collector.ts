import { distributionsOf } from '../metrics/distribution.ts'
import { MetricWindow } from '../metrics/metric-window.ts'
import { Parts } from '../metrics/parts.ts'
import { checkSummaries, metricSummaries } from '../metrics/summarise.ts'
import { TimelineBuilder } from '../metrics/timeline.ts'
import { Totals } from '../metrics/totals.ts'
import type { Millis } from '../model/clock.ts'
import { formatDuration } from '../model/duration.ts'
import type { MetricDefinition } from '../model/metric.ts'
import type { Plan } from '../model/plan.ts'
import type { Snapshot } from '../model/snapshot.ts'
import type { Distribution, Summary, ThresholdSummary, Timeline } from '../model/summary.ts'
import type { LiveFacts } from '../outputs/console/live/facts.ts'
import type { Interval } from '../outputs/output.ts'
import { timeOutside, warmUps, warmUpStretches, type Stretch } from '../schedule/index.ts'
import { ThresholdJudge, type ThresholdVerdict } from '../thresholds/evaluate.ts'
import { parseThreshold } from '../thresholds/parse.ts'
import type { Recorded } from '../worker/recorder.ts'
import { Crossings } from './crossings.ts'
import { HealthView } from './health-view.ts'
import { hollowness } from './hollow.ts'
import { interruptedSentences } from './interrupted.ts'
import { intervalOf } from './interval.ts'
import { errorMarkers, stageMarkers, warmUpMarkers } from './markers.ts'
import { partWarnings } from './part-warnings.ts'
import { ProgressView } from './progress-view.ts'
import { FAILURE_RATES } from './request-failures.ts'
import type { Stop } from './scenario-progress.ts'
import { ScenarioTable } from './scenario-table.ts'
import { warmUpFacts, warmUpSentences } from './warm-up.ts'
import { Warnings } from './warnings.ts'

/** The shard under which setup() and teardown() of the main thread are recorded. */
export const MAIN = -1

/** What the main thread recorded in setup() or teardown(), as a snapshot. */
export function ownSnapshot(recorded: Recorded): Snapshot {
  return { shard: MAIN, second: 0, from: 0, to: 0, scenarios: [], ...recorded }
}

/**
 * Everything known of a run, from its snapshots alone: as they arrive, or read again from the run's
 * folder. Both ways give the same summary.
 */
export class Collector {
  readonly warnings = new Warnings()
  readonly #plan: Plan
  /** Stretches of the run in which nothing is measured. */
  readonly #warmUp: readonly Stretch[]
  readonly #totals: Totals
  readonly #parts: Parts
  readonly #timeline: TimelineBuilder
  readonly #crossings = new Crossings()
  readonly #judge: ThresholdJudge
  readonly #health: HealthView
  readonly #scenarios: ScenarioTable
  readonly #progress: ProgressView
  #standing: readonly ThresholdVerdict[] | undefined
  #stop: Stop | undefined
  #aborting: ThresholdVerdict | undefined

  constructor(plan: Plan, metrics: readonly MetricDefinition[], warnings: readonly string[]) {
    this.#plan = plan
    this.#warmUp = warmUpStretches(plan.scenarios)
    const warming = warmUps(plan.scenarios)
    this.#totals = new Totals({
      measured: (elapsed) => timeOutside(this.#warmUp, elapsed),
      warmUp: (elapsed) => elapsed - timeOutside(warming, elapsed),
    })
    this.#parts = new Parts(
      plan.scenarios.map(({ name }) => name),
      plan.by,
    )
    this.#timeline = new TimelineBuilder(this.#parts)
    this.#health = new HealthView(plan)
    this.#scenarios = new ScenarioTable(plan)
    this.#progress = new ProgressView(plan)
    for (const warning of warnings) this.warnings.add(warning)
    this.#judge = new ThresholdJudge(
      plan.thresholds,
      metrics,
      (metric, selector, length) => new MetricWindow(metric, selector, length),
    )
    // Asked for before the first value, these parts are kept up exactly from then on.
    for (const { tags } of this.#parts.list()) this.#totals.keep(tags)
    for (const { metric, selector } of plan.thresholds) this.#totals.select(metric, selector)
  }

  get elapsed(): Millis {
    return this.#totals.elapsed
  }

  /**
   * Takes in the snapshots of one second.
   * @returns that second by itself.
   */
  second(snapshots: readonly Snapshot[]): Totals {
    const interval = new Totals()
    for (const snapshot of snapshots) {
      for (const { tags } of this.#parts.observe(snapshot)) this.#totals.keep(tags)
      this.#totals.merge(snapshot)
      interval.merge(snapshot)
      this.#scenarios.observe(snapshot)
      this.#health.observe(snapshot)
      this.warnings.observe(snapshot)
    }
    this.#timeline.add(snapshots)
    this.#judge.observe(snapshots.filter((snapshot) => this.#measures(snapshot)))
    this.#standing = undefined
    return interval
  }

  /** Whether any of a snapshot's time is measured; thresholds over a window begin with it. */
  #measures({ from, to }: Snapshot): boolean {
    return this.#warmUp.length === 0 || timeOutside(this.#warmUp, to) > timeOutside(this.#warmUp, from)
  }

  workerDied(shard: number): void {
    this.#health.died(shard)
    this.warnings.add(
      `Worker ${shard} ended before its shard was done; what it had not told by then, as a rule its last second, ` +
        'is missing from every number.',
    )
  }

  /** @param told the latest second of a worker that hangs, -1 if none. @returns what is to be said of it. */
  workerSilent(shard: number, told: number): string {
    const since = told < 0 ? 'from the start on' : `from ${formatDuration((told + 1) * 1_000)} on`
    const sentence =
      `Worker ${shard} told nothing for long, ${since}: something keeps its event loop busy, as a script's endless ` +
      'loop would. Meanwhile thresholds were judged, and all was shown, without it.'
    this.warnings.add(sentence)
    return sentence
  }

  /** To be asked once a second: a threshold with `abortOnFail` that has failed, in words. */
  crossed(): string | undefined {
    const verdicts = this.#verdicts()
    this.#crossings.observe(verdicts, this.elapsed)
    this.#aborting ??= verdicts.find(({ abort }) => abort)
    if (this.#aborting === undefined) return undefined
    const { plan } = this.#aborting
    return `the threshold ${plan.key}: ${plan.expression} failed, and abortOnFail ends the run`
  }

  /** The run is to end: what runs may still take its scenario's gracefulStop. Told to those who watch. */
  stopping(signal: string): void {
    this.#stop ??= { signal, at: this.elapsed }
  }

  /** Where the run stands. @param interval the second that has just passed; rates are since the last one given. */
  progress(interval?: Totals): LiveFacts {
    const standings = this.#scenarios.standings()
    if (interval !== undefined) this.#progress.add(interval, this.#totals, standings)
    const { verdict, unjudged, headlines } = this.#health.verdict(
      this.#totals,
      this.#scenarios.summaries(this.#totals),
    )
    const reason = headlines?.[0]
    return {
      ...this.#progress.facts(this.#totals, standings, this.#stop),
      ...warmUpFacts(this.#warmUp, this.#totals),
      thresholds: this.#verdicts().map((one) => this.#thresholdSummary(one)),
      health: { verdict, ...(unjudged && { unjudged }), ...(reason === undefined ? {} : { reason }) },
    }
  }

  /** How the thresholds stand; worked out once a second. */
  #verdicts(): readonly ThresholdVerdict[] {
    return (this.#standing ??= this.#judge.evaluate(this.#totals, this.#totals.measured, false))
  }

  /** One second as outputs get it. */
  intervalOf(second: number, snapshots: readonly Snapshot[], interval: Totals): Interval {
    return intervalOf(second, snapshots, interval, this.#plan.summaryTrendStats)
  }

  timeline(): Timeline {
    const markers = [
      ...warmUpMarkers(this.#plan, this.elapsed),
      ...stageMarkers(this.#plan, this.elapsed),
      ...errorMarkers(this.#totals.errors.summaries()),
      ...this.#crossings.markers(),
    ]
    return { ...this.#timeline.build(), markers: markers.toSorted((a, b) => a.at - b.at) }
  }

  distributions(): Distribution[] {
    return distributionsOf(this.#totals, this.#parts.list())
  }

  summary(run: Summary['run']): Summary {
    const thresholds = this.#judge.evaluate(this.#totals, this.#totals.measured, true)
    // Where something else ended the run, that is what is wrong with it.
    const judged = this.#plan.thresholds.some(({ metric }) => FAILURE_RATES.includes(metric))
    const hollow =
      run.outcome === 'passed'
        ? hollowness(this.#totals, this.#scenarios.standings(), true, judged)
        : undefined
    const parts = this.#parts.list()
    const { unsampled } = this.warnings
    return {
      schemaVersion: 1,
      run: hollow === undefined ? run : { ...run, reason: `${hollow.what}: this verdict says nothing` },
      health: this.#health.verdict(this.#totals, this.#scenarios.summaries(this.#totals)),
      metrics: metricSummaries(this.#totals, parts, this.#plan),
      thresholds: thresholds.map((verdict) => this.#thresholdSummary(verdict)),
      checks: checkSummaries(this.#totals),
      errors: this.#totals.errors.summaries(),
      scriptErrors: this.#totals.scriptErrors.summaries(),
      scenarios: this.#scenarios.summaries(this.#totals),
      parts,
      slowest: this.#totals.examples.slowest,
      ...(unsampled > 0 && { unsampled }),
      warnings: [
        ...(hollow === undefined ? [] : [hollow.sentence]),
        ...interruptedSentences(this.#totals),
        ...warmUpSentences(this.#warmUp, this.#totals),
        ...this.warnings.sentences(this.#totals),
        ...partWarnings(this.#parts, this.#timeline, this.#totals),
      ],
    }
  }

  #thresholdSummary({ plan, observed, unit, passed }: ThresholdVerdict): ThresholdSummary {
    const parsed = parseThreshold(plan.expression)
    return {
      metric: plan.key,
      expression: plan.expression,
      ...(observed === undefined ? {} : { observed }),
      unit,
      ...('problem' in parsed ? {} : { bound: parsed.bound }),
      passed,
      aborted: this.#aborting?.plan === plan,
    }
  }
}
