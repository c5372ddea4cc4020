import type { Answer } from '../answer.ts'
import type { Facts, Protocol } from '../protocol.ts'
import { commonDetails, generatedText, onlyChoice, tokenText, withDetails } from './details.ts'
import { refuseStream, refuseWhole } from './errors.ts'
import { timingHeaders } from './headers.ts'
import { readRequest, type Streams, type TgiAsk } from './request.ts'
import { TokenStream } from './stream.ts'

/** `POST /generate`: in one piece. */
export const generate = protocol('never')
/** `POST /generate_stream`: whatever the request says, and errors are told in the stream. */
export const generateStream = protocol('always')
/** `POST /`: as the request says; in one piece it is a list. */
export const compat = protocol('on-request')

function protocol(streams: Streams): Protocol<TgiAsk> {
  return {
    idPrefix: 'tgi-',
    read: (body) => readRequest(body, streams),
    stream: (answer, facts) => new TokenStream(answer, facts),
    whole: wholeOf,
    wholeHeaders: timingHeaders,
    refuse(refusal, _behaviour, message, ask) {
      const streamed = ask?.streamed ?? streams === 'always'
      return streamed ? refuseStream(refusal, message) : refuseWhole(refusal, message)
    },
  }
}

function wholeOf(answer: Answer, facts: Facts<TgiAsk>): string {
  const { ask } = facts
  const choice = onlyChoice(answer)
  const text = `"generated_text":${JSON.stringify(generatedText(choice, ask))}`
  const common = JSON.stringify({ ...commonDetails(choice, ask), prefill: [] }).slice(0, -1)
  const details = withDetails(facts)
    ? `,"details":${common},"tokens":[${choice.tokens.map(tokenText).join()}]}`
    : ''
  return ask.listed ? `[{${text}${details}}]` : `{${text}${details}}`
}
