/** Bytes decoded in one test at most; some hundred answers must not take minutes. */
const MOST_BYTES = 8_000_000

/**
 * Where to cut a body of `length` bytes: at every byte, or for a long one evenly spread, so that decoding
 * the body once for each cut stays affordable.
 */
export function cutsOf(length: number): number[] {
  const step = Math.max(1, Math.ceil((length * length) / MOST_BYTES))
  const cuts: number[] = []
  for (let at = 0; at < length; at += step) cuts.push(at)
  return [...cuts, length]
}

/** One chunk per byte: of a long body too, for it is decoded but once. */
export function byteByByte(body: Uint8Array): Uint8Array[] {
  return Array.from(body, (_, at) => body.subarray(at, at + 1))
}

/** One chunk for each message with the blank line behind it, as servers write server-sent events. */
export function eventByEvent(body: Uint8Array): Uint8Array[] {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length)
  const chunks: Uint8Array[] = []
  let from = 0
  for (let at = bytes.indexOf('\n\n'); at !== -1; at = bytes.indexOf('\n\n', from)) {
    chunks.push(bytes.subarray(from, at + 2))
    from = at + 2
  }
  return [...chunks, bytes.subarray(from)]
}
