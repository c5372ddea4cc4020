import { z } from 'zod'
import { readEmbedding, vectorsOf, type EmbeddingAsk } from '../../embedding.ts'
import { countsOf } from '../counts.ts'
import type { Family } from '../family.ts'
import { malformedRequest } from '../wish.ts'

const titanSchema = z.object({ inputText: z.string().min(1), dimensions: z.int().nullish() })
const cohereSchema = z.object({
  texts: z.array(z.string()).min(1),
  input_type: z.enum(['search_document', 'search_query', 'classification', 'clustering']),
  output_dimension: z.int().nullish(),
})

/** Amazon Titan Text Embeddings. */
export const titanEmbed: Family<EmbeddingAsk> = {
  read(body) {
    const parsed = titanSchema.safeParse(body)
    if (!parsed.success) return malformedRequest(parsed.error)
    return readEmbedding({ input: parsed.data.inputText, dimensions: parsed.data.dimensions })
  },
  whole(answer, facts) {
    const [vector = []] = vectorsOf(facts.ask, facts.dimensions)
    const counts = countsOf(answer, facts)
    const embedding = [...vector]
    return JSON.stringify({
      embedding,
      embeddingsByType: { float: embedding },
      ...(counts && { inputTextTokenCount: counts.input }),
    })
  },
}

/** Cohere Embed. */
export const cohereEmbed: Family<EmbeddingAsk> = {
  read(body) {
    const parsed = cohereSchema.safeParse(body)
    if (!parsed.success) return malformedRequest(parsed.error)
    return readEmbedding({ input: parsed.data.texts, dimensions: parsed.data.output_dimension })
  },
  whole: (_answer, { id, ask, dimensions }) =>
    JSON.stringify({
      id,
      texts: ask.inputs.map(({ text }) => text),
      embeddings: vectorsOf(ask, dimensions).map((vector) => [...vector]),
      response_type: 'embeddings_floats',
    }),
}
