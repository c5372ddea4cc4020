import type { z } from 'zod'

/** Something wrong with settings. */
export interface Problem {
  /** Where: `ttft`, `faults.stall`, `--ttft`; empty for the whole. */
  readonly path: string
  /** What is wrong, to be read after the path: `is -5`. */
  readonly message: string
  readonly allowed: string
}

/** One line for a person. */
export function describeProblem({ path, message, allowed }: Problem): string {
  return `${path === '' ? 'the settings' : path} ${message}; allowed: ${allowed}`
}

/** Everything a schema of settings found wrong with `value`, in the words of its fields' descriptions. */
export function problemsOf(error: z.ZodError, value: unknown, schema: z.ZodObject): Problem[] {
  const names = Object.keys(schema.shape).join(', ')
  return error.issues.flatMap((issue): Problem[] => {
    const field = issue.path[0]
    const allowed = field === undefined ? names : (described(schema, String(field)) ?? names)
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: [...issue.path, key].join('.'),
        message: 'is unknown',
        allowed,
      }))
    }
    const message = issue.code === 'custom' ? issue.message : `is ${shown(at(value, issue.path))}`
    return [
      {
        path: issue.path.join('.'),
        message,
        allowed: field === undefined ? 'an object of settings' : allowed,
      },
    ]
  })
}

function described(schema: z.ZodObject, field: string): string | undefined {
  return (schema.shape[field] as z.ZodType | undefined)?.description
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key],
    value,
  )
}

function shown(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value))
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
