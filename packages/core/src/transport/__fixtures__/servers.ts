import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import http from 'node:http'
import http2 from 'node:http2'
import https from 'node:https'
import net from 'node:net'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { onTestFinished } from 'vitest'

const pem = (name: string) => readFileSync(join(import.meta.dirname, `localhost.${name}.pem`), 'utf8')
/** For localhost, llm.test and 127.0.0.1; signed by itself, valid until 2120. */
export const CERT = pem('cert')
export const KEY = pem('key')

/** A server of one test, closed when the test is over. */
export interface TestServer {
  readonly port: number
  /** `http://127.0.0.1:…`, or https. */
  readonly url: URL
  /** Connections made so far. */
  readonly connections: number
  /** Connections standing now. */
  readonly open: number
  /** Resolves when no connection stands any more. */
  quiet(): Promise<void>
}

type Answer = (request: http.IncomingMessage, response: http.ServerResponse) => unknown

/** Answers HTTP/1.1. */
export function httpServer(answer: Answer): Promise<TestServer> {
  return listen(http.createServer({ keepAliveTimeout: 60_000 }, (request, response) => void answer(request, response)))
}

/** Answers HTTPS with the certificate above. */
export function httpsServer(answer: Answer): Promise<TestServer> {
  const server = https.createServer({ cert: CERT, key: KEY }, (request, response) => void answer(request, response))
  return listen(server, 'https')
}

/** Answers HTTP/2 over TLS, nothing else. */
export function http2Server(answer: (stream: http2.ServerHttp2Stream) => unknown): Promise<TestServer> {
  const server = http2.createSecureServer({ cert: CERT, key: KEY })
  server.on('stream', (stream) => {
    stream.on('error', () => undefined)
    answer(stream)
  })
  return listen(server, 'https')
}

/** Speaks whatever `talk` says, once per connection. */
export function tcpServer(talk: (socket: net.Socket) => unknown): Promise<TestServer> {
  return listen(
    net.createServer((socket) => {
      socket.resume()
      talk(socket)
    }),
  )
}

/** Like `tcpServer`, but waits for a whole request each time before it talks. */
export function rawServer(talk: (socket: net.Socket) => unknown): Promise<TestServer> {
  return tcpServer((socket) => {
    let seen = ''
    socket.on('data', (bytes: Buffer) => {
      seen += bytes.toString('latin1')
      const head = seen.indexOf('\r\n\r\n')
      if (head < 0) return
      const length = Number(/content-length: (\d+)/i.exec(seen)?.[1] ?? 0)
      if (seen.length < head + 4 + length) return
      seen = ''
      talk(socket)
    })
  })
}

export async function listen(server: net.Server, scheme: 'http' | 'https' = 'http'): Promise<TestServer> {
  const sockets = new Set<net.Socket>()
  let connections = 0
  server.on('connection', (socket: net.Socket) => {
    connections += 1
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('close', () => sockets.delete(socket))
  })
  server.on('tlsClientError', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    server.close()
    await once(server, 'close')
  })
  const { port } = server.address() as net.AddressInfo
  return {
    port,
    url: new URL(`${scheme}://127.0.0.1:${port}`),
    get connections() {
      return connections
    },
    get open() {
      return sockets.size
    },
    async quiet() {
      while (sockets.size > 0) await new Promise((resolve) => setTimeout(resolve, 5))
    },
  }
}

export const pause = (millis: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, millis))

/** Listens with a queue of one, then sleeps, so that nobody is ever accepted. */
const DEAF = `
const { parentPort } = require('node:worker_threads')
const server = require('node:net').createServer()
server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  parentPort.postMessage(server.address().port)
  setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), 10)
})
`

/** The address of a server whose queue of connections is full: the next one waits for ever. */
export async function deafServer(): Promise<URL> {
  const worker = new Worker(DEAF, { eval: true })
  const fillers: net.Socket[] = []
  onTestFinished(async () => {
    for (const filler of fillers) filler.destroy()
    await worker.terminate()
  })
  const [port] = (await once(worker, 'message')) as [number]
  await pause(100)
  for (let full = false; !full; ) {
    const filler = net.connect(port, '127.0.0.1').on('error', () => undefined)
    fillers.push(filler)
    // oxlint-disable-next-line no-await-in-loop
    full = await Promise.race([once(filler, 'connect').then(() => false), pause(300).then(() => true)])
  }
  return new URL(`http://127.0.0.1:${port}`)
}
