import { StringDecoder } from 'node:string_decoder'
import type { Framer, FrameSink } from '../../model/provider.ts'

/** One frame per line (LF or CRLF); empty lines are skipped; the last line needs no line end. */
export function ndjsonFramer(sink: FrameSink, limit: number): Framer {
  const decoder = new StringDecoder('utf8')
  let fragments: string[] = []
  let pending = 0
  let overflowed = false

  const line = (text: string) => {
    const data = text.endsWith('\r') ? text.slice(0, -1) : text
    if (data.trim() !== '') sink.emit({ data })
  }
  const hold = (text: string) => {
    if (text === '') return
    fragments.push(text)
    pending += text.length
    if (pending <= limit) return
    overflowed = true
    fragments = []
    sink.fault(`a line grew over ${limit} characters`)
  }
  const take = (text: string): string => {
    if (fragments.length === 0) return text
    fragments.push(text)
    const whole = fragments.join('')
    fragments = []
    pending = 0
    return whole
  }
  const feed = (text: string) => {
    let from = 0
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', from)) {
      line(take(text.slice(from, at)))
      from = at + 1
    }
    hold(from === 0 ? text : text.slice(from))
  }
  return {
    push(chunk) {
      if (!overflowed) feed(decoder.write(chunk))
    },
    end() {
      if (overflowed) return
      feed(decoder.end())
      line(take(''))
    },
  }
}
