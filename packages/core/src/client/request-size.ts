import type { OutgoingRequest } from '../transport/wire.ts'

/** Bytes of a request: its head as HTTP/1.1 would write it, and its body. */
export function sizeOf(request: Omit<OutgoingRequest, 'method'>): number {
  let size = request.path.length + 16
  for (const name in request.headers) size += name.length + (request.headers[name]?.length ?? 0) + 4
  return size + (request.body === undefined ? 0 : Buffer.byteLength(request.body))
}
