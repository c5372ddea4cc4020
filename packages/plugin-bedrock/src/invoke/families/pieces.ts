import { isObject, isText } from 'loadbench/plugin'
import type { Answer } from '../../answer/answer.ts'

/** Reads `[{text, stop_reason}]`, of which there is one. @returns whether it is there. */
export function readPieces(pieces: unknown, answer: Answer): boolean {
  const piece: unknown = Array.isArray(pieces) ? pieces[0] : undefined
  if (!isObject(piece)) return false
  answer.text(piece['text'])
  if (isText(piece['stop_reason'])) answer.end(piece['stop_reason'])
  return true
}
