import type { Plan, PricingPlan, SloPlan } from '../model/plan.ts'
import { bareDurations } from './bare-durations.ts'
import { resolveLoad } from './load.ts'
import { optionSchemas, type OptionValues, type ScriptFacts } from './option-schemas.ts'
import { originsOf } from './origins.ts'
import { OptionsError } from './problem.ts'
import { scenarioPlan } from './scenario-plan.ts'
import { stageProblems, stageWarnings } from './stage-thresholds.ts'
import { type OptionTier, readTier, SOURCES } from './tier.ts'
import { warmUpProblems } from './warm-up.ts'
import { planWarnings } from './warnings.ts'

/** What options are resolved against. */
export interface PlanContext extends ScriptFacts {
  /** Processor cores of this machine. */
  readonly cores: number
}

export interface Resolution {
  readonly plan: Plan
  /** Who set each value of the plan (`script`, `flag --vus`, `default`), by the paths of `planLeaves`. */
  readonly origins: Readonly<Record<string, string>>
  /** Whole sentences. */
  readonly warnings: readonly string[]
}

/** Options that have a value whoever sets none. */
const DEFAULTS = {
  thresholds: {},
  slo: {},
  tags: {},
  summaryTrendStats: ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)', 'p(99)'],
  by: [],
  setupTimeout: 60_000,
  teardownTimeout: 60_000,
  handleSummaryTimeout: 120_000,
  gracefulStop: 30_000,
  warmup: 0,
  minIterationDuration: 0,
  noSetup: false,
  noTeardown: false,
  seed: 1,
  samples: 1_000_000,
} as const satisfies Partial<OptionValues>

type Settings = Partial<OptionValues> & Pick<OptionValues, keyof typeof DEFAULTS>

/**
 * Makes the plan of a run from all that was said about its options. Each option comes whole from
 * the highest place that sets it: defaults, config file, script, environment, flags. The load
 * (`scenarios` and its shortcuts) counts as one option.
 * @throws OptionsError with every problem of every place.
 */
export function resolvePlan(tiers: readonly OptionTier[], context: PlanContext): Resolution {
  const schemas = optionSchemas(context)
  const readings = tiers
    .toSorted((a, b) => SOURCES.indexOf(a.source) - SOURCES.indexOf(b.source))
    .map((tier) => readTier(tier, schemas))
  const load = resolveLoad(readings, context.exports)
  const settings = readings.reduce<Settings>((merged, { values }) => ({ ...merged, ...values }), DEFAULTS)
  const problems = [
    ...readings.flatMap((reading) => reading.problems),
    ...load.problems,
    ...warmUpProblems(load, settings.warmup, readings),
    ...stageProblems({ ...settings, ...load }, readings),
  ]
  if (problems.length > 0) throw new OptionsError(problems)

  const scenarios = Object.entries(load.scenarios).map(([name, values]) =>
    scenarioPlan(name, values, settings),
  )
  const plan = planOf(settings, scenarios, context.cores)
  const origins = originsOf(plan, readings, load.origins)
  const unjudged = Object.entries(settings.thresholds).filter(([, items]) => items.length === 0)
  const warnings = [
    ...load.warnings,
    ...bareDurations(readings),
    ...planWarnings(plan, origins),
    ...stageWarnings({ ...settings, ...load }),
    ...unjudged.map(([key]) => `thresholds.${key}: the list is empty, so nothing is judged.`),
  ]
  return { plan, origins, warnings }
}

function planOf(settings: Settings, scenarios: Plan['scenarios'], cores: number): Plan {
  const { pricing } = settings
  return {
    schemaVersion: 1,
    scenarios,
    thresholds: Object.values(settings.thresholds).flat(),
    slo: sloPlan(settings.slo),
    ...(pricing ? { pricing: pricingPlan(pricing) } : {}),
    tags: settings.tags,
    summaryTrendStats: settings.summaryTrendStats,
    by: settings.by,
    setupTimeout: settings.setupTimeout,
    teardownTimeout: settings.teardownTimeout,
    handleSummaryTimeout: settings.handleSummaryTimeout,
    minIterationDuration: settings.minIterationDuration,
    noSetup: settings.noSetup,
    noTeardown: settings.noTeardown,
    workers: settings.workers ?? Math.max(1, cores - 1),
    seed: settings.seed,
    samples: settings.samples,
  }
}

/** Bounds that are set; a bound of `undefined` is none. */
function sloPlan(slo: OptionValues['slo']): SloPlan {
  return Object.fromEntries(Object.entries(slo).filter(([, bound]) => bound !== undefined))
}

function pricingPlan({ input, output, cached, currency }: OptionValues['pricing']): PricingPlan {
  return { input, output, cached: cached ?? input, currency }
}
