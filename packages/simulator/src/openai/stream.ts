import type { Answer, Choice } from '../answer.ts'
import type { Facts, StreamWire } from '../protocol.ts'
import type { ToolCall } from '../toolcall.ts'
import { STREAM_ERROR } from './errors.ts'
import { tokenFacts, type Logprobs } from './logprobs.ts'
import type { OpenAIAsk } from './request.ts'
import { placementOf, usageOf, type Placement } from './usage.ts'

/** What a token can belong to. */
export type Channel = 'reasoning' | 'text' | 'arguments'

/** What the chunks of chat and of completions differ in: the field that follows `"index":0,` in a chunk. */
export interface Shape {
  readonly object: string
  /** Before the first token, where anything is. */
  readonly opening: string | undefined
  /** At the end of a choice. */
  readonly closing: string
  /** Around generated text, given as a JSON string. */
  delta(channel: Channel, quoted: string): string
  readonly logprobs: Logprobs
  /** Before the arguments of a call. */
  call(call: ToolCall): string
}

export const EVENT_STREAM_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache',
}

/** A stream of server-sent events in OpenAI's form. What all its chunks share is written once. */
export class EventStream implements StreamWire {
  readonly headers = EVENT_STREAM_HEADERS
  readonly done = 'data: [DONE]\n\n'
  readonly error = STREAM_ERROR
  readonly malformed = 'data: {"choices":[{"index":0,"delta":{"content":" unfin\n\n'
  readonly #shape: Shape
  readonly #answer: Answer
  readonly #placement: Placement
  /** Every chunk up to its choices. */
  readonly #head: string
  /** What follows the choices where the token counts do not run along. */
  readonly #tail: string
  readonly #ask: OpenAIAsk
  /** Whether the request wants to know more of the tokens than their text. */
  readonly #telling: boolean
  /** Characters said so far, by choice. */
  readonly #said: number[] = []
  #sent = 0
  #unfinished: number

  constructor(shape: Shape, answer: Answer, facts: Facts<OpenAIAsk>) {
    const { id, model, created, ask } = facts
    this.#shape = shape
    this.#answer = answer
    this.#ask = ask
    this.#telling = ask.logprobs !== undefined || ask.tokenIds
    this.#placement = placementOf(facts)
    this.#unfinished = answer.choices.length
    this.#head = `data: ${JSON.stringify({ id, object: shape.object, created, model }).slice(0, -1)},"choices":[`
    this.#tail = this.#placement === 'last-chunk' ? ',"usage":null}\n\n' : '}\n\n'
  }

  open(): string {
    const { opening } = this.#shape
    if (opening === undefined) return ''
    return this.#answer.choices.map((_, index) => this.#chunk(index, opening)).join('')
  }

  tokens(index: number, from: number, to: number): string {
    const choice = this.#answer.choices[index]
    if (choice === undefined) return ''
    this.#sent += to - from
    const shape = this.#shape
    const turn = Math.min(Math.max(from, choice.reasoning), to)
    let text = ''
    if (from < turn) text += this.#piece(index, choice, 'reasoning', from, turn)
    if (turn === to) return text
    // The call's name comes first and alone, as OpenAI sends it.
    if (choice.call !== undefined && turn === choice.reasoning)
      text += this.#chunk(index, shape.call(choice.call))
    const channel = choice.call === undefined ? 'text' : 'arguments'
    return text + this.#piece(index, choice, channel, turn, to)
  }

  finish(index: number): string {
    const last = --this.#unfinished === 0
    const tail = last && this.#placement === 'finish-chunk' ? this.#counts() : this.#running()
    const reason = this.#answer.choices[index]?.finish ?? 'stop'
    return `${this.#head}{"index":${index},${this.#shape.closing},"logprobs":null,"finish_reason":"${reason}"}]${tail}`
  }

  close(): string {
    const told = this.#placement === 'last-chunk' || this.#placement === 'every-chunk'
    return told ? `${this.#head}]${this.#counts()}` : ''
  }

  #piece(index: number, choice: Choice, channel: Channel, from: number, to: number): string {
    const field = this.#shape.delta(channel, quoted(choice, from, to))
    if (!this.#telling) return this.#chunk(index, field)
    const tokens = choice.tokens.slice(from, to)
    const said = this.#said[index] ?? 0
    this.#said[index] = said + tokens.join('').length
    const facts = tokenFacts(tokens, this.#ask, this.#shape.logprobs, said)
    return this.#chunk(index, field, JSON.stringify(facts).slice(1, -1))
  }

  #chunk(index: number, field: string, facts = '"logprobs":null'): string {
    return `${this.#head}{"index":${index},${field},${facts},"finish_reason":null}]${this.#running()}`
  }

  /** The end of a chunk that others follow. */
  #running(): string {
    return this.#placement === 'every-chunk' ? this.#counts() : this.#tail
  }

  /** The end of a chunk with the counts so far. */
  #counts(): string {
    return `,"usage":${JSON.stringify(usageOf(this.#answer, this.#sent))}}\n\n`
  }
}

/** Tokens `from` up to `to` as a JSON string. */
function quoted(choice: Choice, from: number, to: number): string {
  return JSON.stringify(to - from === 1 ? choice.tokens[from] : choice.tokens.slice(from, to).join(''))
}
