import { isObject, malformed, readObject, type Frame, type JsonObject, type Part } from 'loadbench/plugin'
import { usageOf } from './accounts.ts'
import { errorOf } from './error.ts'
import { finishOf } from './finish.ts'

const NOTHING: readonly Part[] = []

/**
 * Reads one event of `/generate_stream`: one token, and on the last one the whole text, which marks the
 * end. There is no `[DONE]` but that of gateways.
 */
export function readEvent({ data }: Frame): readonly Part[] {
  if (data === '' || data.startsWith('[DONE]')) return NOTHING
  const event = readObject(data)
  if (event === undefined) return [malformed(data)]
  const { error, token, generated_text: whole, details } = event
  if (error !== undefined && error !== null) return [errorOf(event)]
  const generated = isObject(token) ? [deltaOf(token)] : NOTHING
  if (typeof whole !== 'string') return generated
  return [...generated, ...usageOf(details, {}), finishOf(details)]
}

/**
 * A token. A special one, such as the end of the sequence, was generated like any other but is no text;
 * one that ends amid a character has none yet.
 */
function deltaOf({ text, special }: JsonObject): Part {
  const shown = special !== true && typeof text === 'string' ? text : ''
  return { type: 'text-delta', text: shown, tokens: 1 }
}
