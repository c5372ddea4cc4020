import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Backend } from './backend.ts'
import { exchange } from './exchange.ts'
import { chat } from './openai/chat.ts'
import { completion } from './openai/completion.ts'
import { refuse, unknownRoute, wrongMethod } from './openai/errors.ts'
import { modelList } from './openai/models.ts'
import { authorized } from './order.ts'
import { jsonReply, type Protocol, type Reply } from './protocol.ts'

type Route = (request: IncomingMessage, response: ServerResponse) => void
type Methods = Readonly<Partial<Record<string, Route>>>
/** By path, then by method. */
type Routes = ReadonlyMap<string, Methods>

/** Everything the server answers to. */
export function routesOf(backend: Backend): Routes {
  const { settings, truth } = backend
  const generate = (protocol: Protocol) => ({
    POST: (request: IncomingMessage, response: ServerResponse) =>
      exchange(backend, protocol, request, response),
  })
  const version = ownVersion()
  return new Map<string, Methods>([
    ['/v1/chat/completions', generate(chat)],
    ['/v1/completions', generate(completion)],
    [
      '/v1/models',
      {
        GET: replying(({ headers }) =>
          authorized(settings, headers) ? modelList(settings.models) : refuse('auth', settings),
        ),
      },
    ],
    ['/health', { GET: replying(() => EMPTY) }],
    ['/version', { GET: replying(() => jsonReply(200, { version })) }],
    ['/_sim/stats', { GET: replying(() => jsonReply(200, backend.stats())) }],
    [
      '/_sim/truth',
      {
        GET: replying((request) => jsonReply(200, truth.list(queryOf(request).get('id') ?? undefined))),
        DELETE: replying(() => {
          truth.clear()
          return EMPTY
        }),
      },
    ],
  ])
}

/** Sends a request where it belongs. */
export function route(routes: Routes, request: IncomingMessage, response: ServerResponse): void {
  const { method = 'GET', url = '/' } = request
  const path = url.split('?', 1)[0] ?? '/'
  const methods = routes.get(path)
  const found =
    methods?.[method] ??
    replying(() =>
      methods === undefined
        ? unknownRoute(method, path)
        : wrongMethod(method, path, Object.keys(methods).join(', ')),
    )
  found(request, response)
}

const EMPTY: Reply = { status: 200, headers: {}, body: '' }

function replying(reply: (request: IncomingMessage) => Reply): Route {
  return (request, response) => {
    const { status, headers, body } = reply(request)
    // What a client still sends would otherwise stand before its next request.
    request.resume()
    response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body)
  }
}

function queryOf({ url = '' }: IncomingMessage): URLSearchParams {
  return new URLSearchParams(url.split('?')[1])
}

function ownVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
