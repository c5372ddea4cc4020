import { jsonText, malformed, type Decoder, type Part } from 'loadbench/plugin'
import { accountsOf } from './accounts.ts'
import { lineDecoder } from './line.ts'

/**
 * The decoder of `/api/embed`: one JSON object. It has no mark of its own for its end; that it can be
 * read at all shows that it came whole.
 */
export function embeddingDecoder(): Decoder {
  return lineDecoder((line) => {
    const { embeddings } = line
    if (!Array.isArray(embeddings)) return [malformed(jsonText(line), 'an answer without embeddings')]
    const parts: Part[] = []
    for (let index = 0; index < embeddings.length; index += 1) {
      const vector: unknown = embeddings[index]
      if (!isVector(vector)) return [malformed(jsonText(vector), 'an embedding that is no list of numbers')]
      parts.push({ type: 'embedding', index, vector })
    }
    parts.push(...accountsOf(line), { type: 'finish', reason: 'stop' })
    return parts
  })
}

function isVector(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'number')
}
