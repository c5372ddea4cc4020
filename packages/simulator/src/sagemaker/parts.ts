import { events } from '../aws/event-stream.ts'
import { pick, type Random } from '../random.ts'

const PART = events('PayloadPart', 'application/octet-stream')
/** Parts of one piece, at most. */
const MOST = 3

/**
 * What a container sent as PayloadParts: up to three, cut wherever chance will have it, also inside a
 * character. All of a piece goes out at once.
 */
export function payloadParts(piece: string, random: Random): string {
  const bytes = Buffer.from(piece)
  const ascii = bytes.length === piece.length
  let text = ''
  let from = 0
  for (let left = pick(MOST, random); left > 0 && bytes.length - from > 1; left--) {
    const place = from + 1 + pick(bytes.length - from - 1, random)
    const to = ascii ? place : inside(bytes, place)
    text += PART(bytes.subarray(from, to))
    from = to
  }
  return from < bytes.length ? text + PART(bytes.subarray(from)) : text
}

/** The next place inside a character, where there is one; otherwise the place itself. */
function inside(bytes: Buffer, place: number): number {
  for (let at = place; at < bytes.length; at++) if ((bytes.readUInt8(at) & 0xc0) === 0x80) return at
  return place
}
