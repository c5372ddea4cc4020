import type { Call, GenerationCall } from 'loadbench/plugin'
import type { RequestSettings } from '../settings.ts'

/** A request body before it becomes JSON; a field that is `undefined` is not sent. */
export type Fields = Record<string, unknown>

/** The fields of chat and completions: sampling, stopping, length. Their names: OpenAI API reference. */
export function samplingFields(call: GenerationCall, settings: RequestSettings): Fields {
  return {
    [settings.maxTokensField ?? 'max_tokens']: call.maxTokens,
    temperature: call.temperature,
    top_p: call.topP,
    seed: call.seed,
    stop: call.stop,
    n: call.n,
  }
}

/** What goes into the body as it is; a call's fields over the client's. */
export function extraFields(call: Call, settings: RequestSettings): Fields {
  return { ...settings.extra, ...call.extra }
}

/**
 * `stream`, and with it the wish for token counts. `include_usage` is said explicitly because servers
 * differ in its default, and it joins other stream options instead of giving way to them: vLLM reads
 * `continuous_usage_stats` only beside it.
 */
export function streamFields(call: GenerationCall, settings: RequestSettings, extra: Fields): Fields {
  if (call.stream === false) return { stream: false }
  if (settings.includeUsage === false) return { stream: true }
  const given = extra['stream_options']
  return {
    stream: true,
    stream_options: { include_usage: true, ...(typeof given === 'object' ? given : {}) },
  }
}
