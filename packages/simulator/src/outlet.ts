import type { IncomingMessage, ServerResponse } from 'node:http'
import { now, type Millis } from './clock.ts'
import type { Reply } from './protocol.ts'
import type { TruthRecord } from './truth.ts'

/**
 * Sends one answer and writes down when. The chunks of a stream are framed here and go straight to the
 * socket: one system call each, made before `write` returns. `ServerResponse.write` would take four
 * buffers a chunk, at a third more of the cost, and hold them until the tick is over, which makes the
 * stamps untrue.
 */
export class Outlet {
  readonly record: TruthRecord
  /** What is written is bytes, one per character. */
  binary = false
  readonly #request: IncomingMessage
  readonly #response: ServerResponse
  /** Whether this class frames the body; HTTP/1.0 has no chunks. */
  readonly #framed: boolean

  constructor(request: IncomingMessage, response: ServerResponse, record: TruthRecord) {
    this.#request = request
    this.#response = response
    this.record = record
    this.#framed = request.httpVersion === '1.1'
  }

  /** Calls back once, when the answer is over or its connection gone. */
  onClose(act: () => void): void {
    const { socket } = this.#request
    const close = (): void => {
      this.#response.off('close', close)
      socket.off('close', close)
      act()
    }
    this.#response.on('close', close)
    // An answer that still waits for the one before it is not told when the connection closes.
    if (this.#response.socket === null) socket.on('close', close)
  }

  /** Sends status 200 and headers; a body of unknown length follows. */
  head(headers: Reply['headers']): void {
    const response = this.#response
    this.#mark(200)
    response.writeHead(200, this.#framed ? { ...headers, 'transfer-encoding': 'chunked' } : headers)
    response.flushHeaders()
    if (this.#framed) response.chunkedEncoding = false
  }

  /** Sends a piece of the body that holds so many tokens, and end tokens, which have no text. */
  write(text: string, tokens = 0, ends = 0): void {
    if (text === '') return
    const stamp = this.#stamp(tokens)
    this.record.outputTokens += ends
    const response = this.#response
    if (!this.#framed) {
      response.write(text, this.binary ? 'latin1' : 'utf8')
      return
    }
    const bytes = this.binary ? text.length : Buffer.byteLength(text)
    // Plain ASCII is written fastest as latin1.
    const encoding = bytes === text.length ? 'latin1' : 'utf8'
    // An answer that has no socket yet waits for the one before it on the connection.
    if (response.socket === null) {
      response.write(frame(text, bytes), encoding)
      return
    }
    response.socket.write(frame(text, bytes), encoding)
    if (tokens > 0) this.#wrote(stamp)
  }

  /** Ends the body, with a last piece where there is one. */
  end(text = ''): void {
    if (text !== '') this.#stamp(0)
    this.record.endedAt = now()
    const encoding = this.binary ? 'latin1' : 'utf8'
    if (!this.#framed) this.#response.end(text, encoding)
    else
      this.#response.end(
        `${text === '' ? '' : frame(text, Buffer.byteLength(text, encoding))}0\r\n\r\n`,
        encoding,
      )
  }

  /** Sends a whole answer that holds so many tokens. */
  reply(reply: Reply, tokens = 0): void {
    const length = { 'content-length': Buffer.byteLength(reply.body) }
    this.#mark(reply.status)
    this.#stamp(tokens)
    this.record.endedAt = now()
    this.#response.writeHead(reply.status, { ...reply.headers, ...length }).end(reply.body)
  }

  /** Resets the connection. */
  reset(): void {
    this.record.endedAt = now()
    this.#request.socket.resetAndDestroy()
  }

  /** Closes the connection in the middle of the body. */
  hangUp(): void {
    this.record.endedAt = now()
    this.#request.socket.destroy()
  }

  #mark(status: number): void {
    this.record.status = status
    this.record.headersAt = now()
  }

  #stamp(tokens: number): Millis {
    const record = this.record
    const time = now()
    record.firstByteAt ??= time
    if (tokens === 0) return time
    record.tokens.push(time)
    record.tokensPerChunk.push(tokens)
    record.outputTokens += tokens
    return time
  }

  /** What was stamped is with the socket. */
  #wrote(stamp: Millis): void {
    const took = now() - stamp
    if (took > (this.record.longestWrite ?? 0)) this.record.longestWrite = took
  }
}

/** `text` as one HTTP chunk. */
function frame(text: string, bytes = Buffer.byteLength(text)): string {
  return `${bytes.toString(16)}\r\n${text}\r\n`
}
