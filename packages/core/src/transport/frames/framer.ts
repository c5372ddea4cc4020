import type { Framer, FrameSink, Framing } from '../../model/provider.ts'
import { ndjsonFramer } from './ndjson.ts'
import { SseFramer } from './sse.ts'
import { wholeFramer } from './whole.ts'

/** Largest frame of a stream; no token, tool call or usage comes near it. */
export const FRAME_LIMIT = 8 * 1024 * 1024
/** Largest answer that comes in one piece. */
export const BODY_LIMIT = 64 * 1024 * 1024

/** What a framer of events is made of outlives several collections of an answer's garbage: it is worth keeping. */
const RESTING: SseFramer[] = []
const MOST_RESTING = 1_000

/** A framer for one response; `release` it when that is over. */
export function framerFor(framing: Framing, sink: FrameSink): Framer {
  if (typeof framing === 'function') return framing(sink)
  switch (framing) {
    case 'sse':
      return (RESTING.pop() ?? new SseFramer(FRAME_LIMIT)).begin(sink)
    case 'ndjson':
      return ndjsonFramer(sink, FRAME_LIMIT)
    case 'whole':
      return wholeFramer(sink, BODY_LIMIT)
  }
}

/** Of no use to its response any more, not even if more of that comes. */
export function release(framer: Framer): void {
  if (!(framer instanceof SseFramer)) return
  framer.rest()
  if (RESTING.length < MOST_RESTING) RESTING.push(framer)
}
