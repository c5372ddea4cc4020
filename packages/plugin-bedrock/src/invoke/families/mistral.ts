import type { TextFamily } from '../family.ts'
import { promptOf } from '../prompt.ts'
import { readPieces } from './pieces.ts'

/** Mistral's models up to February 2024: one prompt. Later ones take OpenAI's form. */
export const mistral: TextFamily = {
  body: (call, { maxTokens, temperature, topP, stop }) => ({
    prompt: promptOf(call, 'mistral'),
    max_tokens: maxTokens,
    temperature,
    top_p: topP,
    stop,
  }),
  chunk: (chunk, answer) => void readPieces(chunk['outputs'], answer),
  whole(body, answer) {
    if (!readPieces(body['outputs'], answer)) return false
    answer.end('unknown')
    return true
  },
}
