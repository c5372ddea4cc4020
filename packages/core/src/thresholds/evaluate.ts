import type { Millis } from '../model/clock.ts'
import type { MetricDefinition, Unit } from '../model/metric.ts'
import type { ThresholdPlan } from '../model/plan.ts'
import type { Snapshot } from '../model/snapshot.ts'
import type { Tags } from '../model/tags.ts'
import { endsRun, holds, ruleFor, type Rule } from './rule.ts'

/** The whole run so far. */
export interface MetricSource {
  /** @returns `undefined` where nothing was recorded that matches. */
  select(
    metric: string,
    selector: Tags,
  ): { value(aggregation: string, elapsed: Millis): number | undefined } | undefined
  /** The time that values of a metric come from, which its rates are over. */
  timeOf(metric: string): Millis
}

/** A part of a metric over the last seconds of the run. */
export interface WindowSource {
  /** Whether the run has lasted as long as the window is. */
  readonly full: boolean
  observe(snapshot: Snapshot): void
  value(aggregation: string): number | undefined
}

export type OpenWindow = (metric: string, selector: Tags, length: Millis) => WindowSource

/** How a threshold stands. */
export interface ThresholdVerdict {
  readonly plan: ThresholdPlan
  /** What it was judged by; absent without data. Of a window that failed: the value furthest off. */
  readonly observed?: number
  /** What `observed` is given in. */
  readonly unit: Unit
  readonly passed: boolean
  readonly noData: boolean
  /** Whether the run is to end because of it. */
  readonly abort: boolean
}

/** A rule over a window: it must hold in every one, so the first failure decides. */
interface WindowedRule extends Rule {
  readonly window: WindowSource
  /** The latest value, or once it failed the one furthest from the bound. */
  observed: number | undefined
  failed: boolean
}

/**
 * Judges the thresholds of a run, once a second and at its end.
 *
 * - A threshold over the whole run is judged by all values so far. It may fail now and hold later:
 *   `count>100` fails until the hundred are reached. With `abortOnFail` that ends the run, as in
 *   k6, so give it a `delayAbortEval`.
 * - A threshold over a window must hold in every window of that length; a run shorter than the
 *   window is judged as one. Windows without a value are not judged.
 * - Without any data a threshold fails at the end, unless `noData` is `'pass'`. While the run goes
 *   on it is neither failed nor a reason to abort.
 */
export class ThresholdJudge {
  readonly #rules: readonly (Rule | WindowedRule)[]

  /**
   * @param metrics every metric a threshold may name.
   * @param openWindow makes the sources of thresholds with `over`.
   * @throws LoadbenchError LB_THRESHOLD_INVALID for a threshold that cannot be judged.
   */
  constructor(plans: readonly ThresholdPlan[], metrics: readonly MetricDefinition[], openWindow: OpenWindow) {
    this.#rules = plans.map((plan) => {
      const rule = ruleFor(plan, metrics)
      const { window: length } = rule.parsed
      if (length === undefined) return rule
      const window = openWindow(plan.metric, plan.selector, length)
      return { ...rule, window, observed: undefined, failed: false }
    })
  }

  /** Takes in the snapshots of one second from all shards, each once, before that second is judged. */
  observe(snapshots: Iterable<Snapshot>): void {
    const windowed = this.#rules.filter((rule) => 'window' in rule)
    for (const snapshot of snapshots) for (const { window } of windowed) window.observe(snapshot)
  }

  /**
   * @param source what all snapshots so far add up to.
   * @param elapsed since the first moment that is measured; `delayAbortEval` counts from there.
   * @param final whether the run is over.
   * @returns one verdict for each plan, in their order.
   */
  evaluate(source: MetricSource, elapsed: Millis, final: boolean): ThresholdVerdict[] {
    return this.#rules.map((rule) => {
      if ('window' in rule) {
        judgeWindow(rule, final)
        return verdictOn(rule, rule.observed, !rule.failed, elapsed, final)
      }
      const { plan, parsed } = rule
      const observed = source
        .select(plan.metric, plan.selector)
        ?.value(parsed.aggregation, source.timeOf(plan.metric))
      return verdictOn(rule, observed, observed !== undefined && holds(parsed, observed), elapsed, final)
    })
  }
}

/** Brings a windowed rule up to date. */
function judgeWindow(rule: WindowedRule, final: boolean): void {
  const { window, parsed, observed = parsed.bound } = rule
  const value = window.full || final ? window.value(parsed.aggregation) : undefined
  if (value === undefined) return
  const failed = !holds(parsed, value)
  const isFurther = Math.abs(value - parsed.bound) >= Math.abs(observed - parsed.bound)
  if (failed ? !rule.failed || isFurther : !rule.failed) rule.observed = value
  rule.failed ||= failed
}

function verdictOn(
  { plan, unit }: Rule,
  observed: number | undefined,
  held: boolean,
  elapsed: Millis,
  final: boolean,
): ThresholdVerdict {
  if (observed === undefined)
    return { plan, unit, passed: !final || plan.noData === 'pass', noData: true, abort: false }
  return {
    plan,
    observed,
    unit,
    passed: held,
    noData: false,
    abort: !held && !final && endsRun(plan, elapsed),
  }
}
