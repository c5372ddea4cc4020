import http from 'node:http'
import net from 'node:net'
import { listen, type TestServer } from './servers.ts'

/** A proxy for plain HTTP and for tunnels. Whatever the name, it goes to this machine. */
export async function proxyServer(options: { refuse?: number } = {}): Promise<TestServer & { readonly asked: string[] }> {
  const asked: string[] = []
  const server = http.createServer((request, response) => {
    const { method, url = '', headers } = request
    asked.push(`${method} ${url}`)
    if (options.refuse !== undefined) {
      response.writeHead(options.refuse).end('not through here')
      return
    }
    const { port, pathname } = new URL(url)
    const onward = http.request({ port, path: pathname, host: '127.0.0.1', method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    onward.on('error', () => response.destroy())
    request.pipe(onward)
  })
  server.on('connect', (request, socket: net.Socket) => {
    asked.push(`CONNECT ${request.url}`)
    if (options.refuse !== undefined) {
      socket.end(`HTTP/1.1 ${options.refuse} No\r\n\r\n`)
      return
    }
    const onward = net.connect(Number(request.url?.split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      onward.pipe(socket)
      socket.pipe(onward)
    })
    onward.on('error', () => socket.destroy())
    socket.on('close', () => onward.destroy())
  })
  return Object.assign(await listen(server), { asked })
}
