import type { StopReasons } from '../choice.ts'
import { prompted } from './prompted.ts'

const REASONS: StopReasons = {
  stop: 'COMPLETE',
  length: 'MAX_TOKENS',
  tool_calls: 'COMPLETE',
  content_filter: 'ERROR_TOXIC',
}

/** Cohere Command. */
export const command = prompted({
  prompt: 'prompt',
  maxTokens: 'max_tokens',
  reasons: REASONS,
  chunk: (quoted) => `{"index":0,"is_finished":false,"text":${quoted}}`,
  last: (reason) => `{"index":0,"is_finished":true,"finish_reason":"${reason}"}`,
  whole: (text, reason, { id }) => ({ id, generations: [{ id, text, finish_reason: reason }], prompt: '' }),
})

/** Cohere Command R. */
export const commandR = prompted({
  prompt: 'message',
  maxTokens: 'max_tokens',
  reasons: REASONS,
  chunk: (quoted) => `{"is_finished":false,"event_type":"text-generation","text":${quoted}}`,
  last: (reason) => `{"is_finished":true,"event_type":"stream-end","finish_reason":"${reason}"}`,
  whole: (text, reason, { id }) => ({
    response_id: id,
    text,
    generation_id: id,
    chat_history: [],
    finish_reason: reason,
  }),
})
