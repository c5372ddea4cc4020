import { isText } from 'loadbench/plugin'
import { usageOf, type CountNames } from '../../answer/usage.ts'
import type { TextFamily } from '../family.ts'
import { promptOf } from '../prompt.ts'

/** Cumulative in a stream. */
const COUNTS: CountNames = {
  input: 'prompt_token_count',
  output: 'generation_token_count',
  read: '',
  written: '',
}

/** Meta Llama: one prompt in Llama 3's format. */
export const llama: TextFamily = {
  body: (call, { maxTokens, temperature, topP }) => ({
    prompt: promptOf(call, 'llama'),
    max_gen_len: maxTokens,
    temperature,
    top_p: topP,
  }),
  chunk(chunk, answer) {
    answer.text(chunk['generation'])
    answer.usage(usageOf(chunk, COUNTS))
    if (isText(chunk['stop_reason'])) answer.end(chunk['stop_reason'])
  },
  whole(body, answer) {
    if (typeof body['generation'] !== 'string') return false
    llama.chunk(body, answer)
    answer.end('unknown')
    return true
  },
}
