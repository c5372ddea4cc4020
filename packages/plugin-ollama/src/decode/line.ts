import { malformed, readObject, type Decoder, type JsonObject, type Part } from 'loadbench/plugin'
import { errorOfObject } from './error.ts'

export const NOTHING: readonly Part[] = []

/** A decoder of JSON objects, one a frame. `read` is given those that are no error. */
export function lineDecoder(read: (line: JsonObject) => readonly Part[]): Decoder {
  return ({ data }) => {
    const line = readObject(data)
    if (line === undefined) return [malformed(data)]
    const { error } = line
    // Once something was sent an error can only be told in a line of the stream; it is the last one.
    return error === undefined || error === null ? read(line) : [errorOfObject(line)]
  }
}
