import {
  isAmount,
  isObject,
  malformed,
  type Decoder,
  type EmbeddingPart,
  type Part,
  type ResponseHead,
} from 'loadbench/plugin'
import { objectDecoder } from './object-decoder.ts'
import { findUsage, readUsage } from './usage.ts'

/**
 * The decoder of embeddings, which come in one piece.
 * @param asked vectors the call asked for.
 */
export function embeddingDecoder(head: ResponseHead, asked: number): Decoder {
  return objectDecoder(head, (answer, { data }) => {
    const { data: entries } = answer
    if (!Array.isArray(entries)) return [malformed(data, 'an answer without embeddings')]
    const parts: Part[] = []
    for (const [place, entry] of entries.entries()) {
      const part = readEmbedding(entry, place)
      if (part === undefined) return [malformed(data, `embedding ${place} is no vector`)]
      parts.push(part)
    }
    if (parts.length < asked) return [malformed(data, `${parts.length} embeddings for ${asked} inputs`)]
    const usage = findUsage(answer)
    const inputTokens = usage && readUsage(usage)?.inputTokens
    if (inputTokens !== undefined) parts.push({ type: 'usage', inputTokens })
    parts.push({ type: 'finish', reason: 'stop' })
    return parts
  })
}

function readEmbedding(entry: unknown, place: number): EmbeddingPart | undefined {
  if (!isObject(entry)) return undefined
  const { index, embedding } = entry
  const vector = typeof embedding === 'string' ? readBase64(embedding) : embedding
  if (!isVector(vector)) return undefined
  return { type: 'embedding', index: isAmount(index) && Number.isInteger(index) ? index : place, vector }
}

function isVector(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'number')
}

/** 32-bit floats, the least significant byte first. */
function readBase64(text: string): readonly number[] {
  const bytes = Buffer.from(text, 'base64')
  if (bytes.length % 4 !== 0) return []
  return Array.from({ length: bytes.length / 4 }, (_, place) => bytes.readFloatLE(place * 4))
}
