import type { Millis } from '../model/clock.ts'
import { LoadbenchError } from '../model/errors.ts'
import type { MetricDefinition, Unit } from '../model/metric.ts'
import type { ThresholdPlan } from '../model/plan.ts'
import { IN_METRIC_UNIT, problemWith } from './key.ts'
import { OPERATORS, parseThreshold, type ParsedThreshold } from './parse.ts'

/** A threshold of the plan, read and bound to its metric. */
export interface Rule {
  readonly plan: ThresholdPlan
  readonly parsed: ParsedThreshold
  /** What the observed value is given in. */
  readonly unit: Unit
}

/** @throws LoadbenchError LB_THRESHOLD_INVALID for an expression that cannot be asked of its metric. */
export function ruleFor(plan: ThresholdPlan, metrics: readonly MetricDefinition[]): Rule {
  const parsed = parseThreshold(plan.expression)
  const metric = metrics.find(({ name }) => name === plan.metric)
  if ('problem' in parsed) throw invalid(plan, parsed.problem)
  if (metric === undefined) throw invalid(plan, `there is no metric "${plan.metric}"`)
  const problem = problemWith(parsed, metric)
  if (problem !== undefined) throw invalid(plan, problem)
  const { aggregation } = parsed
  const inMetricUnit =
    aggregation.startsWith('p(') || IN_METRIC_UNIT.includes(aggregation) || metric.type === 'counter'
  return { plan, parsed, unit: inMetricUnit && aggregation !== 'rate' ? metric.unit : '' }
}

function invalid(plan: ThresholdPlan, problem: string): LoadbenchError {
  return new LoadbenchError(
    'LB_THRESHOLD_INVALID',
    `thresholds.${plan.key} "${plan.expression}": ${problem}`,
    'Write a threshold like "p(95)<550", "rate<0.01" or "p(99)<1.5s over 30s".',
  )
}

/** Whether `observed` is as the threshold wants it. */
export function holds({ operator, bound }: ParsedThreshold, observed: number): boolean {
  return OPERATORS[operator](observed, bound)
}

/** Whether a failing threshold ends the run now. */
export function endsRun({ abortOnFail, delayAbortEval }: ThresholdPlan, elapsed: Millis): boolean {
  return abortOnFail && elapsed >= delayAbortEval
}
