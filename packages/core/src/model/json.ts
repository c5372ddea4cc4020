/** An object of the wire. Nothing about its fields is known, whatever the protocol says. */
export type JsonObject = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Text with something in it. White space is something: it is a token. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

/** A count or a duration: finite and not negative. */
export function isAmount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value < Number.POSITIVE_INFINITY
}

/** The JSON text of a decoded value; `''` for what nests too deep to be written again. */
export function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value)
  } catch {
    return ''
  }
}
