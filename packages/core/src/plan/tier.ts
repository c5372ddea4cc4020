import type { ErrorCode } from '../model/errors.ts'
import { got } from './fields.ts'
import { didYouMean } from './nearest.ts'
import { flagOf, variableOf } from './option-names.ts'
import { formatPath, type Path } from './option-path.ts'
import type { OptionKey, OptionSchemas, OptionValues } from './option-schemas.ts'
import type { Problem } from './problem.ts'

/** Where options come from; later ones go before earlier ones. */
export const SOURCES = ['default', 'config', 'script', 'environment', 'flags'] as const

/** What one place says about the options. */
export interface OptionTier {
  readonly source: (typeof SOURCES)[number]
  /** How the place is called in messages: `config loadbench.yaml`, `script`. */
  readonly label: string
  /** As written. `undefined` and `null` say nothing, and neither does a key that is `undefined`. */
  readonly options: unknown
}

/** A tier read option by option: what is right can be used to judge the rest, whatever else is wrong. */
export interface TierReading {
  readonly tier: OptionTier
  /** The options that were set, as written. */
  readonly raw: ReadonlyMap<OptionKey, unknown>
  /** Those of them that are right. */
  readonly values: Partial<OptionValues>
  readonly problems: readonly Problem[]
}

/** Who set an option: `script`, `environment LOADBENCH_VUS`, `flag --vus`. */
export function originOf(tier: OptionTier, key: OptionKey): string {
  if (tier.source === 'flags') return `flag ${flagOf(key)}`
  const variable = tier.source === 'environment' ? variableOf(key) : undefined
  return variable === undefined ? tier.label : `environment ${variable}`
}

/** Reads each option of a tier by itself. */
export function readTier(tier: OptionTier, schemas: OptionSchemas): TierReading {
  const { options } = tier
  if (options === undefined || options === null) return { tier, raw: new Map(), values: {}, problems: [] }
  if (typeof options !== 'object' || Array.isArray(options) || options instanceof Promise) {
    const isPromise = options instanceof Promise
    const message = `must be an object, got ${isPromise ? 'a promise: an await is missing' : got(options)}`
    const problem = { path: 'options', message, source: tier.label, code: 'LB_OPTIONS_INVALID' } as const
    return { tier, raw: new Map(), values: {}, problems: [problem] }
  }
  const raw = new Map<OptionKey, unknown>()
  const values: Record<string, unknown> = {}
  const problems: Problem[] = []
  for (const [key, value] of Object.entries(options)) {
    if (value === undefined) continue
    if (!isOption(key, schemas)) {
      const message = `is not an option${didYouMean(key, Object.keys(schemas))}`
      problems.push({ path: key, message, source: tier.label, code: 'LB_OPTIONS_INVALID' })
      continue
    }
    raw.set(key, value)
    const result = schemas[key].safeParse(value)
    if (result.success) values[key] = result.data
    for (const { message, path } of result.error?.issues ?? []) {
      problems.push(problemAt([key, ...path], message, originOf(tier, key)))
    }
  }
  return { tier, raw, values, problems }
}

/** A problem, with the error code its place stands for. */
export function problemAt(path: Path, message: string, source: string): Problem {
  return { path: formatPath(path), message, source, code: codeAt(path) }
}

function codeAt(path: Path): ErrorCode {
  if (path[0] === 'thresholds') return 'LB_THRESHOLD_INVALID'
  return path[0] === 'scenarios' && path[2] === 'exec' ? 'LB_NO_EXEC' : 'LB_OPTIONS_INVALID'
}

function isOption(key: string, schemas: OptionSchemas): key is OptionKey {
  return Object.hasOwn(schemas, key)
}
