/** The forms in which InvokeModel is asked: the body is the model's own, not Bedrock's. */
export const FAMILY_NAMES = [
  'anthropic',
  'nova',
  'titan',
  'llama',
  'mistral',
  'command',
  'command-r',
  'deepseek',
  'openai',
  'container',
  'titan-embed',
  'cohere-embed',
] as const
export type FamilyName = (typeof FAMILY_NAMES)[number]

/**
 * How a model id begins, after a region's prefix (`us.`, `global.`) or somewhere inside an ARN. The first that
 * fits is taken. Mistral, DeepSeek and others took to OpenAI's form with their later models.
 */
const BY_ID: readonly (readonly [RegExp, FamilyName])[] = [
  [/^arn:[^:]*:sagemaker:|:imported-model\//, 'container'],
  [/\banthropic\./, 'anthropic'],
  [/\bamazon\.titan-embed/, 'titan-embed'],
  [/\bamazon\.titan-t/, 'titan'],
  [/\bamazon\.nova/, 'nova'],
  [/\bmeta\.llama/, 'llama'],
  [/\bmistral\.(mistral-7b|mixtral|mistral-small-2402|mistral-large-2402)/, 'mistral'],
  [/\bcohere\.embed/, 'cohere-embed'],
  [/\bcohere\.command-r/, 'command-r'],
  [/\bcohere\.command/, 'command'],
  [/\bdeepseek\.r1/, 'deepseek'],
  [/\b(openai|mistral|deepseek|qwen)\./, 'openai'],
]

/** The family of a model by its id or ARN; `undefined` where that does not tell. */
export function familyOf(model: string): FamilyName | undefined {
  return BY_ID.find(([pattern]) => pattern.test(model))?.[1]
}
