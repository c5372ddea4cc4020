import { StringDecoder } from 'node:string_decoder'
import { createParser } from 'eventsource-parser'
import type { Framer, FrameSink } from '../../model/provider.ts'
import { endsEvent, TextFrames } from './text-frames.ts'

const BYTE_ORDER_MARK = 0xfeff
const NONE = new Uint8Array(0)

/**
 * Server-sent events (WHATWG HTML, 9.2): LF, CRLF or CR, comments, several `data:` lines, UTF-8 split
 * anywhere. An event that is not closed by a blank line when the response ends is dropped, as the
 * standard asks. Events of a pattern that was told go to the sink as texts, if it takes them.
 */
export function sseFramer(sink: FrameSink, limit: number): Framer {
  // StringDecoder, because a TextDecoder costs several times as much on short reads; the mark at the
  // start, which a TextDecoder would take away, is taken away here.
  const decoder = new StringDecoder('utf8')
  const texts = sink.text === undefined ? undefined : new TextFrames(sink.text)
  let started = false
  let overflowed = false
  let last = ''
  /** Being parsed. */
  let present: Uint8Array = NONE
  let betweenEvents = false
  const parser = createParser({
    maxBufferSize: limit,
    onEvent: (event) => sink.emit(event),
    onError: (error) => {
      if (error.type !== 'max-buffer-size-exceeded') return
      overflowed = true
      sink.fault(`an event grew over ${limit} characters`)
    },
  })
  const feed = (text: string) => {
    if (overflowed || text === '') return
    last = text
    parser.feed(text)
  }
  const parse = (chunk: Uint8Array) => {
    present = chunk
    let text = decoder.write(chunk)
    if (!started && text !== '') {
      started = true
      if (text.charCodeAt(0) === BYTE_ORDER_MARK) text = text.slice(1)
    }
    feed(text)
    present = NONE
    betweenEvents = !overflowed && endsEvent(chunk)
  }
  return {
    push(chunk) {
      const read = texts !== undefined && betweenEvents ? texts.read(chunk) : 0
      if (read < chunk.length) parse(read === 0 ? chunk : chunk.subarray(read))
    },
    expect(pattern) {
      texts?.expect(pattern, present)
    },
    end() {
      feed(decoder.end())
      // The parser waits after a CR for the LF that might follow it; none will.
      if (last.endsWith('\r')) feed('\n')
    },
  }
}
