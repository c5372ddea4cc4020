import { isAmount, isObject, type JsonObject, type Usage } from 'loadbench/plugin'

type UsagePart = { -readonly [K in keyof Usage]: Usage[K] } & { type: 'usage' }

/**
 * The `usage` object of a chunk, wherever the server puts it: on a chunk of its own with `choices: []`,
 * on the finish chunk, on every chunk (then cumulative), or inside Groq's `x_groq`.
 */
export function findUsage(chunk: JsonObject): JsonObject | undefined {
  const { usage, x_groq: groq } = chunk
  if (isObject(usage)) return usage
  return isObject(groq) && isObject(groq['usage']) ? groq['usage'] : undefined
}

/**
 * The token counts of a `usage` object; `undefined` where it holds none. The Responses API has names of its
 * own for the same counts.
 */
export function readUsage(usage: JsonObject): UsagePart | undefined {
  const part: UsagePart = { type: 'usage' }
  const input = usage['prompt_tokens'] ?? usage['input_tokens']
  const completion = usage['completion_tokens'] ?? usage['output_tokens']
  const reasoning =
    detail(usage['completion_tokens_details'] ?? usage['output_tokens_details'], 'reasoning_tokens') ??
    usage['reasoning_tokens']
  const cached =
    detail(usage['prompt_tokens_details'] ?? usage['input_tokens_details'], 'cached_tokens') ??
    usage['prompt_cache_hit_tokens']
  if (isAmount(input)) part.inputTokens = input
  if (isAmount(completion)) part.outputTokens = completion
  if (isAmount(reasoning)) part.reasoningTokens = reasoning
  if (isAmount(cached)) part.cachedTokens = cached
  // xAI leaves reasoning out of `completion_tokens`, all others count it in; the total gives it away.
  if (
    isAmount(input) &&
    isAmount(completion) &&
    isAmount(reasoning) &&
    reasoning > 0 &&
    usage['total_tokens'] === input + completion + reasoning
  ) {
    part.outputTokens = completion + reasoning
  }
  const known = part.inputTokens ?? part.outputTokens ?? part.reasoningTokens ?? part.cachedTokens
  return known === undefined ? undefined : part
}

function detail(details: unknown, name: string): unknown {
  return isObject(details) ? details[name] : undefined
}
