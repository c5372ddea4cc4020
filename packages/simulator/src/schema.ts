import { z } from 'zod'
import { parseDistribution, type Distribution } from './distribution.ts'
import { FAULT_NAMES, type FaultOdds } from './faults.ts'
import { describeProblems, problemsOf, type Problem } from './problem.ts'
import { PROTOCOLS, type SimulatorSettings } from './settings.ts'
import { MAX_DIMENSIONS } from './vector.ts'

/** A field that may be left out; `allowed` is what a person is told where its value is wrong. */
const setting = <Schema extends z.ZodType>(schema: Schema, allowed: string) =>
  z.exactOptional(schema).describe(allowed)

const distribution = (unit: string) => {
  const schema = z.unknown().transform((spec, context): Distribution => {
    const parsed = parseDistribution(spec)
    if (parsed !== undefined) return parsed
    context.addIssue({ code: 'invalid_type', expected: 'custom', input: spec })
    return z.NEVER
  })
  return setting(schema, `${unit} as a number, normal:MEAN,SD, lognormal:MEDIAN,SIGMA or uniform:MIN,MAX`)
}
const oneOf = <const Name extends string>(names: readonly Name[]) => setting(z.enum(names), names.join(', '))
const count = (unit: string, least = 0) =>
  setting(z.int().min(least), `${unit}: a whole number from ${least}`)
const amount = (unit: string) => setting(z.number().min(0), `${unit} from 0`)
const text = (allowed: string, least = 0) => setting(z.string().min(least), allowed)

const odds: z.ZodType<FaultOdds> = z
  .partialRecord(z.enum(FAULT_NAMES), z.number().min(0).max(1))
  .superRefine((faults, context) => {
    const sum = Object.values(faults).reduce((total, odd) => total + odd, 0)
    if (sum > 1 + 1e-9) context.addIssue({ code: 'custom', message: `add up to ${Number(sum.toFixed(6))}` })
  })

const answerFields = {
  ttft: distribution('milliseconds'),
  itl: distribution('milliseconds'),
  prefillPerToken: amount('milliseconds'),
  outputTokens: distribution('tokens'),
  tokensPerChunk: distribution('tokens'),
  reasoningTokens: distribution('tokens'),
  reasoningField: oneOf(['reasoning_content', 'reasoning']),
  roleChunk: oneOf(['early', 'with-first-token']),
  toolCalls: oneOf(['never', 'auto', 'always']),
  usage: oneOf(['on-request', 'always', 'never', 'finish-chunk', 'every-chunk']),
  dimensions: setting(z.int().min(1).max(MAX_DIMENSIONS), `a whole number from 1 to ${MAX_DIMENSIONS}`),
  loadTime: amount('milliseconds'),
  cachedTokens: count('tokens'),
  text: text('text'),
  seed: setting(z.int(), 'a whole number'),
  faults: setting(odds, `probabilities, together at most 1, of ${FAULT_NAMES.join(', ')}`),
  fault: oneOf(['none', ...FAULT_NAMES]),
  faultAfter: count('tokens'),
  slowHeaders: amount('milliseconds'),
  retryAfter: amount('seconds'),
}

const serverFields = {
  host: text('a host name or address', 1),
  port: setting(z.int().min(0).max(65_535), '0 (any free port) to 65535'),
  speaks: setting(z.array(z.enum(PROTOCOLS)).min(1), `a list of ${PROTOCOLS.join(', ')}`),
  apiKey: text('text, not empty', 1),
  awsKeys: setting(z.record(z.string().min(1), z.string().min(1)), 'secret access keys by their ids'),
  models: setting(z.array(z.string().min(1)).min(1), 'a list of names, not empty'),
  slots: count('requests', 1),
  queueLimit: count('requests'),
  truth: count('requests'),
}

const answerSchema = z.strictObject(answerFields)
const settingsSchema = z.strictObject({ ...answerFields, ...serverFields })

type AnswerFields = z.output<typeof answerSchema>
type SettingsFields = z.output<typeof settingsSchema>

const DEFAULTS = {
  host: '127.0.0.1',
  port: 0,
  speaks: [...PROTOCOLS],
  truth: 0,
  ttft: { lognormal: { median: 180, sigma: 0.25 } },
  itl: { lognormal: { median: 20, sigma: 0.1 } },
  prefillPerToken: 0,
  outputTokens: { fixed: 64 },
  tokensPerChunk: { fixed: 1 },
  reasoningTokens: { fixed: 0 },
  reasoningField: 'reasoning_content',
  roleChunk: 'with-first-token',
  toolCalls: 'auto',
  usage: 'on-request',
  dimensions: 1_024,
  loadTime: 0,
  seed: 1,
  faults: {},
  slowHeaders: 2_000,
  retryAfter: 1,
} as const satisfies SettingsFields

type With<Fields> = Fields & Required<Pick<Fields, keyof Fields & keyof typeof DEFAULTS>>

/** How one request is answered: every default filled in. */
export type Behaviour = With<AnswerFields>
/** Settings with every default filled in. They are plain JSON, and valid settings themselves. */
export type Settings = With<SettingsFields>

export type SettingsResult = { readonly settings: Settings } | { readonly problems: readonly Problem[] }

/**
 * Checks settings from anywhere and fills in the defaults, or tells everything that is wrong. A setting
 * that is `undefined` counts as left out.
 */
export function parseSettings(value: unknown): SettingsResult {
  const parsed = settingsSchema.safeParse(withoutUndefined(value))
  if (!parsed.success) return { problems: problemsOf(parsed.error, value, settingsSchema) }
  return { settings: { ...DEFAULTS, ...parsed.data } }
}

function withoutUndefined(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).filter(([, given]) => given !== undefined))
}

/** The settings one request brings along. */
export function parseAnswerSettings(
  value: unknown,
): { readonly settings: AnswerFields } | { readonly problems: readonly Problem[] } {
  const parsed = answerSchema.safeParse(value)
  return parsed.success
    ? { settings: parsed.data }
    : { problems: problemsOf(parsed.error, value, answerSchema) }
}

/** Settings that cannot be used, with everything that is wrong about them. */
export class SettingsError extends Error {
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    super(`The simulator's settings are wrong: ${describeProblems(problems).join(' · ')}`)
    this.name = 'SettingsError'
    this.problems = problems
  }
}

/** @throws SettingsError */
export function settingsOrThrow(value: SimulatorSettings): Settings {
  const result = parseSettings(value)
  if ('problems' in result) throw new SettingsError(result.problems)
  return result.settings
}
