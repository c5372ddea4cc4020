import { isObject, type ErrorPart, type JsonObject } from 'loadbench/plugin'

const EXCERPT = 200

/** The JSON object a frame holds; `undefined` where it holds none. */
export function readObject(data: string): JsonObject | undefined {
  let value: unknown
  try {
    value = JSON.parse(data)
  } catch {
    return undefined
  }
  return isObject(value) ? value : undefined
}

/** A frame or body that is not what the protocol says, with its beginning. */
export function malformed(data: string, what = 'not a JSON object'): ErrorPart {
  return { type: 'error', class: 'malformed', message: `${what}: ${data.slice(0, EXCERPT)}` }
}
