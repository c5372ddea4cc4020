import type { Answer, Choice } from '../answer.ts'
import type { Facts, StreamWire } from '../protocol.ts'
import { contentPart, itemBody, itemsOf, responseBody, type Item } from './response-items.ts'
import { EVENT_STREAM_HEADERS } from './stream.ts'

/** By item, what its deltas and its end are called. */
const NAMES = {
  reasoning: 'response.reasoning_text',
  message: 'response.output_text',
  function_call: 'response.function_call_arguments',
} as const satisfies Record<Item['kind'], string>

/** A stream of the Responses API: typed, numbered events. The last of them holds the whole response. */
export class ResponseStream implements StreamWire {
  readonly headers = EVENT_STREAM_HEADERS
  readonly done = ''
  readonly malformed =
    'event: response.output_text.delta\ndata: {"type":"response.output_text.delta","delta":" unfin\n\n'
  readonly #answer: Answer
  readonly #facts: Facts
  readonly #choice: Choice | undefined
  readonly #items: readonly Item[]
  /** By item, what its deltas have in common: before their number, up to their text, and after it. */
  readonly #frames: readonly (readonly [before: string, place: string, after: string])[]
  #events = 0

  constructor(answer: Answer, facts: Facts) {
    this.#answer = answer
    this.#facts = facts
    this.#choice = answer.choices[0]
    this.#items = itemsOf(this.#choice, facts)
    this.#frames = this.#items.map((item, index) => {
      const name = `${NAMES[item.kind]}.delta`
      const place = JSON.stringify(placeOf(index, item)).slice(1, -1)
      const after = item.kind === 'message' ? ',"logprobs":[]}\n\n' : '}\n\n'
      return [`event: ${name}\ndata: {"type":"${name}","sequence_number":`, `,${place},"delta":`, after]
    })
  }

  get error(): string {
    const message = 'The server had an error while generating.'
    return this.#event('error', { code: 'server_error', message, param: null })
  }

  open(): string {
    const response = responseBody(this.#answer, this.#facts, false)
    return this.#event('response.created', { response }) + this.#event('response.in_progress', { response })
  }

  tokens(_choice: number, from: number, to: number): string {
    let text = ''
    for (const [index, item] of this.#items.entries()) {
      const start = Math.max(from, item.from)
      const end = Math.min(to, item.to)
      if (start >= end) continue
      if (start === item.from) text += this.#begin(index, item)
      const [before, place, after] = this.#frames[index] ?? ['', '', '']
      text += `${before}${this.#events++}${place}${JSON.stringify(this.#said(start, end))}${after}`
      if (end === item.to) text += this.#end(index, item)
    }
    return text
  }

  finish(): string {
    return ''
  }

  close(): string {
    const response = responseBody(this.#answer, this.#facts, true)
    return this.#event(`response.${response.status}`, { response })
  }

  #begin(index: number, item: Item): string {
    const added = this.#event('response.output_item.added', { output_index: index, item: itemBody(item) })
    if (item.kind === 'function_call') return added
    const part = contentPart(item, '')
    return added + this.#event('response.content_part.added', { ...placeOf(index, item), part })
  }

  #end(index: number, item: Item): string {
    const text = this.#said(item.from, item.to)
    const said =
      item.kind === 'function_call' ? this.#called(index, item, text) : this.#told(index, item, text)
    return (
      said + this.#event('response.output_item.done', { output_index: index, item: itemBody(item, text) })
    )
  }

  #called(index: number, item: Item, text: string): string {
    const fields = { ...placeOf(index, item), name: item.call?.name, arguments: text }
    return this.#event(`${NAMES[item.kind]}.done`, fields)
  }

  #told(index: number, item: Item, text: string): string {
    const place = placeOf(index, item)
    const extra = item.kind === 'message' ? { logprobs: [] } : {}
    const said = this.#event(`${NAMES[item.kind]}.done`, { ...place, text, ...extra })
    return said + this.#event('response.content_part.done', { ...place, part: contentPart(item, text) })
  }

  #said(from: number, to: number): string {
    return this.#choice?.tokens.slice(from, to).join('') ?? ''
  }

  #event(type: string, fields: object): string {
    const data = JSON.stringify({ type, sequence_number: this.#events++, ...fields })
    return `event: ${type}\ndata: ${data}\n\n`
  }
}

function placeOf(index: number, { kind, id }: Item) {
  const place = { item_id: id, output_index: index }
  return kind === 'function_call' ? place : { ...place, content_index: 0 }
}
