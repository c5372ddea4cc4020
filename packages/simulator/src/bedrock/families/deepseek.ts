import { prompted } from './prompted.ts'

/** DeepSeek R1, whose reasoning is no part of the answer. */
export const deepseek = prompted({
  prompt: 'prompt',
  maxTokens: 'max_tokens',
  reasons: { stop: 'stop', length: 'length', tool_calls: 'stop', content_filter: 'stop' },
  chunk: (quoted) => `{"choices":[{"text":${quoted},"stop_reason":null}]}`,
  last: (reason) => `{"choices":[{"text":"","stop_reason":"${reason}"}]}`,
  whole: (text, reason) => ({ choices: [{ text, stop_reason: reason }] }),
})
