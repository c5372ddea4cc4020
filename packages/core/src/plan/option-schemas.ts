import type { z } from 'zod'
import { AGGREGATIONS, type MetricDefinition } from '../model/metric.ts'
import { checked, field, flag, got, number, span, vus, whole } from './fields.ts'
import { scenarioSchema, stagesSchema, tagsSchema } from './scenario-schema.ts'
import { didYouMean } from './nearest.ts'
import { listOf, mapOf, strictObject } from './structures.ts'
import { thresholdsSchema } from './threshold-schema.ts'

/** What of the script the options must agree with. */
export interface ScriptFacts {
  /** Names of the functions the script exports. */
  readonly exports: readonly string[]
  /** Those loadbench records by itself and those the script made. */
  readonly metrics: readonly MetricDefinition[]
}

/** How every option is read. Durations come out in ms. */
export function optionSchemas({ exports, metrics }: ScriptFacts) {
  return {
    scenarios: scenariosSchema(exports),
    vus: vus(1),
    duration: span('above 0'),
    iterations: whole(1),
    stages: stagesSchema(vus(0)),
    thresholds: thresholdsSchema(metrics),
    slo: sloSchema(),
    pricing: pricingSchema(),
    tags: tagsSchema(),
    summaryTrendStats: listOf('a list such as ["avg", "p(95)"]', trendStatSchema()),
    by: bySchema(),
    setupTimeout: span('above 0'),
    teardownTimeout: span('above 0'),
    handleSummaryTimeout: span('above 0'),
    gracefulStop: span('0 or above'),
    warmup: span('0 or above'),
    minIterationDuration: span('0 or above'),
    noSetup: flag(),
    noTeardown: flag(),
    workers: whole(1, 1_024),
    seed: whole(0),
    samples: samplesSchema(),
  }
}

export type OptionSchemas = ReturnType<typeof optionSchemas>
export type OptionKey = keyof OptionSchemas
/** Options as their schemas give them. */
export type OptionValues = { readonly [K in OptionKey]: z.output<OptionSchemas[K]> }

/** Names a scenario may have (k6's rule). */
const SCENARIO_NAME = /^[0-9a-zA-Z_-]+$/

function scenariosSchema(exports: readonly string[]) {
  const schema = scenarioSchema(exports)
  const allowed = 'scenarios by name, each with an executor'
  const scenarios = mapOf(allowed, (name) => ({
    schema,
    problem: SCENARIO_NAME.test(name) ? undefined : 'a name may hold only letters, digits, _ and -',
  }))
  return scenarios.refine((read) => Object.keys(read).length > 0, {
    error: 'must hold at least one scenario',
  })
}

function sloSchema() {
  const bound = span('above 0').optional()
  return strictObject('slo', {
    ttft: bound,
    ttfat: bound,
    tpot: bound,
    e2e_latency: bound,
    request_duration: bound,
  })
}

function pricingSchema() {
  const price = number('0 or above')
  return strictObject('pricing', {
    input: price.default(0),
    output: price.default(0),
    cached: price.optional(),
    currency: field<string>(
      'a name such as "USD"',
      (value) => typeof value === 'string' && value !== '',
    ).default('USD'),
  })
}

/** Comes out as a number, or `'all'`. */
function samplesSchema() {
  return field<number | 'all' | 'none'>(
    'a whole number, 0 or above, "all" or "none"',
    (value) => value === 'all' || value === 'none' || (Number.isSafeInteger(value) && Number(value) >= 0),
  ).transform((value) => (value === 'none' ? 0 : value))
}

/** Names of tags; which there are only the run shows. */
function bySchema() {
  const name = field<string>(
    'the name of a tag',
    (value) => typeof value === 'string' && /^[^\s:,{}]+$/.test(value),
  )
  return listOf('a list of tags such as ["model"]', name).transform((names) => [...new Set(names)])
}

/** A column of the summary: an aggregation of trends, percentiles with any number from 0 to 100. */
function trendStatSchema() {
  const allowed = AGGREGATIONS.trend.join(', ')
  return checked<string>((value) => {
    if (typeof value !== 'string') return `must be one of ${allowed}, got ${got(value)}`
    const percentile = /^p\((\d+(?:\.\d+)?)\)$/.exec(value)?.[1]
    const isKnown =
      percentile === undefined
        ? AGGREGATIONS.trend.includes(value) && value !== 'p(N)'
        : Number(percentile) <= 100
    if (isKnown) return undefined
    return `must be one of ${allowed} with N from 0 to 100, got ${got(value)}${meantStat(value)}`
  })
}

/** What somebody who wrote `p95`, `p99.9`, `mean` or `agv` had in mind. */
function meantStat(written: string): string {
  const percent = /^p\s*\(?\s*(\d{1,2}(?:[.,]\d+)?)\s*%?\)?$/i.exec(written)?.[1]
  if (percent !== undefined) return `; did you mean "p(${percent.replace(',', '.')})"?`
  const other: Readonly<Record<string, string>> = { mean: 'avg', average: 'avg', median: 'med' }
  const meant = other[written.toLowerCase()]
  if (meant !== undefined) return `; did you mean "${meant}"?`
  return didYouMean(
    written,
    AGGREGATIONS.trend.filter((name) => name !== 'p(N)'),
  )
}
