const CR = 13
const LF = 10

/** What a character counts for as a digit of a chunk's size; -1 where it is none. */
const DIGITS = Int8Array.from({ length: 256 }, (_, code) => {
  const digit = Number.parseInt(String.fromCodePoint(code), 16)
  return Number.isNaN(digit) ? -1 : digit
})

/** Where the data of a chunk stand. */
export interface ChunkData {
  from: number
  to: number
}

/** What `wholeChunk` found last: every token asks, and an object for each would be garbage at once. */
const FOUND: ChunkData = { from: 0, to: 0 }

/**
 * The data of the chunk (RFC 9112, 7.1) that begins at `begun`; two bytes behind them the next one begins.
 * @param end of what there is in `bytes`.
 * @returns what holds until the next call; `undefined` for a chunk that is not whole, is the last one, or has
 * an extension.
 */
export function wholeChunk(bytes: Uint8Array, begun: number, end: number): ChunkData | undefined {
  let at = begun
  let size = 0
  while (at < end && size < end) {
    const digit = DIGITS[bytes[at] ?? 0] ?? -1
    if (digit < 0) break
    size = size * 16 + digit
    at += 1
  }
  const from = at + 2
  const to = from + size
  if (size === 0 || to + 2 > end) return undefined
  if (bytes[at] !== CR || bytes[at + 1] !== LF || bytes[to] !== CR || bytes[to + 1] !== LF) return undefined
  FOUND.from = from
  FOUND.to = to
  return FOUND
}

/**
 * Gives the data of each whole chunk from `from` on, up to the first that is none.
 * @returns where that one begins, the length of `bytes` where there is none.
 */
export function takeChunks(bytes: Buffer, from: number, take: (data: Buffer) => void): number {
  let begun = from
  while (begun < bytes.length) {
    const data = wholeChunk(bytes, begun, bytes.length)
    if (data === undefined) break
    begun = data.to + 2
    take(bytes.subarray(data.from, data.to))
  }
  return begun
}
