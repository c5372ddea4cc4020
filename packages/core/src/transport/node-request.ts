import http from 'node:http'
import https from 'node:https'
import { now } from '../model/clock.ts'
import type { HttpRequest } from '../model/provider.ts'
import type { WireListener } from './wire-request.ts'
import type { WireKind } from './wire.ts'

/**
 * Sends one request on a connection of its own with Node's own client. Loading undici takes a tenth of a
 * second of the processor, which the workers need while a run starts; nothing here is measured.
 * @returns ends it at once, after which the listener hears nothing more.
 */
export function sendByNode(
  { origin, tls }: Pick<WireKind, 'origin' | 'tls'>,
  { method, path, headers, body }: HttpRequest,
  listener: WireListener,
): () => void {
  const secure = origin.protocol === 'https:'
  const { request } = secure ? https : http
  const port = origin.port === '' ? {} : { port: origin.port }
  const hostname = origin.hostname.replace(/^\[(.*)\]$/, '$1')
  const outgoing = request({ hostname, ...port, method, path, headers, agent: false, ...tls })
  outgoing.on('error', (error) => listener.fail(error, now()))
  outgoing.on('socket', (socket) => {
    socket.once(secure ? 'secureConnect' : 'connect', () => listener.connected())
  })
  outgoing.on('response', (incoming) => {
    listener.head({ status: incoming.statusCode ?? 0, headers: readHeaders(incoming.headers) }, 0, now())
    incoming.on('data', (chunk: Buffer) => listener.data(chunk, now()))
    incoming.on('end', () => listener.end(now()))
    incoming.on('error', (error) => listener.fail(error, now()))
  })
  outgoing.end(body)
  return () => outgoing.destroy()
}

function readHeaders(headers: http.IncomingHttpHeaders): Record<string, string> {
  const read = Object.entries(headers).map(([name, value = '']) => [
    name,
    Array.isArray(value) ? value.join(', ') : value,
  ])
  return Object.fromEntries(read) as Record<string, string>
}
