import type { IncomingMessage } from 'node:http'
import type { Inquiry } from './protocol.ts'

/** Bytes of a request's body; far above any context window. */
const MAX_BYTES = 256 * 2 ** 20

/** Reads a body. A client that goes away while sending is never heard of; a huge body is cut. */
export function readBody(request: IncomingMessage, done: (body: Buffer) => void): void {
  const parts: Buffer[] = []
  let bytes = 0
  request.on('data', (part: Buffer) => {
    bytes += part.length
    if (bytes <= MAX_BYTES) parts.push(part)
  })
  request.on('end', () => done(Buffer.concat(parts)))
}

/** A request, read. */
export function inquiryOf({ method = 'GET', url = '/', headers }: IncomingMessage, body: Buffer): Inquiry {
  const [path = '/', query = ''] = url.split('?', 2)
  return { method, path, query, headers, body }
}
