import { checkHeaders } from '../client/headers.ts'
import { destinationOf, readAddress, type HttpAddress } from './address.ts'
import { encodeBody, type EncodedBody, type HttpBody } from './body.ts'
import { compress } from './compression.ts'
import { invalid } from './invalid.ts'
import type { RequestCookie, Settings } from './params.ts'

/** What is sent to one address: the request itself, or where a redirect leads it. */
export interface Step {
  readonly method: string
  readonly url: URL
  /** Path and query. */
  readonly path: string
  /** The address as results and scripts may show it. */
  readonly shown: string
  /** Names are lower case. No cookies of a jar among them. */
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  readonly cookies: Readonly<Record<string, RequestCookie>>
}

/** Who asks, so that a server's log can tell load from people. */
const USER_AGENT = 'loadbench'

/**
 * The request a script asks for; a promise only where writing its body takes one.
 * @throws LB_CALL_INVALID for what cannot be sent.
 */
export function firstStep(
  asked: string,
  address: HttpAddress,
  content: HttpBody | undefined,
  settings: Settings,
): Step | Promise<Step> {
  const { url, path, shown, authorization } = readAddress(address)
  const headers: Record<string, string> = { 'user-agent': USER_AGENT }
  if (authorization !== undefined) headers['authorization'] = authorization
  for (const name in settings.headers) headers[name.toLowerCase()] = String(settings.headers[name])
  checkHeaders(headers)
  const step: Written = { method: checkMethod(asked), url, path, shown, headers, cookies: settings.cookies }
  const encoded = encodeBody(content)
  if (encoded === undefined) return step
  return encoded instanceof Promise
    ? encoded.then((body) => withBody(step, body, settings))
    : withBody(step, encoded, settings)
}

/** One that is still being written. */
interface Written extends Step {
  readonly headers: Record<string, string>
  body?: string | Uint8Array
}

function withBody(step: Written, { bytes, contentType, bound }: EncodedBody, settings: Settings): Step {
  const { headers } = step
  if (contentType !== undefined && (bound === true || headers['content-type'] === undefined)) {
    headers['content-type'] = contentType
  }
  if (settings.compression === '') {
    step.body = bytes
    return step
  }
  headers['content-encoding'] ??= settings.compression
  step.body = compress(bytes, settings.compression)
  return step
}

/** `CONNECT` makes tunnels, not requests. */
function checkMethod(method: string): string {
  if (method === 'GET' || method === 'POST') return method
  const name = method.toUpperCase()
  if (/^[A-Z][A-Z0-9_-]*$/.test(name) && name !== 'CONNECT') return name
  throw invalid(`${JSON.stringify(method)} is no method a request can have`, 'Give one such as GET or POST.')
}

/** Not for anyone but the server they were meant for. */
const PRIVATE = new Set(['authorization', 'cookie', 'host', 'proxy-authorization', 'www-authenticate'])

/**
 * Where an answer sends a request, as browsers and Go do it: 301, 302 and 303 make a GET without a body
 * of anything but HEAD, 307 and 308 repeat the request as it was. Credentials stay with their server.
 * @returns `undefined` where it leads nowhere.
 */
export function redirected(step: Step, status: number, location: string | undefined): Step | undefined {
  if (location === undefined || ![301, 302, 303, 307, 308].includes(status)) return undefined
  if (!URL.canParse(location, step.url.href)) return undefined
  const url = new URL(location, step.url)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined
  const to = destinationOf(url)
  const sameServer = url.origin === step.url.origin
  const repeated = status >= 307 || step.method === 'GET' || step.method === 'HEAD'
  const headers = Object.entries(step.headers).filter(
    ([name]) => (sameServer || !PRIVATE.has(name)) && (repeated || !name.startsWith('content-')),
  )
  return {
    method: repeated ? step.method : 'GET',
    url: to.url,
    path: to.path,
    shown: to.shown,
    headers: Object.fromEntries(headers),
    cookies: sameServer ? step.cookies : {},
    ...(repeated && step.body !== undefined ? { body: step.body } : {}),
  }
}
