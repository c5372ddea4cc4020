import { isAmount, LoadbenchError } from 'loadbench/plugin'
import type { EmbeddingFamily } from '../family.ts'
import { vectorOf } from '../vector.ts'

/** Amazon Titan Text Embeddings: one text a request. */
export const titanEmbed: EmbeddingFamily = {
  body({ input, dimensions }) {
    const texts = typeof input === 'string' ? [input] : input
    if (texts.length !== 1) {
      throw new LoadbenchError(
        'LB_CALL_INVALID',
        `an embedding call has ${texts.length} texts, and Titan takes one a request`,
        'Make a call for each text.',
      )
    }
    return { inputText: texts[0], dimensions }
  },
  whole(body, answer) {
    const vector = vectorOf(body['embedding'])
    if (vector === undefined) return false
    answer.add({ type: 'embedding', index: 0, vector })
    const input = body['inputTextTokenCount']
    if (isAmount(input)) answer.usage({ type: 'usage', inputTokens: input })
    answer.end('stop')
    return true
  },
}
