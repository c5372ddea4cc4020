import { z } from 'zod'
import type { Arrival } from '../model/scenario.ts'
import { checked, choice, got, number, span, vus, whole } from './fields.ts'
import { didYouMean } from './nearest.ts'
import {
  enoughIterations,
  enoughVus,
  keeping,
  leavesZero,
  type Pooled,
  type Staged,
  takesTime,
} from './scenario-rules.ts'
import { RESERVED_TAGS } from '../model/tags.ts'
import { listOf, strictObject, textMap } from './structures.ts'

const EXECUTORS = [
  'shared-iterations',
  'per-vu-iterations',
  'constant-vus',
  'ramping-vus',
  'constant-arrival-rate',
  'ramping-arrival-rate',
] as const
type Executor = (typeof EXECUTORS)[number]

/** Below, gaps are 0 but for a few huge ones; above, arrivals are even for all that can be measured. */
const GAMMA = { least: 0.01, most: 10_000 } as const

/** Tags, of a scenario or of the run. */
export function tagsSchema() {
  return textMap('names with values such as { team: "ml" } (in text: team=ml,build=42)', (name) =>
    RESERVED_TAGS.includes(name) ? 'is a tag that loadbench sets itself; choose another name' : undefined,
  )
}

/** The stages of a ramp. */
export function stagesSchema(target: z.ZodType<number>) {
  const allowed = 'a list of stages such as { duration: "30s", target: 10 } (in text: 30s:10,1m:20)'
  const stage = strictObject('a stage', { duration: span('0 or above'), target })
  return listOf(allowed, stage)
}

/**
 * One scenario as a script may write it, defaults filled in but for those that come from elsewhere
 * (`gracefulStop`, `maxVUs`).
 * @param exports names of the functions the script exports.
 */
export function scenarioSchema(exports: readonly string[]) {
  const common = {
    startTime: span('0 or above').default(0),
    gracefulStop: span('0 or above').optional(),
    warmup: span('0 or above').optional(),
    exec: execSchema(exports).prefault('default'),
    env: textMap('names with values').default({}),
    tags: tagsSchema().default({}),
  }
  const iterating = {
    ...common,
    vus: vus(1).default(1),
    iterations: whole(1).default(1),
    maxDuration: span('above 0').default(600_000),
  }
  const arriving = {
    ...common,
    timeUnit: span('above 0').default(1_000),
    preAllocatedVUs: vus(0),
    maxVUs: vus(1).optional(),
    onSaturation: choice('drop', 'queue').default('drop'),
    arrival: arrivalSchema().default('even'),
  }
  return z.discriminatedUnion(
    'executor',
    [
      scenario('shared-iterations', iterating).superRefine(keeping(enoughIterations)),
      scenario('per-vu-iterations', iterating),
      scenario('constant-vus', { ...common, vus: vus(1).default(1), duration: span('above 0') }),
      scenario('ramping-vus', {
        ...common,
        startVUs: vus(0).default(1),
        stages: stagesSchema(vus(0)),
        gracefulRampDown: span('0 or above').default(30_000),
      }).superRefine(keeping(takesTime, leavesZero)),
      scenario('constant-arrival-rate', {
        ...arriving,
        rate: number('above 0'),
        duration: span('above 0'),
      }).superRefine(keeping(enoughVus)),
      scenario('ramping-arrival-rate', {
        ...arriving,
        startRate: number('0 or above').default(0),
        stages: stagesSchema(number('0 or above')),
      }).superRefine(keeping<Pooled & Staged>(enoughVus, takesTime, leavesZero)),
    ],
    { error: ({ input }) => executorProblem(input) },
  )
}

/** A scenario as the schema gives it. */
export type ScenarioValues = z.output<ReturnType<typeof scenarioSchema>>

function scenario<E extends Executor, S extends z.ZodRawShape>(executor: E, shape: S) {
  return strictObject(executor, { executor: z.literal(executor), ...shape })
}

function executorProblem(input: unknown): string {
  if (typeof input !== 'object' || input === null)
    return `must be a scenario with an executor, got ${got(input)}`
  const executor = 'executor' in input ? input.executor : undefined
  if (executor === undefined) return `is missing: must be one of ${EXECUTORS.join(', ')}`
  const suggestion = typeof executor === 'string' ? didYouMean(executor, EXECUTORS) : ''
  return `must be one of ${EXECUTORS.join(', ')}, got ${got(executor)}${suggestion}`
}

function execSchema(exports: readonly string[]) {
  return checked<string>((value) => {
    if (typeof value !== 'string') return `must be the name of an exported function, got ${got(value)}`
    if (exports.includes(value)) return undefined
    const there = exports.length === 0 ? 'it exports none at all' : `it exports ${exports.join(', ')}`
    return `the script exports no function ${got(value)}; ${there}${didYouMean(value, exports)}`
  })
}

function arrivalSchema() {
  const allowed = `"even", "poisson" or { gamma: a number from ${GAMMA.least} to ${GAMMA.most} }`
  return checked<Arrival>((value) => {
    if (value === 'even' || value === 'poisson') return undefined
    if (typeof value !== 'object' || value === null) return `must be ${allowed}, got ${got(value)}`
    const { gamma, ...others } = value as { readonly gamma?: unknown }
    const isShape = typeof gamma === 'number' && gamma >= GAMMA.least && gamma <= GAMMA.most
    if (isShape && Object.keys(others).length === 0) return undefined
    return `must be ${allowed}, got { ${Object.entries(value)
      .map(([name, inner]) => `${name}: ${got(inner)}`)
      .join(', ')} }`
  })
}
