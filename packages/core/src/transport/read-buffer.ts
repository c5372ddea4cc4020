/** What libuv asks of a socket at a time. */
const READ_BYTES = 65_536
/** Every read of a thread goes through this one, and is copied: else each would have 64 kB to itself at first. */
export const READ_BUFFER = Buffer.allocUnsafeSlow(READ_BYTES)
/** Parts of it by where they begin and their length: most reads are short, and of few lengths. */
const WINDOWS: readonly Uint8Array[][] = Array.from({ length: 6 }, () => [])
const LONGEST_KEPT = 1_024

/** Of what was read last. Memory comes from Node's pool, as that of every short buffer does. */
export function copyOfRead(from: number, to: number): Buffer {
  const copy = Buffer.allocUnsafe(to - from)
  copy.set(windowOf(from, to))
  return copy
}

function windowOf(from: number, to: number): Uint8Array {
  const windows = WINDOWS[from]
  const length = to - from
  if (windows === undefined || length > LONGEST_KEPT) return READ_BUFFER.subarray(from, to)
  return (windows[length] ??= READ_BUFFER.subarray(from, to))
}
