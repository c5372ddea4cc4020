import type { Steps } from './agenda.ts'
import type { Answer } from './answer.ts'
import type { Break } from './break.ts'
import type { Millis } from './clock.ts'
import type { Outlet } from './outlet.ts'
import type { Reply } from './protocol.ts'
import type { Chunk } from './schedule.ts'

/** An answer about to be sent in one piece. */
export interface WholePart {
  /** Written when it is sent. */
  readonly reply: () => Reply
  readonly answer: Answer
  readonly chunks: Iterable<Chunk>
  readonly start: Millis
  readonly first: Millis
  readonly break: Break | undefined
}

/**
 * Sends an answer in one piece, when its last token is due. A break comes after half of its bytes, which
 * go out with the first token.
 */
export function* whole(part: WholePart, out: Outlet): Steps {
  const { start } = part
  let last = part.first
  for (const chunk of part.chunks) last = chunk.due
  if (part.break === undefined) {
    yield start + last
    out.reply(part.reply(), part.answer.outputTokens)
    return
  }
  if (part.break.by === 'malformed') {
    yield start + last
    const reply = part.reply()
    out.reply({ ...reply, body: half(reply) })
    return
  }
  yield start + part.first
  const reply = part.reply()
  out.head(reply.headers)
  if (part.break.after > 0) out.write(half(reply))
  yield part.break.by === 'stall' ? Infinity : start + last
  if (part.break.by === 'reset-mid-stream') out.reset()
  else out.hangUp()
}

function half({ body }: Reply): string {
  return body.slice(0, body.length / 2)
}
