import { anthropic } from './families/anthropic.ts'
import { command, commandR } from './families/cohere.ts'
import { deepseek } from './families/deepseek.ts'
import { cohereEmbed, titanEmbed } from './families/embedding.ts'
import { llama } from './families/llama.ts'
import { mistral } from './families/mistral.ts'
import { nova } from './families/nova.ts'
import { gptOss, openaiChat, openaiCompletion } from './families/openai.ts'
import { titan } from './families/titan.ts'
import type { Family } from './family.ts'

/**
 * By what is found in an id, whatever region or ARN it stands in; the first that is. The later models of
 * Mistral, DeepSeek and others are asked as OpenAI's are.
 */
const BY_ID: readonly (readonly [found: RegExp, family: Family])[] = [
  [/\banthropic\./, anthropic],
  [/\bamazon\.nova/, nova],
  [/\bamazon\.titan-embed/, titanEmbed],
  [/\bamazon\.titan/, titan],
  [/\bmeta\.llama/, llama],
  [/\bmistral\.(mistral-7b|mixtral|mistral-(small|large)-2402)/, mistral],
  [/\bcohere\.embed/, cohereEmbed],
  [/\bcohere\.command-r/, commandR],
  [/\bcohere\.command/, command],
  [/\bdeepseek\.r1/, deepseek],
  [/\bopenai\.gpt-oss/, gptOss],
  [/\b(openai|mistral|deepseek|qwen)\./, openaiChat],
]

/** By a field of the body. */
const BY_FIELD: readonly (readonly [field: string, family: Family])[] = [
  ['anthropic_version', anthropic],
  ['schemaVersion', nova],
  ['inferenceConfig', nova],
  ['inputText', titan],
  ['max_gen_len', llama],
  ['messages', openaiChat],
  ['message', commandR],
]

/** The family a model belongs to. An ARN may hide which model it leads to; then the body tells. */
export function familyOf(model: string, body: unknown): Family {
  const named = BY_ID.find(([found]) => found.test(model))
  if (named !== undefined) return named[1]
  if (typeof body !== 'object' || body === null) return openaiCompletion
  return BY_FIELD.find(([field]) => field in body)?.[1] ?? openaiCompletion
}
