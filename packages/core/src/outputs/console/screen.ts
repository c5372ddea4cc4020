import { stripVTControlCharacters } from 'node:util'

/** Without a terminal a line is printed every so many seconds, for a log that a person reads later. */
const LOG_EVERY_SECONDS = 10

type Stream =
  | NodeJS.WriteStream
  | (NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number })

/** Where a run prints: one line that is painted over, everything else above it. */
export class Screen {
  readonly #stream: Stream
  readonly #quiet: boolean
  #line = ''
  #seconds = 0

  constructor(stream: Stream, quiet: boolean) {
    this.#stream = stream
    this.#quiet = quiet
  }

  /** Text above the progress line. */
  print(text: string): void {
    if (!this.#quiet) this.#above(text)
  }

  /** As `print`, also when quiet: what a person must not miss. */
  insist(text: string): void {
    this.#above(text)
  }

  /** The progress line of one more second. */
  progress(text: string): void {
    this.#seconds += 1
    if (this.#quiet) return
    if (this.#stream.isTTY === true) {
      this.#clear()
      this.#line = cut(`  ${text}`, this.#stream.columns ?? 80)
      this.#stream.write(this.#line)
    } else if (this.#seconds % LOG_EVERY_SECONDS === 0) {
      this.#stream.write(`  ${text}\n`)
    }
  }

  /** Takes the progress line away. */
  settle(): void {
    this.#clear()
  }

  #above(text: string): void {
    const line = this.#line
    this.#clear()
    this.#stream.write(text.endsWith('\n') ? text : `${text}\n`)
    this.#line = line
    if (line !== '') this.#stream.write(line)
  }

  #clear(): void {
    if (this.#line === '') return
    this.#stream.write('\r\u001B[2K')
    this.#line = ''
  }
}

/** A line that wrapped could not be painted over; one that is too long loses its colours and its end. */
function cut(text: string, columns: number): string {
  const bare = stripVTControlCharacters(text)
  return bare.length < columns ? text : `${bare.slice(0, Math.max(0, columns - 2))}…`
}
