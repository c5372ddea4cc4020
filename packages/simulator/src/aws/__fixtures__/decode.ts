import { crc32 } from 'node:zlib'

/** One message of an event stream, taken apart. */
export interface Message {
  readonly headers: Readonly<Record<string, string>>
  readonly payload: Buffer
}

/** All messages of a stream. Fails on a checksum that is wrong and on a message that is not whole. */
export function decode(stream: string | Buffer): Message[] {
  let bytes = typeof stream === 'string' ? Buffer.from(stream, 'latin1') : stream
  const messages: Message[] = []
  while (bytes.length > 0) {
    const length = bytes.readUInt32BE(0)
    if (bytes.length < length) throw new Error('the stream ends inside a message')
    if (crc32(bytes.subarray(0, 8)) !== bytes.readUInt32BE(8)) throw new Error('wrong checksum of the prelude')
    if (crc32(bytes.subarray(0, length - 4)) !== bytes.readUInt32BE(length - 4)) throw new Error('wrong checksum')
    const end = 12 + bytes.readUInt32BE(4)
    messages.push({ headers: headersOf(bytes.subarray(12, end)), payload: bytes.subarray(end, length - 4) })
    bytes = bytes.subarray(length)
  }
  return messages
}

function headersOf(block: Buffer): Record<string, string> {
  const headers: [name: string, value: string][] = []
  for (let at = 0; at < block.length; ) {
    const name = block.toString('utf8', at + 1, (at += 1 + block.readUInt8(at)))
    if (block.readUInt8(at) !== 7) throw new Error('a header that is no text')
    const start = at + 3
    at = start + block.readUInt16BE(at + 1)
    headers.push([name, block.toString('utf8', start, at)])
  }
  return Object.fromEntries(headers)
}

/** The HTTP chunks of an answer as it came, each as bytes (latin1). */
export function httpChunks(raw: string): string[] {
  const chunks: string[] = []
  let rest = raw.slice(raw.indexOf('\r\n\r\n') + 4)
  for (;;) {
    const line = rest.indexOf('\r\n')
    const size = Number.parseInt(rest.slice(0, line), 16)
    if (!(size > 0)) return chunks
    chunks.push(rest.slice(line + 2, line + 2 + size))
    rest = rest.slice(line + 4 + size)
  }
}
