import { z } from 'zod'
import { readEmbedding, vectorsOf, type EmbeddingAsk } from '../embedding.ts'
import type { WholeProtocol } from '../protocol.ts'
import { nanos, withoutZeros } from './counts.ts'
import { refuse } from './errors.ts'
import { keepAliveOf } from './request.ts'

const ownFields = z.object({
  model: z.string().min(1),
  keep_alive: z.union([z.number(), z.string()]).nullish(),
})

/** `POST /api/embed`. */
export const embed: WholeProtocol<EmbeddingAsk> = {
  idPrefix: 'ollama-',
  read(body) {
    const own = ownFields.safeParse(body)
    if (!own.success) return { complaint: 'model is required' }
    const ask = readEmbedding(body)
    return 'complaint' in ask ? ask : { ...ask, keepAlive: keepAliveOf(own.data.keep_alive) }
  },
  whole({ promptTokens }, facts) {
    const { queue, load, elapsed } = facts.times()
    return JSON.stringify({
      model: facts.model,
      embeddings: vectorsOf(facts.ask, facts.dimensions).map((vector) => [...vector]),
      ...withoutZeros({
        total_duration: nanos(queue + elapsed),
        load_duration: nanos(load),
        prompt_eval_count: facts.usage === 'never' ? 0 : promptTokens,
      }),
    })
  },
  refuse,
}
