import { prompted } from './prompted.ts'

/** Mistral's completions. */
export const mistral = prompted({
  prompt: 'prompt',
  maxTokens: 'max_tokens',
  reasons: { stop: 'stop', length: 'length', tool_calls: 'stop', content_filter: 'stop' },
  chunk: (quoted) => `{"outputs":[{"text":${quoted},"stop_reason":null}]}`,
  last: (reason) => `{"outputs":[{"text":"","stop_reason":"${reason}"}]}`,
  whole: (text, reason) => ({ outputs: [{ text, stop_reason: reason }] }),
})
