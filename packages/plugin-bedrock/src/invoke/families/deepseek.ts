import type { TextFamily } from '../family.ts'
import { promptOf } from '../prompt.ts'
import { readPieces } from './pieces.ts'

/** DeepSeek-R1: one prompt; its thoughts are a part of its text. Later models take OpenAI's form. */
export const deepseek: TextFamily = {
  body: (call, { maxTokens, temperature, topP, stop }) => ({
    prompt: promptOf(call, 'deepseek'),
    max_tokens: maxTokens,
    temperature,
    top_p: topP,
    stop,
  }),
  chunk: (chunk, answer) => void readPieces(chunk['choices'], answer),
  whole(body, answer) {
    if (!readPieces(body['choices'], answer)) return false
    answer.end('unknown')
    return true
  },
}
