import { crc32 } from 'node:zlib'

/** Writes one message around a payload. The message is bytes, one per character (latin1). */
export type MessageWriter = (payload: string | Uint8Array) => string

/** Lengths of the message and of its headers, and a checksum of the two. */
const PRELUDE = 12
const CHECKSUM = 4
/** The type of a header whose value is text. */
const TEXT = 7

/**
 * Messages of `application/vnd.amazon.eventstream` that share their headers, all of them text. A message
 * is u32 length | u32 length of the headers | u32 CRC-32 of the two | headers | payload | u32 CRC-32 of
 * all before it, big-endian.
 */
export function messages(headers: Readonly<Record<string, string>>): MessageWriter {
  const block = Buffer.concat(Object.entries(headers).map(([name, value]) => header(name, value)))
  const start = PRELUDE + block.length
  return (payload) => {
    const length = typeof payload === 'string' ? Buffer.byteLength(payload) : payload.length
    const bytes = Buffer.allocUnsafe(start + length + CHECKSUM)
    const end = start + length
    bytes.writeUInt32BE(bytes.length, 0)
    bytes.writeUInt32BE(block.length, 4)
    bytes.writeUInt32BE(crc32(bytes.subarray(0, 8)), 8)
    bytes.set(block, PRELUDE)
    if (typeof payload === 'string') bytes.write(payload, start)
    else bytes.set(payload, start)
    bytes.writeUInt32BE(crc32(bytes.subarray(0, end)), end)
    return bytes.toString('latin1')
  }
}

/** Messages that carry an event of a name, by default in JSON. */
export function events(type: string, contentType = 'application/json'): MessageWriter {
  return messages({ ':event-type': type, ':content-type': contentType, ':message-type': 'event' })
}

/** Messages that carry an exception. */
export function exceptions(type: string): MessageWriter {
  return messages({
    ':exception-type': type,
    ':content-type': 'application/json',
    ':message-type': 'exception',
  })
}

/** A message as a broken line delivers it: one bit of its last checksum is wrong. */
export function corrupted(message: string): string {
  const at = message.length - 1
  return message.slice(0, at) + String.fromCharCode(message.charCodeAt(at) ^ 1)
}

function header(name: string, value: string): Buffer {
  const key = Buffer.from(name)
  const text = Buffer.from(value)
  return Buffer.concat([
    Buffer.from([key.length]),
    key,
    Buffer.from([TEXT, text.length >> 8, text.length & 0xff]),
    text,
  ])
}
