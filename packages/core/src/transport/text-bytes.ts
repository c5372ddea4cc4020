/** More of these than answers under way are never needed again. */
const MOST_RESTING = 1_000
const LEAST_BYTES = 512
/** Longer than most answers; what grew beyond it for one is not kept for the next. */
const MOST_KEPT = 8_192

const RESTING: TextBytes[] = []

/**
 * The text of an answer as it comes, in UTF-8: one piece of memory that is used again for another answer. A string
 * for each token, and one for what they are together up to it, were most of what a collection of garbage met.
 */
export class TextBytes {
  #bytes = Buffer.allocUnsafeSlow(LEAST_BYTES)
  #length = 0

  /** Empty; to be used until `end`. */
  static begin(): TextBytes {
    return RESTING.pop() ?? new TextBytes()
  }

  /** Adds the bytes of `source` from `from` up to `to`. */
  add(source: Uint8Array, from: number, to: number): void {
    const length = this.#length + to - from
    if (length > this.#bytes.length) this.#grow(length)
    const bytes = this.#bytes
    let at = this.#length
    // Of the few bytes of a token each by itself: a call for them costs more.
    for (let next = from; next < to; next += 1) bytes[at++] = source[next] ?? 0
    this.#length = length
  }

  /** @returns the text; what was added is forgotten. */
  end(): string {
    const text = this.#bytes.toString('utf8', 0, this.#length)
    this.#length = 0
    if (RESTING.length < MOST_RESTING && this.#bytes.length <= MOST_KEPT) RESTING.push(this)
    return text
  }

  #grow(length: number): void {
    const grown = Buffer.allocUnsafeSlow(Math.max(length, 2 * this.#bytes.length))
    this.#bytes.copy(grown, 0, 0, this.#length)
    this.#bytes = grown
  }
}
