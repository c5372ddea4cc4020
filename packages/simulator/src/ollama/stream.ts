import type { Answer, Choice } from '../answer.ts'
import type { Facts, StreamWire } from '../protocol.ts'
import { countsOf } from './counts.ts'
import { STREAM_ERROR } from './errors.ts'
import { doneReason, headOf, type Shape } from './shape.ts'

/**
 * A stream of Ollama: lines of JSON, the last of which says `done`. A call of a tool is one line, sent
 * when the last of its tokens is there.
 */
export class LineStream implements StreamWire {
  readonly headers = { 'content-type': 'application/x-ndjson' }
  readonly done = ''
  readonly error = STREAM_ERROR
  readonly malformed: string
  readonly #shape: Shape
  readonly #answer: Answer
  readonly #choice: Choice | undefined
  readonly #facts: Facts
  readonly #head: string

  constructor(shape: Shape, answer: Answer, facts: Facts) {
    this.#shape = shape
    this.#answer = answer
    this.#choice = answer.choices[0]
    this.#facts = facts
    this.#head = headOf(facts)
    this.malformed = `${this.#head},"done":false,"message":" unfin\n`
  }

  open(): string {
    return ''
  }

  tokens(_index: number, from: number, to: number): string {
    const choice = this.#choice
    if (choice === undefined) return ''
    const { tokens, reasoning, call } = choice
    const turn = Math.min(Math.max(from, reasoning), to)
    const thought = from < turn ? this.#line(this.#shape.said('""', quoted(tokens, from, turn))) : ''
    if (turn === to) return thought
    if (call === undefined) return thought + this.#line(this.#shape.said(quoted(tokens, turn, to)))
    const whole = to === tokens.length && choice.finish === 'tool_calls'
    return whole ? thought + this.#line(this.#shape.call(call, tokens.slice(reasoning).join(''))) : thought
  }

  finish(): string {
    const reason = this.#choice === undefined ? 'stop' : doneReason(this.#choice)
    const counts = JSON.stringify(countsOf(this.#answer, this.#facts)).slice(1)
    return `${this.#head},${this.#shape.said('""')},"done_reason":"${reason}","done":true,${counts}\n`
  }

  close(): string {
    return ''
  }

  #line(field: string): string {
    return `${this.#head},${field},"done":false}\n`
  }
}

function quoted(tokens: readonly string[], from: number, to: number): string {
  return JSON.stringify(to - from === 1 ? tokens[from] : tokens.slice(from, to).join(''))
}
