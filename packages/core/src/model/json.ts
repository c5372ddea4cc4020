import type { ErrorPart } from './part.ts'

/** How much of what cannot be read goes into a message. */
const EXCERPT = 200

/** An object of the wire. Nothing about its fields is known, whatever the protocol says. */
export type JsonObject = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The JSON object that a frame or a body holds; `undefined` where it holds none. Never throws. */
export function readObject(data: string): JsonObject | undefined {
  let value: unknown
  try {
    value = JSON.parse(data)
  } catch {
    return undefined
  }
  return isObject(value) ? value : undefined
}

/** A frame or body that is not what the protocol says, with its beginning. @param what it is instead */
export function malformed(data: string, what = 'not a JSON object'): ErrorPart {
  return { type: 'error', class: 'malformed', message: `${what}: ${data.slice(0, EXCERPT)}` }
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
