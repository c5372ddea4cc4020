import type { Part } from '../../model/part.ts'
import type { ProviderPlugin } from '../../model/provider.ts'

/** The plainest provider there can be: each frame is a JSON list of parts. */
export const partsPlugin: ProviderPlugin = {
  apiVersion: 1,
  name: 'parts',
  targetVariables: ['PARTS_URL', 'PARTS_HOST'],
  encode: (call, target) => ({
    method: 'POST',
    path: `${target.pathname.replace(/\/$/, '')}/answer`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind: call.kind, model: call.model }),
  }),
  framing: ({ status, headers }) => {
    const type = headers['content-type'] ?? ''
    if (status >= 300) return 'whole'
    if (type.includes('event-stream')) return 'sse'
    return type.includes('ndjson') ? 'ndjson' : 'whole'
  },
  decoder: (head) => (frame) => {
    if (head.status >= 300) return [{ type: 'error', message: frame.data }]
    try {
      return JSON.parse(frame.data) as Part[]
    } catch {
      return [{ type: 'error', class: 'malformed', message: `not JSON: ${frame.data.slice(0, 40)}` }]
    }
  },
}

export const text = (value: string): Part => ({ type: 'text-delta', text: value })
export const reasoning = (value: string): Part => ({ type: 'reasoning-delta', text: value })
export const tool = (written: string): Part => ({ type: 'tool-delta', index: 0, name: 'f', arguments: written })
export const finish: Part = { type: 'finish', reason: 'stop' }

/** A server-sent event that holds `parts`. */
export const event = (...parts: readonly Part[]): string => `data: ${JSON.stringify(parts)}\n\n`

/** One HTTP chunk. */
export const chunk = (body: string): string => `${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n`

/** The head of a streamed answer, as it is on the wire. */
export const STREAM_HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n'
