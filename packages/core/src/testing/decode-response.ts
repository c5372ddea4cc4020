import type { Call } from '../model/call.ts'
import type { Part } from '../model/part.ts'
import type { ProviderPlugin, ResponseHead } from '../model/provider.ts'
import { framerFor } from '../transport/frames/framer.ts'

/** What a plugin makes of a response. */
export interface DecodedResponse {
  readonly parts: readonly Part[]
  /** What its framing could not cut. */
  readonly faults: readonly string[]
}

/**
 * Decodes a response as a run would: framed by the plugin's framing, decoded frame by frame.
 * @param chunks the body as it came, one entry per socket read.
 */
export function decodeResponse(
  plugin: ProviderPlugin,
  head: ResponseHead,
  chunks: Iterable<Uint8Array>,
  call: Call = { kind: 'chat', messages: [], model: 'test' },
): DecodedResponse {
  const parts: Part[] = []
  const faults: string[] = []
  const decode = plugin.decoder(head, call, (pattern) => framer.expect?.(pattern))
  const framer = framerFor(plugin.framing(head), {
    emit: (frame) => void parts.push(...decode(frame)),
    text: (type, bytes, from, to) => void parts.push({ type, text: bytes.toString('utf8', from, to) }),
    fault: (message) => void faults.push(message),
  })
  for (const chunk of chunks) framer.push(chunk)
  framer.end()
  return { parts, faults }
}

/**
 * Every way a network may cut `body`: in two at each byte, and one byte at a time. A decoder must
 * give the same parts for all of them.
 */
export function* everySplit(body: Uint8Array): Generator<readonly Uint8Array[]> {
  for (let at = 0; at <= body.length; at += 1) yield [body.subarray(0, at), body.subarray(at)]
  yield Array.from(body, (byte) => Uint8Array.of(byte))
}
