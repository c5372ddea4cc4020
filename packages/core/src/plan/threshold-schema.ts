import { z } from 'zod'
import type { MetricDefinition } from '../model/metric.ts'
import type { ThresholdPlan } from '../model/plan.ts'
import type { Tags } from '../model/tags.ts'
import { parseThresholdKey, problemWith } from '../thresholds/key.ts'
import { parseThreshold } from '../thresholds/parse.ts'
import { checked, choice, flag, got, span } from './fields.ts'
import { didYouMean } from './nearest.ts'
import { type Entry, listOf, mapOf, strictObject } from './structures.ts'

/** What the name of a threshold stands for. `metric` is missing where `problem` is not. */
interface Subject {
  readonly metric?: MetricDefinition
  readonly selector: Tags
  readonly problem?: string
}

/** Thresholds by metric: read, checked against the metrics there are, and bound to them. */
export function thresholdsSchema(metrics: readonly MetricDefinition[]) {
  const allowed = 'metrics with expressions such as { ttft: ["p(95)<550"] }'
  return mapOf(allowed, (key) => entryOf(key, subjectOf(key, metrics)))
}

/** Thresholds of one metric as a list of objects, whichever way they were written. */
function spellOut(value: unknown): unknown[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value]
  return items.map((item) => (typeof item === 'object' && item !== null ? item : { threshold: item }))
}

/** The option `thresholds` with every threshold as an object in a list. */
export function spellOutAll(thresholds: unknown): Record<string, unknown[]> {
  return Object.fromEntries(Object.entries(thresholds ?? {}).map(([key, value]) => [key, spellOut(value)]))
}

function entryOf(key: string, { metric, selector, problem }: Subject): Entry<ThresholdPlan[]> {
  const item = strictObject('a threshold', {
    threshold: expressionSchema(metric),
    abortOnFail: flag().default(false),
    delayAbortEval: span('0 or above').default(0),
    noData: choice('fail', 'pass').default('fail'),
  })
  const schema = z.preprocess(spellOut, listOf('a list of expressions', item)).transform((items) =>
    items.map(({ threshold: expression, ...rest }) => ({
      key,
      metric: metric?.name ?? '',
      selector,
      expression,
      ...rest,
    })),
  )
  return { schema, problem }
}

function subjectOf(key: string, metrics: readonly MetricDefinition[]): Subject {
  const parsed = parseThresholdKey(key)
  if ('problem' in parsed) return { selector: {}, problem: parsed.problem }
  const metric = metrics.find(({ name }) => name === parsed.metric)
  if (metric) return { metric, selector: parsed.selector }
  const names = metrics.map(({ name }) => name)
  const suggestion = didYouMean(parsed.metric, names) || `; there are ${names.join(', ')}`
  return { selector: parsed.selector, problem: `there is no metric "${parsed.metric}"${suggestion}` }
}

/** An expression that can be read and, where the metric is known, suits it. */
function expressionSchema(metric: MetricDefinition | undefined) {
  return checked<string>((value) => {
    if (typeof value !== 'string') return `must be an expression such as "p(95)<550", got ${got(value)}`
    const parsed = parseThreshold(value)
    if ('problem' in parsed) return parsed.problem
    return metric && problemWith(parsed, metric)
  })
}
