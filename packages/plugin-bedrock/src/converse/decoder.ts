import { malformed, readObject, type Decoder } from 'loadbench/plugin'
import { Answer, NOTHING } from '../answer/answer.ts'
import type { OnGuardrail } from '../answer/stop.ts'
import { readStreamException, type ErrorContext } from '../errors/error.ts'
import { readBody } from './body.ts'
import { readEvent, TELLING } from './event.ts'

/** The decoder of ConverseStream. `messageStop` is the end; the counts of tokens come after it. */
export function streamDecoder(onGuardrail: OnGuardrail | undefined, context: ErrorContext): Decoder {
  const answer = new Answer(onGuardrail)
  return (frame) => {
    const exception = readStreamException(frame, context)
    if (exception !== undefined) return [exception]
    const { event = '' } = frame
    if (!TELLING.has(event)) return NOTHING
    const payload = readObject(frame.data)
    if (payload === undefined) return [malformed(frame.data)]
    readEvent(event, payload, answer)
    return answer.take()
  }
}

/** The decoder of Converse, whose answer comes in one piece. */
export function wholeDecoder(onGuardrail: OnGuardrail | undefined): Decoder {
  const answer = new Answer(onGuardrail)
  return ({ data }) => {
    const body = readObject(data)
    if (body === undefined) return [malformed(data)]
    return readBody(body, answer) ? answer.take() : [malformed(data, 'an answer without a message')]
  }
}
