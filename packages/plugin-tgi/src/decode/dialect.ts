import type { Decoder, Part, ResponseHead } from 'loadbench/plugin'
import { timingOf } from './accounts.ts'
import { classified } from './error.ts'

/**
 * An OpenAI decoder that knows TGI's words for what went wrong, and the times TGI puts into the headers
 * of an answer in one piece.
 */
export function inTgiWords(decode: Decoder, { headers }: ResponseHead): Decoder {
  const timing = timingOf(headers)
  return (frame) => {
    const parts = decode(frame)
    if (parts.some(isError)) return parts.map((part) => (part.type === 'error' ? classified(part) : part))
    return timing.length > 0 && parts.length > 0 ? [...parts, ...timing] : parts
  }
}

function isError({ type }: Part): boolean {
  return type === 'error'
}
