import { prompted } from './prompted.ts'

/** Meta Llama. The prompt's tokens stand in the first chunk alone. */
export const llama = prompted({
  prompt: 'prompt',
  maxTokens: 'max_gen_len',
  reasons: { stop: 'stop', length: 'length', tool_calls: 'stop', content_filter: 'stop' },
  chunk: (quoted, first, counts) =>
    `{"generation":${quoted},"prompt_token_count":${(first ? counts?.input : undefined) ?? null},"generation_token_count":${counts?.output ?? null},"stop_reason":null}`,
  last: (reason, counts) =>
    JSON.stringify({
      generation: '',
      prompt_token_count: null,
      generation_token_count: counts?.output ?? null,
      stop_reason: reason,
    }),
  whole: (generation, reason, { counts }) => ({
    generation,
    prompt_token_count: counts?.input ?? null,
    generation_token_count: counts?.output ?? null,
    stop_reason: reason,
  }),
})
