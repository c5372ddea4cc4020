import { readEmbedding, vectorsOf, type EmbeddingAsk } from '../embedding.ts'
import type { WholeProtocol } from '../protocol.ts'
import { refuse } from './errors.ts'

interface OpenAIEmbeddingAsk extends EmbeddingAsk {
  readonly base64: boolean
}

/** `POST /v1/embeddings`. */
export const embeddings: WholeProtocol<OpenAIEmbeddingAsk> = {
  idPrefix: 'embd-',
  read(body) {
    const ask = readEmbedding(body)
    if ('complaint' in ask) return ask
    const { encoding_format: format = 'float' } = body as { encoding_format?: unknown }
    return format === 'float' || format === 'base64'
      ? { ...ask, base64: format === 'base64' }
      : { complaint: 'encoding_format: is neither float nor base64' }
  },
  whole({ promptTokens }, { ask, model, usage, dimensions }) {
    const data = vectorsOf(ask, dimensions).map((vector, index) => ({
      object: 'embedding',
      index,
      embedding: ask.base64 ? Buffer.from(vector.buffer).toString('base64') : [...vector],
    }))
    const counts = { prompt_tokens: promptTokens, total_tokens: promptTokens }
    return JSON.stringify({ object: 'list', data, model, ...(usage !== 'never' && { usage: counts }) })
  },
  refuse,
}
