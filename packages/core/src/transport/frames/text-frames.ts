import type { FrameSink, TextPattern } from '../../model/provider.ts'

const LF = 0x0a
const SPACE = 0x20
const QUOTE = 0x22
const BACKSLASH = 0x5c
const FIRST_BEYOND_ASCII = 0x80
/** How `data:` and the blank line behind it are written, the usual one first. */
const FIELDS = ['data: ', 'data:']
const ENDS = ['\n\n', '\r\n\r\n']

const NOTHING = Buffer.alloc(0)

type Told = NonNullable<FrameSink['text']>

/**
 * The events of an answer that differ from one another in their text alone, read from their bytes: no event, no
 * JSON, no object is made of them. That is nearly all events of nearly every answer.
 */
export class TextFrames {
  readonly #told: Told
  #pattern: TextPattern | undefined
  #before = NOTHING
  #after = NOTHING

  constructor(told: Told) {
    this.#told = told
  }

  /** @param chunk in which such an event came, written as all of them will be. */
  expect(pattern: TextPattern, chunk: Uint8Array): void {
    const bytes = bufferOf(chunk)
    for (const field of FIELDS) {
      const before = Buffer.from(field + pattern.before)
      const from = bytes.indexOf(before)
      if (from === -1) continue
      for (const end of ENDS) {
        const after = Buffer.from(pattern.after + end)
        if (bytes.indexOf(after, from + before.length) === -1) continue
        this.#pattern = pattern
        this.#keep(before, after)
        return
      }
    }
  }

  /** In memory of their own: in Node's pool they would keep 8 kB of others from being freed as long as the answer lasts. */
  #keep(before: Buffer, after: Buffer): void {
    const kept = Buffer.allocUnsafeSlow(before.length + after.length)
    before.copy(kept)
    after.copy(kept, before.length)
    this.#before = kept.subarray(0, before.length)
    this.#after = kept.subarray(before.length)
  }

  /**
   * Tells the texts of all such events that `chunk`, which begins with an event, begins with.
   * @returns where they end.
   */
  read(chunk: Uint8Array): number {
    if (this.#pattern === undefined) return 0
    const bytes = bufferOf(chunk)
    let at = 0
    while (at < bytes.length) {
      const end = this.#readOne(bytes, at, this.#pattern.type)
      if (end === at) break
      at = end
    }
    return at
  }

  /** @returns the end of the event at `at`, or `at` if it is another one. */
  #readOne(chunk: Buffer, at: number, type: TextPattern['type']): number {
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
    this.#told(type, chunk.toString(beyondAscii ? 'utf8' : 'latin1', from, to))
    return to + this.#after.length
  }
}

/** Whether `chunk` is between two events behind its last byte. */
export function endsEvent(chunk: Uint8Array): boolean {
  const last = chunk.length - 1
  if (chunk[last] !== LF) return false
  return chunk[last - 1] === LF || (chunk[last - 1] === 0x0d && chunk[last - 2] === LF)
}

/** Whether these bytes stand in `chunk` at `at`. */
function holds(chunk: Buffer, bytes: Buffer, at: number): boolean {
  const end = at + bytes.length
  return end <= chunk.length && chunk.compare(bytes, 0, bytes.length, at, end) === 0
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
}
