import type { Answer } from '../answer/answer.ts'

const OPEN = '<reasoning>'
const CLOSE = '</reasoning>'

/**
 * Tells thoughts from text: OpenAI's open models, by InvokeModel, write `<reasoning>…</reasoning>` before
 * their answer. What may be the beginning of a tag is held back until it is known.
 */
export class ReasoningTags {
  readonly #answer: Answer
  #place: 'before' | 'inside' | 'after' = 'before'
  #held = ''

  constructor(answer: Answer) {
    this.#answer = answer
  }

  text(text: string): void {
    if (this.#place === 'after') {
      this.#answer.text(text)
      return
    }
    this.#held += text
    if (this.#place === 'before') this.#begin()
    if (this.#place === 'inside') this.#think()
  }

  /** The answer ended: what was held back is no tag. */
  end(): void {
    if (this.#place === 'inside') this.#answer.reasoning(this.#held)
    else this.#answer.text(this.#held)
    this.#held = ''
  }

  #begin(): void {
    const held = this.#held
    if (held.startsWith(OPEN)) {
      this.#place = 'inside'
      this.#held = held.slice(OPEN.length)
    } else if (!OPEN.startsWith(held)) this.#answering(held)
  }

  #think(): void {
    const held = this.#held
    const close = held.indexOf(CLOSE)
    if (close >= 0) {
      this.#answer.reasoning(held.slice(0, close))
      this.#answering(held.slice(close + CLOSE.length))
      return
    }
    const kept = beginningOfTag(held)
    this.#answer.reasoning(held.slice(0, held.length - kept))
    this.#held = held.slice(held.length - kept)
  }

  #answering(text: string): void {
    this.#place = 'after'
    this.#held = ''
    this.#answer.text(text)
  }
}

/** How many characters at the end may begin the closing tag. */
function beginningOfTag(text: string): number {
  for (let length = Math.min(CLOSE.length - 1, text.length); length > 0; length -= 1) {
    if (CLOSE.startsWith(text.slice(-length))) return length
  }
  return 0
}
