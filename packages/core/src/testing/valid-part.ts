import { ERROR_CLASSES } from '../model/failure.ts'
import type { Part } from '../model/part.ts'

const isString = (value: unknown) => typeof value === 'string'
const isAmount = (value: unknown) => typeof value === 'number' && value >= 0 && Number.isFinite(value)
const isIndex = (value: unknown) => Number.isInteger(value) && isAmount(value)
const maybe = (is: (value: unknown) => boolean) => (value: unknown) => value === undefined || is(value)

type Fields = Readonly<Record<string, (value: unknown) => boolean>>

const delta: Fields = { text: isString, tokens: maybe(isAmount) }
const amounts = (...names: string[]): Fields =>
  Object.fromEntries(names.map((name) => [name, maybe(isAmount)]))

const FIELDS: Readonly<Record<Part['type'], Fields>> = {
  'text-delta': delta,
  'reasoning-delta': delta,
  'tool-delta': { index: isIndex, id: maybe(isString), name: maybe(isString), arguments: isString },
  usage: amounts('inputTokens', 'outputTokens', 'reasoningTokens', 'cachedTokens'),
  'server-timing': amounts('queue', 'prefill', 'decode', 'inference', 'load', 'ttft', 'total'),
  embedding: {
    index: isIndex,
    vector: (value) => Array.isArray(value) && value.every((one) => typeof one === 'number'),
  },
  warning: { code: isString, message: isString },
  finish: { reason: isString },
  error: {
    class: maybe((value) => (ERROR_CLASSES as readonly unknown[]).includes(value)),
    code: maybe(isString),
    message: isString,
  },
}

/** What is wrong with a part a decoder gave; `undefined` for a good one. A plugin need not be typed. */
export function partProblem(part: Part): string | undefined {
  const fields = FIELDS[part.type] as Fields | undefined
  if (fields === undefined) return `there is no part of type ${JSON.stringify(part.type)}`
  const values: Readonly<Record<string, unknown>> = { ...part }
  for (const [name, is] of Object.entries(fields)) {
    if (!is(values[name])) return `${part.type}.${name} is ${JSON.stringify(values[name])}`
  }
  const unknown = Object.keys(part).find((name) => name !== 'type' && !(name in fields))
  return unknown === undefined ? undefined : `${part.type} has no field "${unknown}"`
}
