import { seeded } from './random.ts'
import { tokenId } from './words.ts'

/** More than any model has. */
export const MAX_DIMENSIONS = 65_536

/**
 * A vector of length 1, always the same for the same text. Its numbers have single precision, so that as
 * text and as bytes they are the same.
 */
export function unitVector(text: string, dimensions: number): Float32Array {
  const random = seeded(tokenId(text), text.length)
  const vector = Float32Array.from({ length: dimensions }, () => 2 * random() - 1)
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0))
  return vector.map((value) => value / length)
}
