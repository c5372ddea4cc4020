import type { Framer, FrameSink, Framing } from '../../model/provider.ts'
import { ndjsonFramer } from './ndjson.ts'
import { sseFramer } from './sse.ts'
import { wholeFramer } from './whole.ts'

/** Largest frame of a stream; no token, tool call or usage comes near it. */
export const FRAME_LIMIT = 8 * 1024 * 1024
/** Largest answer that comes in one piece. */
export const BODY_LIMIT = 64 * 1024 * 1024

/** A fresh framer for one response. */
export function framerFor(framing: Framing, sink: FrameSink): Framer {
  if (typeof framing === 'function') return framing(sink)
  switch (framing) {
    case 'sse':
      return sseFramer(sink, FRAME_LIMIT)
    case 'ndjson':
      return ndjsonFramer(sink, FRAME_LIMIT)
    case 'whole':
      return wholeFramer(sink, BODY_LIMIT)
  }
}
