import type { Framer, FrameSink } from '../../model/provider.ts'

/** The whole body as one frame, emitted when the response ends; none for an empty body. */
export function wholeFramer(sink: FrameSink, limit: number): Framer {
  let chunks: Uint8Array[] = []
  let size = 0
  let overflowed = false
  return {
    push(chunk) {
      if (overflowed) return
      size += chunk.length
      if (size <= limit) {
        chunks.push(chunk)
        return
      }
      overflowed = true
      chunks = []
      sink.fault(`the body grew over ${limit} bytes`)
    },
    end() {
      if (overflowed || size === 0) return
      sink.emit({ data: Buffer.concat(chunks).toString('utf8') })
    },
  }
}
