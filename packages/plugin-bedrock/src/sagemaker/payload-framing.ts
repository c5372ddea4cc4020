import { framerFor, type Framer, type FrameSink } from 'loadbench/plugin'
import { eventStreamFramer } from '../event-stream/framer.ts'

/**
 * Cuts the answer of InvokeEndpointWithResponseStream: an event stream whose `PayloadPart`s are the
 * container's bytes, split anywhere, and so cut again by the container's own framing. Frames of that one are
 * handed on, and the exceptions of the outer one with their headers; its unknown events are not.
 */
export function payloadFraming(sink: FrameSink): Framer {
  let inner: Framer | undefined
  let failed = false
  const outer = eventStreamFramer({
    emit(frame) {
      const type = frame.headers?.[':message-type']
      if (type === 'exception' || type === 'error') {
        failed = true
        sink.emit(frame)
      } else if (frame.event === 'PayloadPart' && frame.bytes !== undefined && !failed) {
        inner ??= innerFramer(frame.bytes, sink)
        inner?.push(frame.bytes)
      }
    },
    fault: (message) => sink.fault(message),
  })
  return {
    push: (chunk) => outer.push(chunk),
    end() {
      outer.end()
      // What an exception cut off is no frame.
      if (!failed) inner?.end()
    },
  }
}

const WHITE_SPACE: readonly number[] = [...Buffer.from(' \t\r\n')]
const JSON_STARTS: readonly number[] = [...Buffer.from('{[')]

/**
 * Containers say of their streams what they like, so the first byte decides: JSON lines begin with JSON,
 * server-sent events with the name of a field or a colon. `undefined` while there is only white space.
 */
function innerFramer(bytes: Uint8Array, sink: FrameSink): Framer | undefined {
  const first = bytes.find((byte) => !WHITE_SPACE.includes(byte))
  if (first === undefined) return undefined
  return framerFor(JSON_STARTS.includes(first) ? 'ndjson' : 'sse', sink)
}
