import type { Answer } from '../answer.ts'
import { chanceOf } from '../aws/chance.ts'
import { pick } from '../random.ts'

const ALPHABET = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

/**
 * Gives the field `p` of a message: characters without meaning, so many that its length tells nothing of
 * the text's.
 */
export function padding(answer: Answer): () => string {
  const random = chanceOf(answer)
  return () => ALPHABET.slice(0, 1 + pick(ALPHABET.length, random))
}
