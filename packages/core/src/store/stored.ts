import { z } from 'zod'
import type { Manifest, Summary } from '../model/summary.ts'

/*
 * What a run folder holds, as it is found: by this version of loadbench, an older one that did not know every
 * field, or a disk that lost half of it.
 */

/** Why a text is not what it was to be, in words that follow the name of its file. */
interface Unfit {
  readonly problem: string
}

const text = z.string()
const number = z.number()
const tags = z.record(text, text)

const runEnding = z.looseObject({ outcome: text, exitCode: number, reason: text.optional() })

const manifest = z.looseObject({
  id: text,
  script: text,
  state: z.enum(['running', 'finished', 'aborted']),
  startedAt: text,
  endedAt: text.optional(),
  ending: runEnding.optional(),
  plan: z.looseObject({
    scenarios: z.array(z.looseObject({ name: text, executor: text })),
    thresholds: z.array(z.looseObject({ key: text, metric: text, expression: text })),
    workers: number,
    slo: z.looseObject({}).default({}),
    tags: tags.default({}),
    summaryTrendStats: z.array(text).default(['avg', 'min', 'med', 'max', 'p(90)', 'p(95)', 'p(99)']),
    by: z.array(text).optional(),
  }),
  metrics: z.array(z.looseObject({ name: text, type: text, unit: text })).optional(),
  targets: z.record(text, text).default({}),
  versions: z.record(text, text).default({}),
  host: z
    .looseObject({ os: text, cpu: text, cores: number, memoryBytes: number })
    .default({ os: 'unknown', cpu: 'unknown', cores: 0, memoryBytes: 0 }),
  argv: z.array(text).default([]),
})

const summary = z.looseObject({
  run: runEnding.extend({ id: text, script: text, startedAt: text, durationMs: number }),
  health: z.looseObject({
    verdict: z.enum(['trustworthy', 'degraded', 'invalid']),
    reasons: z.array(text),
    figures: z.record(text, number).default({}),
  }),
  metrics: z.array(
    z.looseObject({ name: text, tags, type: text, unit: text, count: number, values: z.looseObject({}) }),
  ),
  thresholds: z.array(
    z.looseObject({
      metric: text,
      expression: text,
      observed: number.optional(),
      unit: text.default(''),
      passed: z.boolean(),
      aborted: z.boolean().default(false),
    }),
  ),
  checks: z.array(z.looseObject({ name: text, passes: number, fails: number })),
  errors: z.array(
    z.looseObject({
      class: text,
      count: number,
      example: z.looseObject({ message: text }),
      examples: z.array(z.looseObject({ message: text })).default([]),
    }),
  ),
  scenarios: z.array(
    z.looseObject({ name: text, started: number, completed: number, dropped: number, interrupted: number }),
  ),
  parts: z.array(z.looseObject({ label: text, tags })).optional(),
  slowest: z.array(z.looseObject({ id: text, duration: number })).default([]),
  warnings: z.array(text).default([]),
})

/** Reads `run.json`; what older versions did not write is filled in. */
export function manifestFrom(json: string): Manifest | Unfit {
  const { value, problem } = read(json, manifest)
  return problem === undefined ? (value as Manifest) : { problem }
}

/** Reads `summary.json`. `parts` is missing in those of older versions. */
export function summaryFrom(json: string): Summary | Unfit {
  const { value, problem } = read(json, summary)
  return problem === undefined ? (value as Summary) : { problem }
}

function read(json: string, schema: z.ZodType): { readonly value?: unknown; readonly problem?: string } {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch (error) {
    return { problem: `is damaged: ${error instanceof Error ? error.message : String(error)}` }
  }
  if (typeof value !== 'object' || value === null || !('schemaVersion' in value))
    return { problem: 'is damaged: it has no schemaVersion' }
  const { schemaVersion } = value
  if (schemaVersion !== 1) {
    const written = JSON.stringify(schemaVersion)
    return { problem: `was written by another version of loadbench: schemaVersion ${written}, not 1` }
  }
  const { data, error } = schema.safeParse(value)
  const [issue] = error?.issues ?? []
  return issue === undefined
    ? { value: data }
    : { problem: `is damaged at ${issue.path.join('.')}: ${issue.message}` }
}
