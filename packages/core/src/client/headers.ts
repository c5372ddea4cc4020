import { validateHeaderName, validateHeaderValue } from 'node:http'
import { LoadbenchError } from '../model/errors.ts'
import type { HttpRequest } from '../model/provider.ts'

type Headers = HttpRequest['headers']

/** What HTTP itself says about a request's length and connection; a connection of its own is `connection: close`. */
const TRANSPORT_HEADERS = new Set(['content-length', 'transfer-encoding', 'keep-alive', 'upgrade', 'expect'])

/** The request with further headers; names are compared in lower case, later layers win. */
export function withHeaders(request: HttpRequest, ...layers: readonly (Headers | undefined)[]): HttpRequest {
  if (layers.every((layer) => layer === undefined)) return request
  const headers: Record<string, string> = {}
  for (const layer of [request.headers, ...layers]) {
    for (const [name, value] of Object.entries<string | number | undefined>(layer ?? {})) {
      // A script in JavaScript may leave a value open, or write a number.
      if (value !== undefined) headers[name.toLowerCase()] = String(value)
    }
  }
  return { ...request, headers }
}

/**
 * Refuses what no request can carry: a key read from a file with its line end is the usual case.
 * @throws LB_CALL_INVALID naming the header, not its value.
 */
export function checkHeaders(headers: Headers): void {
  for (const name in headers) {
    try {
      validateHeaderName(name)
      validateHeaderValue(name, headers[name] ?? '')
    } catch {
      throw unsendable(
        name,
        'has a name or a value that HTTP does not allow',
        'Look for a line end or a special character in it.',
      )
    }
    if (TRANSPORT_HEADERS.has(name.toLowerCase())) {
      throw unsendable(name, 'is set by the transport', 'Leave it out.')
    }
  }
}

function unsendable(name: string, problem: string, hint: string): LoadbenchError {
  return new LoadbenchError('LB_CALL_INVALID', `the header ${JSON.stringify(name)} ${problem}`, hint)
}
