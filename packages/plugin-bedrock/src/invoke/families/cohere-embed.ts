import { isObject } from 'loadbench/plugin'
import type { EmbeddingFamily } from '../family.ts'
import { vectorOf } from '../vector.ts'

/** Cohere Embed. Its documents are embedded unless `extra` says `{ input_type: 'search_query' }` or another. */
export const cohereEmbed: EmbeddingFamily = {
  body: ({ input, dimensions }) => ({
    texts: typeof input === 'string' ? [input] : input,
    input_type: 'search_document',
    output_dimension: dimensions,
  }),
  whole({ embeddings }, answer) {
    // Asked for types of numbers, it answers by type.
    const list: unknown = isObject(embeddings) ? Object.values(embeddings)[0] : embeddings
    if (!Array.isArray(list)) return false
    for (const [index, numbers] of list.entries()) {
      const vector = vectorOf(numbers)
      if (vector === undefined) return false
      answer.add({ type: 'embedding', index, vector })
    }
    answer.end('stop')
    return true
  },
}
