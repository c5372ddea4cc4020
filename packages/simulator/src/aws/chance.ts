import { crc32 } from 'node:zlib'
import type { Answer } from '../answer.ts'
import { seeded, type Random } from '../random.ts'

/** Chance for how an answer is wrapped up; the same answer has always the same. */
export function chanceOf(answer: Answer): Random {
  return seeded(crc32(answer.choices.flatMap(({ tokens }) => tokens).join('')), 0)
}
