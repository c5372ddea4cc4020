import type { FrameSink, TextPattern } from '../../model/provider.ts'

const LF = 0x0a
const SPACE = 0x20
const QUOTE = 0x22
const BACKSLASH = 0x5c
const FIRST_BEYOND_ASCII = 0x80
/** How `data:` and the blank line behind it are written, the usual one first. */
const FIELDS = ['data: ', 'data:']
const ENDS = ['\n\n', '\r\n\r\n']

type Told = NonNullable<FrameSink['text']>

/**
 * The events of an answer that differ from one another in their text alone, read from their bytes: no event, no
 * JSON, no object is made of them. That is nearly all events of nearly every answer.
 */
export class TextFrames {
  readonly #told: Told
  #pattern: TextPattern | undefined
  #before: Uint8Array = Buffer.alloc(0)
  #after: Uint8Array = Buffer.alloc(0)

  constructor(told: Told) {
    this.#told = told
  }

  /** @param chunk in which such an event came, written as all of them will be. */
  expect(pattern: TextPattern, chunk: Uint8Array): void {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
    for (const field of FIELDS) {
      const before = Buffer.from(field + pattern.before)
      const from = bytes.indexOf(before)
      if (from === -1) continue
      for (const end of ENDS) {
        const after = Buffer.from(pattern.after + end)
        if (bytes.indexOf(after, from + before.length) === -1) continue
        this.#pattern = pattern
        this.#before = before
        this.#after = after
        return
      }
    }
  }

  /**
   * Tells the texts of all such events that `chunk`, which begins with an event, begins with.
   * @returns where they end.
   */
  read(chunk: Uint8Array): number {
    if (this.#pattern === undefined) return 0
    let at = 0
    while (at < chunk.length) {
      const end = this.#readOne(chunk, at, this.#pattern.type)
      if (end === at) break
      at = end
    }
    return at
  }

  /** @returns the end of the event at `at`, or `at` if it is another one. */
  #readOne(chunk: Uint8Array, at: number, type: TextPattern['type']): number {
    const from = at + this.#before.length
    if (!holds(chunk, this.#before, at)) return at
    let beyondAscii = false
    let to = from
    for (; to < chunk.length; to += 1) {
      const byte = chunk[to] ?? 0
      if (byte === QUOTE) break
      // An escape, or what JSON would have to escape: for the parser.
      if (byte === BACKSLASH || byte < SPACE) return at
      if (byte >= FIRST_BEYOND_ASCII) beyondAscii = true
    }
    if (to === from || !holds(chunk, this.#after, to)) return at
    const text = Buffer.from(chunk.buffer, chunk.byteOffset + from, to - from)
    this.#told(type, text.toString(beyondAscii ? 'utf8' : 'latin1'))
    return to + this.#after.length
  }
}

/** Whether `chunk` is between two events behind its last byte. */
export function endsEvent(chunk: Uint8Array): boolean {
  const last = chunk.length - 1
  if (chunk[last] !== LF) return false
  return chunk[last - 1] === LF || (chunk[last - 1] === 0x0d && chunk[last - 2] === LF)
}

/** Whether these bytes stand in `chunk` at `at`. A loop: for so few a call out of JavaScript takes longer. */
function holds(chunk: Uint8Array, bytes: Uint8Array, at: number): boolean {
  const { length } = bytes
  if (at + length > chunk.length) return false
  for (let index = 0; index < length; index += 1) if (chunk[at + index] !== bytes[index]) return false
  return true
}
