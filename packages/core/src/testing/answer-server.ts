import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'

/** Talks to one connection whose request has come whole. */
export type Talk = (socket: Socket, request: string) => void

/**
 * Answers at an address of this machine while `work` lasts. Speaks HTTP by hand, so that it can break off
 * wherever a test wants it to.
 */
export async function withServer<T>(talk: Talk, work: (url: string) => Promise<T>): Promise<T> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('close', () => sockets.delete(socket))
    onRequest(socket, (request) => talk(socket, request))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  } finally {
    for (const socket of sockets) socket.destroy()
    server.close()
    await once(server, 'close')
  }
}

function onRequest(socket: Socket, heard: (request: string) => void): void {
  let seen = ''
  socket.on('data', (bytes: Buffer) => {
    seen += bytes.toString('latin1')
    const head = seen.indexOf('\r\n\r\n')
    if (head < 0) return
    const length = Number(/^content-length: *(\d+)/im.exec(seen.slice(0, head))?.[1] ?? 0)
    if (seen.length < head + 4 + length) return
    const request = seen
    seen = ''
    heard(request)
  })
}

/** What the recorded connection was like says nothing about this one. */
const OF_THE_CONNECTION = /^(content-length|transfer-encoding|connection|keep-alive|content-encoding)$/i

/** The head of an answer whose body follows in HTTP chunks. */
export function headBytes(status: number, headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries(headers)
    .filter(([name]) => !OF_THE_CONNECTION.test(name))
    .map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status} Status\r\n${lines.join('')}transfer-encoding: chunked\r\n\r\n`
}

/** `body` in HTTP chunks of at most `size` bytes. */
export function chunked(body: Uint8Array, size = body.length): Buffer {
  const pieces: Uint8Array[] = []
  for (let at = 0; at < body.length; at += size) {
    const piece = body.subarray(at, at + size)
    pieces.push(Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n'))
  }
  return Buffer.concat(pieces)
}

/** Closes a chunked body. */
export const LAST_CHUNK = '0\r\n\r\n'
