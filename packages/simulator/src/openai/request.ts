import { z } from 'zod'
import type { Ask } from '../answer.ts'

/** More answers than any server gives to one request. */
const MAX_CHOICES = 128

/** The fields that chat and completions share. What is not named here is ignored. */
export const commonFields = {
  model: z.string().nullish(),
  stream: z.boolean().nullish(),
  stream_options: z
    .object({ include_usage: z.boolean().nullish(), continuous_usage_stats: z.boolean().nullish() })
    .nullish(),
  n: z.int().min(1).max(MAX_CHOICES).nullish(),
  max_tokens: z.int().min(1).nullish(),
  min_tokens: z.int().min(0).nullish(),
  ignore_eos: z.boolean().nullish(),
  return_token_ids: z.boolean().nullish(),
}
const common = z.object(commonFields)

/** What a request for a chat or a completion asks for. */
export interface OpenAIAsk extends Ask {
  /** How many of the likeliest are told in place of each token; `undefined`: no logprobs at all. */
  readonly logprobs?: number
  /** Whether the numbers of the tokens are told, as vLLM does. */
  readonly tokenIds: boolean
}

/** What those fields ask for. */
export function commonAsk(body: z.output<typeof common>) {
  const usage = body.stream_options
  const told = usage?.include_usage === true
  return {
    ...(typeof body.model === 'string' && { model: body.model }),
    ...(typeof body.max_tokens === 'number' && { maxTokens: body.max_tokens }),
    streamed: body.stream === true,
    choices: body.n ?? 1,
    minTokens: body.min_tokens ?? 0,
    ignoreEos: body.ignore_eos === true,
    tokenIds: body.return_token_ids === true,
    streamUsage: told ? (usage.continuous_usage_stats === true ? 'every' : 'end') : 'no',
  } satisfies Partial<OpenAIAsk>
}
