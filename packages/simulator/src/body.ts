import type { IncomingMessage } from 'node:http'

/** Bytes of a request's body; far above any context window. */
const MAX_BYTES = 256 * 2 ** 20

/** Reads a body as text. A client that goes away while sending is never heard of; a huge body is cut. */
export function readBody(request: IncomingMessage, done: (text: string) => void): void {
  const parts: Buffer[] = []
  let bytes = 0
  request.on('data', (part: Buffer) => {
    bytes += part.length
    if (bytes <= MAX_BYTES) parts.push(part)
  })
  request.on('end', () => done(Buffer.concat(parts).toString()))
}
