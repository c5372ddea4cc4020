import { isObject, type Decoder, type JsonObject, type Part } from 'loadbench/plugin'
import { errorOfObject, malformed } from './error.ts'

export const NOTHING: readonly Part[] = []

/** A decoder of JSON objects, one a frame. `read` is given those that are no error. */
export function lineDecoder(read: (line: JsonObject) => readonly Part[]): Decoder {
  return ({ data }) => {
    let line: unknown
    try {
      line = JSON.parse(data)
    } catch {
      return [malformed('not JSON', data)]
    }
    if (!isObject(line)) return [malformed('not a JSON object', data)]
    const { error } = line
    // Once something was sent an error can only be told in a line of the stream; it is the last one.
    return error === undefined || error === null ? read(line) : [errorOfObject(line)]
  }
}
