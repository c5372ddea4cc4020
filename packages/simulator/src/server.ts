import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Backend } from './backend.ts'
import { routerOf } from './routes.ts'
import type { Settings } from './schema.ts'

/** A simulator that listens. */
export interface Simulator {
  /** Its address without a path: `http://127.0.0.1:40123`. */
  readonly url: string
  readonly port: number
  /** Breaks off what is going on and lets go of everything. */
  stop(): Promise<void>
}

/** Idle connections outlive those of any client, so that no request meets one that is just closing. */
const KEEP_ALIVE = 75_000
const BACKLOG = 4_096

/** Serves in this thread; resolves when the port is open. */
export async function serve(settings: Settings): Promise<Simulator> {
  const backend = new Backend(settings)
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE, requestTimeout: 0 })
  server.on('request', routerOf(backend))
  await listen(server, settings)
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${reachable(settings.host)}:${port}`,
    port,
    stop: () =>
      new Promise((resolve) => {
        backend.agenda.clear()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function listen(server: Server, { host, port }: Settings): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port, backlog: BACKLOG }, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

/** A host as it stands in an address; where it means every interface, this machine's own. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return host.includes(':') ? `[${host}]` : host
}
