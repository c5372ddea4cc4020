import { once } from 'node:events'
import type http from 'node:http'
import { httpServer, type TestServer } from '../../transport/__fixtures__/servers.ts'

/** A request as the server saw it. */
export interface Seen {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface EchoServer extends TestServer {
  /** All requests so far. */
  readonly seen: Seen[]
  at(path: string): string
}

/** Remembers what it was asked, and answers as told; with `ok` where nothing is told. */
export async function echoServer(
  answer: (request: Seen, response: http.ServerResponse) => unknown = (_, response) => response.end('ok'),
): Promise<EchoServer> {
  const seen: Seen[] = []
  const server = await httpServer(async (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    await once(request, 'end')
    const one = {
      method: request.method ?? '',
      url: request.url ?? '',
      headers: request.headers as Record<string, string>,
      body: Buffer.concat(chunks).toString('latin1'),
    }
    seen.push(one)
    answer(one, response)
  })
  return Object.assign(server, { seen, at: (path: string) => new URL(path, server.url).href })
}
