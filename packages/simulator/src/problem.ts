import type { z } from 'zod'
import { engineText } from './engines.ts'
import { FAULT_NAMES } from './faults.ts'

/** Something wrong with settings. */
export interface Problem {
  /** Where: `ttft`, `faults.stall`, `--ttft`; empty for the whole. */
  readonly path: string
  /** What is wrong, to be read after the path: `is -5`. */
  readonly message: string
  readonly allowed: string
  /** A name that is none of those there are. */
  readonly unknown?: { readonly name: string; readonly known: readonly string[] }
}

/**
 * A line each for a person. What is allowed stands with the last problem of its kind, and not where `suggest` says
 * what was meant.
 * @param suggest says so, to be read after the message: `; did you mean "stall"?`
 */
export function describeProblems(
  problems: readonly Problem[],
  suggest: (name: string, known: readonly string[]) => string = () => '',
): string[] {
  const lines: string[] = []
  const told = new Set<string>()
  for (const { path, message, allowed, unknown } of problems.toReversed()) {
    const suggestion = unknown === undefined ? '' : suggest(unknown.name, unknown.known)
    const end = suggestion || (told.has(allowed) ? '' : `; allowed: ${allowed}`)
    if (suggestion === '') told.add(allowed)
    lines.unshift(`${path === '' ? 'the settings' : path} ${message}${end}`)
  }
  return lines
}

/** Everything a schema of settings found wrong with `value`, in the words of its fields' descriptions. */
export function problemsOf(error: z.ZodError, value: unknown, schema: z.ZodObject): Problem[] {
  const names = Object.keys(schema.shape)
  return error.issues.flatMap((issue): Problem[] => {
    const field = issue.path[0]
    const allowed = field === undefined ? undefined : described(schema, String(field))
    if (issue.code === 'unrecognized_keys') {
      const known = field === 'faults' ? FAULT_NAMES : names
      return issue.keys.map((name) => ({
        path: [...issue.path, name].join('.'),
        message: 'is unknown',
        allowed: allowed ?? names.join(', '),
        unknown: { name, known },
      }))
    }
    const given = at(value, issue.path)
    return [
      {
        path: pathOf(issue.path, given).join('.'),
        message: messageOf(issue, given),
        allowed: field === undefined ? 'an object of settings' : (allowed ?? names.join(', ')),
        ...(issue.code === 'invalid_value' && typeof given === 'string'
          ? { unknown: { name: given, known: issue.values.map(String) } }
          : {}),
      },
    ]
  })
}

/** An item of a list by what it is, for a person does not count from 0. */
function pathOf(path: readonly PropertyKey[], given: unknown): PropertyKey[] {
  return isItem(path, given) ? [...path.slice(0, -1), given] : [...path]
}

function isItem(path: readonly PropertyKey[], given: unknown): given is string {
  return typeof path.at(-1) === 'number' && typeof given === 'string' && given !== ''
}

function messageOf(issue: z.core.$ZodIssue, given: unknown): string {
  if (issue.code === 'custom') return issue.message
  if (!isItem(issue.path, given)) return `is ${shown(given)}`
  return (issue.path[0] === 'speaks' && engineText(given)) || 'is unknown'
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
