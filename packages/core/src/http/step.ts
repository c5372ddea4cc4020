import { checkHeaders } from '../client/headers.ts'
import { withoutCredentials } from '../model/address.ts'
import { readAddress, type HttpAddress } from './address.ts'
import { encodeBody, type HttpBody } from './body.ts'
import { compress } from './compression.ts'
import { invalid } from './invalid.ts'
import type { RequestCookie, Settings } from './params.ts'

/** What is sent to one address: the request itself, or where a redirect leads it. */
export interface Step {
  readonly method: string
  readonly url: URL
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
 * The request a script asks for.
 * @throws LB_CALL_INVALID for what cannot be sent.
 */
export async function firstStep(
  asked: string,
  address: HttpAddress,
  content: HttpBody | undefined,
  settings: Settings,
): Promise<Step> {
  const method = checkMethod(asked)
  const url = readAddress(address)
  const headers: Record<string, string> = { 'user-agent': USER_AGENT, ...basicAuth(url) }
  for (const [name, value] of Object.entries(settings.headers)) headers[name.toLowerCase()] = String(value)
  checkHeaders(headers)
  url.username = ''
  url.password = ''
  const encoded = await encodeBody(content)
  const step = { method, url, shown: shownAddress(url), headers, cookies: settings.cookies }
  if (encoded === undefined) return step
  const { bytes, contentType, bound } = encoded
  if (contentType !== undefined && (bound === true || headers['content-type'] === undefined)) {
    headers['content-type'] = contentType
  }
  if (settings.compression === '') return { ...step, body: bytes }
  headers['content-encoding'] ??= settings.compression
  return { ...step, body: compress(bytes, settings.compression) }
}

function shownAddress({ href, username, password, search }: URL): string {
  return `${username}${password}${search}` === '' ? href : withoutCredentials(href)
}

/** `CONNECT` makes tunnels, not requests. */
function checkMethod(method: string): string {
  const name = method.toUpperCase()
  if (/^[A-Z][A-Z0-9_-]*$/.test(name) && name !== 'CONNECT') return name
  throw invalid(`${JSON.stringify(method)} is no method a request can have`, 'Give one such as GET or POST.')
}

function basicAuth({ username, password }: URL): { authorization?: string } {
  if (username === '' && password === '') return {}
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` }
}

/** Not for anyone but the server they were meant for. */
const PRIVATE = new Set(['authorization', 'cookie', 'host', 'proxy-authorization', 'www-authenticate'])

/**
 * Where an answer sends a request, as browsers and Go do it: 301, 302 and 303 make a GET without a body
 * of anything but HEAD, 307 and 308 repeat the request as it was. Credentials stay with their server.
 * @returns `undefined` where it leads nowhere.
 */
export function redirected(step: Step, status: number, location: string | undefined): Step | undefined {
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return undefined
  if (!URL.canParse(location, step.url.href)) return undefined
  const url = new URL(location, step.url)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined
  const sameServer = url.origin === step.url.origin
  const repeated = status >= 307 || step.method === 'GET' || step.method === 'HEAD'
  const headers = Object.entries(step.headers).filter(
    ([name]) => (sameServer || !PRIVATE.has(name)) && (repeated || !name.startsWith('content-')),
  )
  return {
    method: repeated ? step.method : 'GET',
    url,
    shown: shownAddress(url),
    headers: Object.fromEntries(headers),
    cookies: sameServer ? step.cookies : {},
    ...(repeated && step.body !== undefined ? { body: step.body } : {}),
  }
}
