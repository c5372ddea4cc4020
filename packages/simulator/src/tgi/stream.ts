import { END_TOKEN, type Answer, type Choice } from '../answer.ts'
import type { Facts, StreamWire } from '../protocol.ts'
import { commonDetails, generatedText, onlyChoice, tokenText, withDetails } from './details.ts'
import { STREAM_ERROR, STREAM_HEADERS } from './errors.ts'
import { COMPUTE_TYPE } from './headers.ts'
import type { TgiAsk } from './request.ts'

/** A stream of TGI: one event for each token, the last of them tells the whole text. No end mark follows. */
export class TokenStream implements StreamWire {
  readonly headers: StreamWire['headers']
  readonly done = ''
  readonly error = STREAM_ERROR
  readonly malformed = 'data:{"index":1,"token":{"id":1,"text":" unfin\n\n'
  readonly #choice: Choice
  readonly #facts: Facts<TgiAsk>

  constructor(answer: Answer, facts: Facts<TgiAsk>) {
    this.#choice = onlyChoice(answer)
    this.#facts = facts
    this.headers = {
      ...STREAM_HEADERS,
      'x-compute-type': COMPUTE_TYPE,
      'x-compute-characters': String(facts.ask.inputs.length),
    }
  }

  open(): string {
    return ''
  }

  tokens(_choice: number, from: number, to: number): string {
    const { tokens } = this.#choice
    let text = ''
    for (let at = from; at < to; at++) text += this.#event(at, tokens[at] ?? END_TOKEN)
    return text
  }

  /** The last token has told it, where there was one. */
  finish(): string {
    return this.#choice.tokens.length === 0 ? this.#event(0, END_TOKEN) : ''
  }

  close(): string {
    return ''
  }

  #event(at: number, token: string): string {
    const rest = at < this.#choice.tokens.length - 1 ? '"generated_text":null,"details":null' : this.#end()
    return `data:{"index":${at + 1},"token":${tokenText(token)},${rest}}\n\n`
  }

  #end(): string {
    const { ask } = this.#facts
    const choice = this.#choice
    const details = withDetails(this.#facts)
      ? { ...commonDetails(choice, ask), input_length: ask.promptTokens }
      : null
    return `"generated_text":${JSON.stringify(generatedText(choice, ask))},"details":${JSON.stringify(details)}`
  }
}
