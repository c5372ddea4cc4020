import { StringDecoder } from 'node:string_decoder'
import { createParser } from 'eventsource-parser'
import type { Framer, FrameSink, TextPattern } from '../../model/provider.ts'
import { endsEvent, TextFrames } from './text-frames.ts'

const BYTE_ORDER_MARK = 0xfeff
const NONE = new Uint8Array(0)
const NOBODY: FrameSink = { emit: () => undefined, fault: () => undefined }

/**
 * Server-sent events (WHATWG HTML, 9.2): LF, CRLF or CR, comments, several `data:` lines, UTF-8 split
 * anywhere. An event that is not closed by a blank line when the response ends is dropped, as the
 * standard asks. Events of a pattern that was told go to the sink as texts, if it takes them.
 */
export class SseFramer implements Framer {
  // StringDecoder, because a TextDecoder costs several times as much on short reads; the mark at the
  // start, which a TextDecoder would take away, is taken away here.
  readonly #decoder = new StringDecoder('utf8')
  readonly #texts = new TextFrames()
  readonly #parser: ReturnType<typeof createParser>
  #sink = NOBODY
  #started = false
  #overflowed = false
  #last = ''
  /** Being parsed. */
  #present: Uint8Array = NONE
  #betweenEvents = false

  /** @param limit characters of an event. */
  constructor(limit: number) {
    this.#parser = createParser({
      maxBufferSize: limit,
      onEvent: (event) => this.#sink.emit(event),
      onError: (error) => {
        if (error.type !== 'max-buffer-size-exceeded') return
        this.#overflowed = true
        this.#sink.fault(`an event grew over ${limit} characters`)
      },
    })
  }

  /** Starts with a response. What is left of another one is forgotten. */
  begin(sink: FrameSink): this {
    this.#forget()
    this.#sink = sink
    this.#texts.begin(sink.text)
    return this
  }

  /** Tells nobody anything any more, and keeps nothing of the answer, until it begins again. */
  rest(): void {
    this.#forget()
    this.#sink = NOBODY
    this.#texts.begin(undefined)
  }

  #forget(): void {
    this.#decoder.end()
    this.#parser.reset()
    this.#started = false
    this.#overflowed = false
    this.#last = ''
    this.#present = NONE
    this.#betweenEvents = false
  }

  push(chunk: Uint8Array): void {
    const read = this.#betweenEvents ? this.#texts.read(chunk) : 0
    if (read < chunk.length) this.#parse(read === 0 ? chunk : chunk.subarray(read))
  }

  expect(pattern: TextPattern): void {
    this.#texts.expect(pattern, this.#present)
  }

  end(): void {
    this.#feed(this.#decoder.end())
    // The parser waits after a CR for the LF that might follow it; none will.
    if (this.#last.endsWith('\r')) this.#feed('\n')
  }

  #parse(chunk: Uint8Array): void {
    this.#present = chunk
    let text = this.#decoder.write(chunk)
    if (!this.#started && text !== '') {
      this.#started = true
      if (text.charCodeAt(0) === BYTE_ORDER_MARK) text = text.slice(1)
    }
    this.#feed(text)
    this.#present = NONE
    this.#betweenEvents = !this.#overflowed && endsEvent(chunk)
  }

  #feed(text: string): void {
    if (this.#overflowed || text === '') return
    this.#last = text
    this.#parser.feed(text)
  }
}
