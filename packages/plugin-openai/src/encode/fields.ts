import type { Call, GenerationCall } from 'loadbench/plugin'
import type { RequestSettings } from '../settings.ts'

/** A request body before it becomes JSON; a field that is `undefined` is not sent. */
export type Fields = Record<string, unknown>

/** Adds the fields of chat and completions: sampling, stopping, length. Their names: OpenAI API reference. */
export function addSamplingFields(fields: Fields, call: GenerationCall, settings: RequestSettings): void {
  if (call.maxTokens !== undefined) fields[settings.maxTokensField ?? 'max_tokens'] = call.maxTokens
  if (call.temperature !== undefined) fields['temperature'] = call.temperature
  if (call.topP !== undefined) fields['top_p'] = call.topP
  if (call.seed !== undefined) fields['seed'] = call.seed
  if (call.stop !== undefined) fields['stop'] = call.stop
  if (call.n !== undefined) fields['n'] = call.n
}

const NO_FIELDS: Readonly<Fields> = {}

/** What goes into the body as it is; a call's fields over the client's. */
export function extraFields(call: Call, settings: RequestSettings): Readonly<Fields> {
  if (call.extra === undefined) return settings.extra ?? NO_FIELDS
  return { ...settings.extra, ...call.extra }
}

/**
 * Adds `stream`, and with it the wish for token counts. `include_usage` is said explicitly because servers
 * differ in its default, and it joins other stream options instead of giving way to them: vLLM reads
 * `continuous_usage_stats` only beside it.
 */
export function addStreamFields(fields: Fields, call: GenerationCall, settings: RequestSettings): void {
  fields['stream'] = call.stream !== false
  if (call.stream === false || settings.includeUsage === false) return
  const given = fields['stream_options']
  fields['stream_options'] = { include_usage: true, ...(typeof given === 'object' ? given : {}) }
}
