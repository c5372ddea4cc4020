import type { Choice } from '../answer.ts'
import type { ToolCall } from '../toolcall.ts'
import { quoted } from './choice.ts'

/** What a content block holds. */
export type BlockKind = 'reasoning' | 'text' | 'call'

/** How a wire format writes the blocks of a message. `index` counts them from 0. */
export interface BlockShape<Event> {
  /** Before the first delta of a block; `call`: where it is one. */
  start(index: number, kind: BlockKind, call?: ToolCall): Event | undefined
  /** Around generated text, given as a JSON string. */
  delta(index: number, kind: BlockKind, quoted: string): Event
  /** After the last delta with text. */
  seal(index: number, kind: BlockKind): Event | undefined
  stop(index: number): Event
  /** Whether every delta of text is a block of its own. */
  readonly scattered?: true
}

/** Cuts an answer into content blocks: reasoning, then text or a call. */
export class Blocks<Event> {
  readonly #choice: Choice
  readonly #shape: BlockShape<Event>
  #index = -1
  #open: BlockKind | undefined

  constructor(choice: Choice, shape: BlockShape<Event>) {
    this.#choice = choice
    this.#shape = shape
  }

  /** Tokens `from` up to, not including, `to`. */
  tokens(from: number, to: number): Event[] {
    const { reasoning, call } = this.#choice
    const turn = Math.min(Math.max(from, reasoning), to)
    const events: Event[] = []
    if (from < turn) this.#write(events, 'reasoning', from, turn)
    if (turn < to) this.#write(events, call === undefined ? 'text' : 'call', turn, to)
    return events
  }

  /** Closes the block that is open, if one is. */
  end(): Event[] {
    if (this.#open === undefined) return []
    const seal = this.#shape.seal(this.#index, this.#open)
    const stop = this.#shape.stop(this.#index)
    this.#open = undefined
    return seal === undefined ? [stop] : [seal, stop]
  }

  #write(events: Event[], kind: BlockKind, from: number, to: number): void {
    const shape = this.#shape
    if (this.#open !== kind) {
      events.push(...this.end())
      this.#open = kind
      const start = shape.start(++this.#index, kind, this.#choice.call)
      if (start !== undefined) events.push(start)
    }
    events.push(shape.delta(this.#index, kind, quoted(this.#choice, from, to)))
    if (shape.scattered === true && kind === 'text') events.push(...this.end())
  }
}
