import {
  readObject,
  type Decoder,
  type Frame,
  type JsonObject,
  type Part,
  type ResponseHead,
} from 'loadbench/plugin'
import { NOTHING } from './answer.ts'
import { errorOfBroken, errorOfObject, readError, tellsError } from './error.ts'

/**
 * The decoder of an answer made of JSON objects: each that is no error goes to `read`.
 * @param read never throws. What it is given came with a status below 300.
 */
export function objectDecoder(
  { status }: ResponseHead,
  read: (object: JsonObject, frame: Frame) => readonly Part[],
): Decoder {
  return (frame) => {
    const { data, event } = frame
    // `[DONE]` says nothing: vLLM and SGLang send it after an error too, other servers never.
    if (data === '' || data.startsWith('[DONE]')) return NOTHING
    if (event === 'error') return [readError(data, status)]
    const object = readObject(data)
    if (object === undefined) return [errorOfBroken(data, status)]
    if (tellsError(object)) return [errorOfObject(object, status)]
    return read(object, frame)
  }
}

/** The decoder of an error response: whatever its body is, it is the error. */
export function errorDecoder({ status, headers }: ResponseHead): Decoder {
  return ({ data }) => {
    if (data.startsWith('[DONE]')) return NOTHING
    if (status >= 400) return [readError(data, status)]
    const message = `HTTP ${status}: the server sends the call on to ${headers['location'] ?? 'nowhere'}, which is not followed`
    return [{ type: 'error', code: String(status), message }]
  }
}
