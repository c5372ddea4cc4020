import { MetricWindow } from '../metrics/metric-window.ts'
import { checkSummaries, errorSummaries, metricSummaries, selectorsOf } from '../metrics/summarise.ts'
import { TimelineBuilder } from '../metrics/timeline.ts'
import { Totals } from '../metrics/totals.ts'
import type { Millis } from '../model/clock.ts'
import type { MetricDefinition } from '../model/metric.ts'
import type { Plan } from '../model/plan.ts'
import type { Snapshot } from '../model/snapshot.ts'
import type { Summary, ThresholdSummary, Timeline } from '../model/summary.ts'
import type { ProgressFacts } from '../outputs/console/progress.ts'
import type { Interval } from '../outputs/output.ts'
import { isOpen, rateAt, regularEnd } from '../schedule/index.ts'
import { ThresholdJudge, type ThresholdVerdict } from '../thresholds/evaluate.ts'
import type { Recorded } from '../worker/recorder.ts'
import { HealthView } from './health-view.ts'
import { intervalOf } from './interval.ts'
import { ScenarioTable } from './scenario-table.ts'
import { Warnings } from './warnings.ts'

/** The shard under which setup() and teardown() of the main thread are recorded. */
export const MAIN = -1

/** What the main thread recorded in setup() or teardown(), as a snapshot. */
export function ownSnapshot({ series, errors, foldedTagSets, notes }: Recorded): Snapshot {
  return { shard: MAIN, second: 0, from: 0, to: 0, series, errors, foldedTagSets, notes, scenarios: [] }
}

/**
 * Everything known of a run, from its snapshots alone: as they arrive, or read again from the run's
 * folder. Both ways give the same summary.
 */
export class Collector {
  readonly warnings = new Warnings()
  /** What the run waits for, once it starts nothing new. */
  waitingFor: string | undefined
  readonly #plan: Plan
  readonly #totals = new Totals()
  readonly #timeline = new TimelineBuilder()
  readonly #judge: ThresholdJudge
  readonly #health: HealthView
  readonly #scenarios: ScenarioTable
  readonly #plannedEnd: Millis
  #aborting: ThresholdVerdict | undefined

  constructor(plan: Plan, metrics: readonly MetricDefinition[], warnings: readonly string[]) {
    this.#plan = plan
    this.#health = new HealthView(plan)
    this.#scenarios = new ScenarioTable(plan)
    this.#plannedEnd = Math.max(...plan.scenarios.map((one) => one.startTime + regularEnd(one)))
    for (const warning of warnings) this.warnings.add(warning)
    this.#judge = new ThresholdJudge(
      plan.thresholds,
      metrics,
      (metric, selector, length) => new MetricWindow(metric, selector, length),
    )
    // Asked for before the first value, these parts are kept up exactly from then on.
    for (const { name } of metrics)
      for (const tags of selectorsOf(name, plan)) this.#totals.select(name, tags)
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
      this.#totals.merge(snapshot)
      interval.merge(snapshot)
      this.#scenarios.observe(snapshot)
      this.#health.observe(snapshot)
      this.warnings.observe(snapshot)
    }
    this.#timeline.add(snapshots)
    this.#judge.observe(snapshots)
    return interval
  }

  workerDied(shard: number): void {
    this.#health.died(shard)
    this.warnings.add(
      `Worker ${shard} ended before its shard was done; its last second is missing from every number.`,
    )
  }

  /** A threshold with `abortOnFail` that has failed, in words. */
  crossed(): string | undefined {
    const verdicts = this.#judge.evaluate(this.#totals, this.elapsed, false)
    this.#aborting ??= verdicts.find(({ abort }) => abort)
    if (this.#aborting === undefined) return undefined
    const { plan } = this.#aborting
    return `the threshold ${plan.key}: ${plan.expression} failed, and abortOnFail ends the run`
  }

  progress(interval: Totals): ProgressFacts {
    const { errors, dropped, started, activeVUs } = this.#scenarios.state(this.#totals)
    const rateOf = (metric: string) => interval.select(metric, {})?.value('rate', 1_000) ?? 0
    return {
      elapsed: this.elapsed,
      planned: this.#plannedEnd,
      vus: activeVUs,
      rate: started,
      intendedRate: this.#intendedRate(),
      ttftP95: interval.select('ttft', {})?.value('p(95)', 1_000),
      tokensPerSecond: rateOf('output_tokens'),
      errors,
      dropped,
      ...(this.waitingFor === undefined ? {} : { waiting: this.waitingFor }),
    }
  }

  /** Per second, in the middle of the second that has just passed. */
  #intendedRate(): number | undefined {
    const open = this.#plan.scenarios.filter(isOpen)
    if (open.length === 0) return undefined
    return open.reduce((sum, plan) => sum + rateAt(plan, this.elapsed - plan.startTime - 500), 0)
  }

  /** One second as outputs get it. */
  intervalOf(second: number, interval: Totals): Interval {
    return intervalOf(second, interval, this.#plan.summaryTrendStats)
  }

  timeline(): Timeline {
    return this.#timeline.build()
  }

  summary(run: Summary['run']): Summary {
    const thresholds = this.#judge.evaluate(this.#totals, this.elapsed, true)
    return {
      schemaVersion: 1,
      run,
      health: this.#health.verdict(this.#totals, this.#scenarios.summaries()),
      metrics: metricSummaries(this.#totals, this.#plan),
      thresholds: thresholds.map((verdict) => this.#thresholdSummary(verdict)),
      checks: checkSummaries(this.#totals),
      errors: errorSummaries(this.#totals),
      scenarios: this.#scenarios.summaries(),
      warnings: this.warnings.sentences(this.#totals),
    }
  }

  #thresholdSummary({ plan, observed, unit, passed }: ThresholdVerdict): ThresholdSummary {
    return {
      metric: plan.key,
      expression: plan.expression,
      ...(observed === undefined ? {} : { observed }),
      unit,
      passed,
      aborted: this.#aborting?.plan === plan,
    }
  }
}
