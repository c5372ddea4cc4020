import { isObject, isText, type Decoder, type ResponseHead } from 'loadbench/plugin'
import { timingOf, usageOf } from './accounts.ts'
import { errorOf, malformed } from './error.ts'
import { finishOf } from './finish.ts'

/** The decoder of an answer in one piece: that of `/generate`, or a list of it as `/` gives. */
export function wholeDecoder({ headers }: ResponseHead): Decoder {
  return ({ data }) => {
    let body: unknown
    try {
      body = JSON.parse(data)
    } catch {
      return [malformed('not JSON', data)]
    }
    const answer: unknown = Array.isArray(body) ? body[0] : body
    if (!isObject(answer)) return [malformed('not an answer', data)]
    const { error, generated_text: text, details } = answer
    if (error !== undefined && error !== null) return [errorOf(answer)]
    if (typeof text !== 'string') return [malformed('an answer without generated_text', data)]
    return [
      ...(isText(text) ? [{ type: 'text-delta', text } as const] : []),
      ...usageOf(details, headers),
      ...timingOf(headers),
      finishOf(details),
    ]
  }
}
