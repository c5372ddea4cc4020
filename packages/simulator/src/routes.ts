import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Backend } from './backend.ts'
import { bedrock } from './bedrock/dialect.ts'
import { inquiryOf, readBody } from './body.ts'
import type { Dialect, Methods, Respond } from './dialect.ts'
import { exchange } from './exchange.ts'
import { ollama } from './ollama/dialect.ts'
import { openai } from './openai/dialect.ts'
import { EMPTY, jsonReply } from './protocol.ts'
import { sagemaker } from './sagemaker/dialect.ts'
import { PROTOCOLS, type ProtocolName } from './settings.ts'
import { RouteTable } from './table.ts'
import { tgi } from './tgi/dialect.ts'

/** Where two have the same path, the one that stands first in `PROTOCOLS` answers. */
const DIALECTS: Readonly<Record<ProtocolName, (backend: Backend) => Dialect>> = {
  openai,
  ollama,
  tgi,
  bedrock,
  sagemaker,
}

/** By which a probe knows it, whatever server it plays. */
const NAME = 'loadbench-simulator'

/** Sends each request of a server where it belongs. */
export function routerOf(backend: Backend): (request: IncomingMessage, response: ServerResponse) => void {
  const { speaks } = backend.settings
  const spoken = PROTOCOLS.filter((name) => speaks.includes(name)).map((name) => DIALECTS[name](backend))
  const table = new RouteTable()
  for (const { routes } of [{ routes: ownRoutes(backend, table) }, ...spoken]) {
    for (const [path, methods] of Object.entries(routes)) table.add(path, methods)
  }
  return (request, response) => {
    const { method = 'GET', url = '/' } = request
    const path = url.split('?', 1)[0] ?? '/'
    const methods = table.find(path)
    const found = methods?.[method] ?? lost(spoken[0], method, path, methods)
    if (typeof found === 'function') reply(found, request, response)
    else exchange(backend, found, request, response)
  }
}

/** What the simulator tells of itself, whatever it speaks. */
function ownRoutes(backend: Backend, table: RouteTable): Dialect['routes'] {
  const { truth, settings } = backend
  return {
    // Whether something stands at `?path=` for `&method=`, without sending it.
    '/_sim/route': {
      GET({ query }) {
        const asked = new URLSearchParams(query)
        const methods = table.find(asked.get('path') ?? '')
        const known = methods?.[asked.get('method') ?? 'POST'] !== undefined
        return jsonReply(200, { known, speaks: settings.speaks })
      },
    },
    '/_sim/stats': { GET: () => jsonReply(200, backend.stats()) },
    '/_sim/truth': {
      GET: ({ query }) => jsonReply(200, truth.list(new URLSearchParams(query).get('id') ?? undefined)),
      DELETE: () => {
        truth.clear()
        return EMPTY
      },
    },
  }
}

function lost(
  dialect: Dialect | undefined,
  method: string,
  path: string,
  methods: Methods | undefined,
): Respond {
  return () => {
    if (dialect === undefined) return { ...EMPTY, status: 404 }
    return methods === undefined
      ? dialect.unknownRoute(method, path)
      : dialect.wrongMethod(method, path, Object.keys(methods).join(', '))
  }
}

function reply(respond: Respond, request: IncomingMessage, response: ServerResponse): void {
  readBody(request, (content) => {
    const { status, headers, body } = respond(inquiryOf(request, content))
    const length = Buffer.byteLength(body)
    response.writeHead(status, { server: NAME, ...headers, 'content-length': length }).end(body)
  })
}
