import type { Steps } from './agenda.ts'
import type { Answer } from './answer.ts'
import type { Break } from './break.ts'
import type { Millis } from './clock.ts'
import type { Outlet } from './outlet.ts'
import type { Reply } from './protocol.ts'
import type { Chunk } from './schedule.ts'

/** An answer about to be sent in one piece. */
export interface WholePart {
  readonly reply: Reply
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
  const { reply, start } = part
  let last = part.first
  for (const chunk of part.chunks) last = chunk.due
  if (part.break === undefined) {
    yield start + last
    out.reply(reply, part.answer.outputTokens)
    return
  }
  const half = reply.body.slice(0, reply.body.length / 2)
  if (part.break.by === 'malformed') {
    yield start + last
    out.reply({ ...reply, body: half })
    return
  }
  yield start + part.first
  out.head(reply.headers)
  if (part.break.after > 0) out.write(half)
  yield part.break.by === 'stall' ? Infinity : start + last
  if (part.break.by === 'reset-mid-stream') out.reset()
  else out.hangUp()
}
