import { EventStreamCodec } from '@smithy/eventstream-codec'
import type { Frame } from 'loadbench/plugin'
import { eventStreamFramer } from '../framer.ts'

/** The independent implementation everything here is held against. */
export const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes).toString('utf8'),
  (text) => new Uint8Array(Buffer.from(text, 'utf8')),
)

/** A message whose headers are text. */
export function message(headers: Readonly<Record<string, string>>, payload: string | Uint8Array = ''): Uint8Array {
  return codec.encode({
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { type: 'string', value }])),
    body: typeof payload === 'string' ? new Uint8Array(Buffer.from(payload, 'utf8')) : payload,
  })
}

export function event(type: string, payload: string | Uint8Array): Uint8Array {
  return message({ ':event-type': type, ':content-type': 'application/json', ':message-type': 'event' }, payload)
}

export function exception(type: string, payload: object): Uint8Array {
  return message({ ':exception-type': type, ':content-type': 'application/json', ':message-type': 'exception' }, JSON.stringify(payload))
}

/** A frame as a framer gave it, copied out of the bytes it is a view of. */
export interface Seen {
  readonly event: string | undefined
  readonly headers: Readonly<Record<string, string>>
  readonly payload: string
}

/** What the framer makes of a body. */
export function frame(...chunks: readonly Uint8Array[]): { readonly frames: Seen[]; readonly faults: string[] } {
  const frames: Seen[] = []
  const faults: string[] = []
  const framer = eventStreamFramer({
    emit: (one) => void frames.push(seen(one)),
    fault: (what) => void faults.push(what),
  })
  for (const chunk of chunks) framer.push(chunk)
  framer.end()
  return { frames, faults }
}

function seen({ event: type, headers = {}, bytes = new Uint8Array() }: Frame): Seen {
  return { event: type, headers: { ...headers }, payload: Buffer.from(bytes).toString('hex') }
}

/** The same by smithy's codec, trusting the lengths. */
export function frameByCodec(body: Uint8Array): Seen[] {
  const frames: Seen[] = []
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength)
  for (let at = 0; at < body.length; at += view.getUint32(at)) {
    const { headers, body: payload } = codec.decode(body.subarray(at, at + view.getUint32(at)))
    const texts = Object.entries(headers).flatMap(([name, { type, value }]) => (type === 'string' ? [[name, value]] : []))
    const text = Object.fromEntries(texts) as Record<string, string>
    frames.push({ event: text[':event-type'], headers: text, payload: Buffer.from(payload).toString('hex') })
  }
  return frames
}
