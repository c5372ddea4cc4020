import type { FrameSink, TextPattern } from '../../model/provider.ts'

const LF = 0x0a
const SPACE = 0x20
const QUOTE = 0x22
const BACKSLASH = 0x5c
/** How `data:` and the blank line behind it are written, the usual one first. */
const FIELDS = ['data: ', 'data:']
const ENDS = ['\n\n', '\r\n\r\n']

const NOTHING = Buffer.alloc(0)
/** Longer than most patterns; the memory of one beyond it is not kept for the next answer. */
const MOST_KEPT = 4_096

type Told = NonNullable<FrameSink['text']>

/**
 * The events of an answer that differ from one another in their text alone, read from their bytes: no event, no
 * JSON, no object is made of them. That is nearly all events of nearly every answer.
 */
export class TextFrames {
  #told: Told | undefined
  #type: TextPattern['type'] = 'text-delta'
  /**
   * The bytes before a text, and behind them those after it. In memory of its own: in Node's pool they would keep
   * 8 kB of others from being freed as long as the answer lasts.
   */
  #pattern = NOTHING
  #beforeEnds = 0
  #afterEnds = 0

  /** Of another answer, of which no pattern is known. @param told `undefined`: nobody wants to know. */
  begin(told: Told | undefined): void {
    this.#told = told
    this.#afterEnds = 0
    if (this.#pattern.length > MOST_KEPT) this.#pattern = NOTHING
  }

  /** @param chunk in which such an event came, written as all of them will be. */
  expect(pattern: TextPattern, chunk: Uint8Array): void {
    if (this.#told === undefined) return
    const bytes = bufferOf(chunk)
    for (const field of FIELDS) {
      const before = field + pattern.before
      const from = bytes.indexOf(before)
      if (from === -1) continue
      for (const end of ENDS) {
        const after = pattern.after + end
        if (bytes.indexOf(after, from + Buffer.byteLength(before)) === -1) continue
        this.#type = pattern.type
        this.#keep(before, after)
        return
      }
    }
  }

  #keep(before: string, after: string): void {
    const needed = Buffer.byteLength(before) + Buffer.byteLength(after)
    if (needed > this.#pattern.length) this.#pattern = Buffer.allocUnsafeSlow(needed)
    this.#beforeEnds = this.#pattern.write(before)
    this.#afterEnds = this.#beforeEnds + this.#pattern.write(after, this.#beforeEnds)
  }

  /**
   * Tells the texts of all such events that `chunk`, which begins with an event, begins with.
   * @returns where they end.
   */
  read(chunk: Uint8Array): number {
    const told = this.#told
    if (told === undefined || this.#afterEnds === 0) return 0
    const bytes = bufferOf(chunk)
    let at = 0
    // Whoever is told may have had enough.
    while (at < bytes.length && this.#afterEnds > 0) {
      const end = this.#readOne(bytes, at, told)
      if (end === at) break
      at = end
    }
    return at
  }

  /** @returns the end of the event at `at`, or `at` if it is another one. */
  #readOne(chunk: Buffer, at: number, told: Told): number {
    const from = at + this.#beforeEnds
    if (!this.#holds(chunk, at, 0, this.#beforeEnds)) return at
    let to = from
    for (; to < chunk.length; to += 1) {
      const byte = chunk[to] ?? 0
      if (byte === QUOTE) break
      // An escape, or what JSON would have to escape: for the parser.
      if (byte === BACKSLASH || byte < SPACE) return at
    }
    if (to === from || !this.#holds(chunk, to, this.#beforeEnds, this.#afterEnds)) return at
    told(this.#type, chunk, from, to)
    return to + this.#afterEnds - this.#beforeEnds
  }

  /** Whether this part of the pattern stands in `chunk` at `at`. */
  #holds(chunk: Buffer, at: number, from: number, to: number): boolean {
    const end = at + to - from
    return end <= chunk.length && chunk.compare(this.#pattern, from, to, at, end) === 0
  }
}

/** Whether `chunk` is between two events behind its last byte. */
export function endsEvent(chunk: Uint8Array): boolean {
  const last = chunk.length - 1
  if (chunk[last] !== LF) return false
  return chunk[last - 1] === LF || (chunk[last - 1] === 0x0d && chunk[last - 2] === LF)
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
}
