import type { Answer } from '../answer.ts'
import type { Facts } from '../protocol.ts'

/** The `usage` object when `generated` of the answer's tokens are out. */
export function usageOf(answer: Answer, generated: number): Readonly<Record<string, unknown>> {
  const { promptTokens, cachedTokens, reasoningTokens } = answer
  return {
    prompt_tokens: promptTokens,
    completion_tokens: generated,
    total_tokens: promptTokens + generated,
    ...(cachedTokens !== undefined && { prompt_tokens_details: { cached_tokens: cachedTokens } }),
    ...(reasoningTokens > 0 && {
      completion_tokens_details: { reasoning_tokens: Math.min(reasoningTokens, generated) },
    }),
  }
}

/** Where a stream carries its usage. */
export type Placement = 'none' | 'last-chunk' | 'finish-chunk' | 'every-chunk'

/** What the setting and, where it leaves the matter to it, the request ask for. */
export function placementOf({ usage, streamUsage }: Pick<Facts, 'usage' | 'streamUsage'>): Placement {
  if (usage === 'never') return 'none'
  if (usage === 'finish-chunk' || usage === 'every-chunk') return usage
  if (streamUsage === 'every') return 'every-chunk'
  return usage === 'always' || streamUsage === 'end' ? 'last-chunk' : 'none'
}
