/** Streams that may show on the same terminal. */
type Written = Pick<NodeJS.WriteStream, 'write'>

type Told = (error?: Error | null) => void
/** Both overloads of a stream's in one. */
type Write = (chunk: Uint8Array | string, encoding?: BufferEncoding | Told, done?: Told) => boolean

/**
 * Catches what others write to some streams: code of a script, warnings of Node. Painting over it, or
 * it over what is painted, would leave both unreadable.
 */
export class ForeignWrites {
  readonly #restore: (() => void)[] = []
  #own = false

  /** @param caught told each piece of text, instead of the stream. */
  constructor(streams: readonly Written[], caught: (text: string) => void) {
    for (const stream of streams) {
      const original = stream.write
      const write = original.bind(stream) as Write
      const instead: Write = (chunk, encoding, done) => {
        if (this.#own) return write(chunk, encoding, done)
        caught(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'))
        const told = typeof encoding === 'function' ? encoding : done
        if (told !== undefined) process.nextTick(told)
        return true
      }
      stream.write = instead
      this.#restore.push(() => {
        // Whoever put something over it since then keeps it.
        if (stream.write === instead) stream.write = original
      })
    }
  }

  /** What `work` writes goes through. */
  through(work: () => void): void {
    const before = this.#own
    this.#own = true
    try {
      work()
    } finally {
      this.#own = before
    }
  }

  stop(): void {
    this.#own = true
    for (const restore of this.#restore) restore()
  }
}
