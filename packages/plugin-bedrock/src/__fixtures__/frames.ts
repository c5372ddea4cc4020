import { EventStreamCodec } from '@smithy/eventstream-codec'

/** AWS's own encoder, so that what the tests read was not written by what they test. */
const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes as Uint8Array).toString('utf8'),
  (text) => Buffer.from(text),
)

type Headers = Readonly<Record<string, string>>

/** One message of an event stream. */
export function message(headers: Headers, payload: string): Uint8Array {
  return codec.encode({
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, { type: 'string', value }]),
    ),
    body: Buffer.from(payload),
  })
}

/** An event whose payload is JSON, or text that should be. */
export function event(name: string, payload: unknown): Uint8Array {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload)
  return message(
    { ':event-type': name, ':content-type': 'application/json', ':message-type': 'event' },
    text,
  )
}

export function exception(name: string, payload: unknown): Uint8Array {
  return message({ ':exception-type': name, ':message-type': 'exception' }, JSON.stringify(payload))
}

/** A stream of Converse: `[['contentBlockDelta', {…}], …]`. */
export function converseStream(events: readonly (readonly [string, unknown])[]): Uint8Array {
  return Buffer.concat(events.map(([name, payload]) => event(name, payload)))
}

/** A stream of InvokeModel: each chunk is the model's own JSON, or other text. */
export function invokeStream(chunks: readonly unknown[]): Uint8Array {
  return Buffer.concat(
    chunks.map((chunk) => {
      const text = typeof chunk === 'string' ? chunk : JSON.stringify(chunk)
      return event('chunk', { bytes: Buffer.from(text).toString('base64'), p: 'abcd' })
    }),
  )
}

/** The messages of a stream, by AWS's own decoder. */
export function messagesOf(body: Uint8Array): { event: string; payload: Record<string, unknown> }[] {
  const messages: { event: string; payload: Record<string, unknown> }[] = []
  for (let at = 0; at < body.length; ) {
    const length = Buffer.from(body.buffer, body.byteOffset + at, 4).readUInt32BE()
    const { headers, body: payload } = codec.decode(body.subarray(at, at + length))
    messages.push({
      event: String(headers[':event-type']?.value),
      payload: JSON.parse(Buffer.from(payload).toString('utf8')) as Record<string, unknown>,
    })
    at += length
  }
  return messages
}
