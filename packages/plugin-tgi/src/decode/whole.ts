import { isObject, isText, malformed, type Decoder, type ResponseHead } from 'loadbench/plugin'
import { timingOf, usageOf } from './accounts.ts'
import { errorOf } from './error.ts'
import { finishOf } from './finish.ts'

/** The decoder of an answer in one piece: that of `/generate`, or a list of it as `/` gives. */
export function wholeDecoder({ headers }: ResponseHead): Decoder {
  return ({ data }) => {
    let body: unknown
    try {
      body = JSON.parse(data)
    } catch {
      return [malformed(data, 'not JSON')]
    }
    const answer: unknown = Array.isArray(body) ? body[0] : body
    if (!isObject(answer)) return [malformed(data, 'not an answer')]
    const { error, generated_text: text, details } = answer
    if (error !== undefined && error !== null) return [errorOf(answer)]
    if (typeof text !== 'string') return [malformed(data, 'an answer without generated_text')]
    return [
      ...(isText(text) ? [{ type: 'text-delta', text } as const] : []),
      ...usageOf(details, headers),
      ...timingOf(headers),
      finishOf(details),
    ]
  }
}
