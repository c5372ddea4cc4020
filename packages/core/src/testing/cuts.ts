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
