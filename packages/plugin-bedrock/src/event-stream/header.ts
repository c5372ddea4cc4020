/** The type of a header with text in it, the only one AWS gives a meaning. */
const STRING = 7

/** Bytes of a value by its type; those of types 6 and 7 stand before them as a u16. */
const SIZES: readonly (number | 'counted')[] = [
  0, // true
  0, // false
  1, // i8
  2, // i16
  4, // i32
  8, // i64
  'counted', // bytes
  'counted', // string
  8, // timestamp
  16, // UUID
]

/**
 * The headers of a message that hold text: `u8 length, name, u8 type, value`, one after the other. Those
 * of other types are checked and left out. `undefined` where the bytes are no such list.
 */
export function readHeaders(bytes: Buffer): Record<string, string> | undefined {
  const headers: Record<string, string> = {}
  let at = 0
  while (at < bytes.length) {
    const typeAt = at + 1 + (bytes[at] ?? 0)
    const type = bytes[typeAt]
    const fixed = type === undefined ? undefined : SIZES[type]
    if (fixed === undefined) return undefined
    const counted = fixed === 'counted'
    const valueAt = typeAt + (counted ? 3 : 1)
    if (valueAt > bytes.length) return undefined
    const end = valueAt + (counted ? bytes.readUInt16BE(typeAt + 1) : fixed)
    if (end > bytes.length) return undefined
    if (type === STRING)
      headers[bytes.toString('utf8', at + 1, typeAt)] = bytes.toString('utf8', valueAt, end)
    at = end
  }
  return headers
}
