import { isObject, type GenerationCall } from 'loadbench/plugin'
import type { BedrockSettings } from '../settings.ts'

/** A request body, or a part of one, before it becomes JSON; a field that is `undefined` is not sent. */
export type Fields = Record<string, unknown>

/** Sampling and length of a call, defaults filled in. What Bedrock lacks (`seed`, `n`) is left out. */
export interface Limits {
  readonly maxTokens: number
  readonly temperature: number | undefined
  readonly topP: number | undefined
  readonly stop: readonly string[] | undefined
}

/** See `BedrockSettings.maxTokens`. */
const DEFAULT_MAX_TOKENS = 512

export function limitsOf(call: GenerationCall, settings: BedrockSettings): Limits {
  const { maxTokens = settings.maxTokens ?? DEFAULT_MAX_TOKENS, temperature, topP, stop } = call
  return { maxTokens, temperature, topP, stop: typeof stop === 'string' ? [stop] : stop }
}

/** `fields` with what the client and the call add; objects of one name are joined, one level deep. */
export function withExtra(fields: Fields, ...extras: readonly (Readonly<Fields> | undefined)[]): Fields {
  const all = { ...fields }
  for (const extra of extras) {
    for (const [name, value] of Object.entries(extra ?? {})) {
      const given = all[name]
      all[name] = isObject(given) && isObject(value) ? { ...given, ...value } : value
    }
  }
  return all
}
