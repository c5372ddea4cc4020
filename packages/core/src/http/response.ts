import { STATUS_CODES } from 'node:http'
import { readCookies, type ResponseCookie } from './cookie-jar.ts'
import { errorCodeOf } from './error-code.ts'
import type { Hop } from './hop.ts'
import { selectJson } from './json-selector.ts'
import type { RequestCookie, ResponseType } from './params.ts'
import type { Step } from './step.ts'
import { timingsOf, type HttpTimings } from './timings.ts'

/** The request an answer belongs to: the last one, where redirects were followed. */
export interface SentRequest {
  readonly method: string
  readonly url: string
  /** By name in its usual spelling (`Content-Type`). */
  readonly headers: Readonly<Record<string, readonly string[]>>
  readonly body: string | Uint8Array
  /** Those of the param `cookies`. */
  readonly cookies: Readonly<Record<string, RequestCookie>>
}

/** What a request gives back; names are k6's. A failed request is a response too, with `status` 0 and `error`. */
export interface HttpResponse<Body = string> {
  /** HTTP status; 0 where no answer came. */
  readonly status: number
  /** `200 OK`; empty where no answer came. */
  readonly status_text: string
  /** Of the last redirect. */
  readonly url: string
  /** By name in its usual spelling (`Content-Type`); repeated ones are joined by `, `. */
  readonly headers: Readonly<Record<string, string>>
  /** Text, an ArrayBuffer or `null`, by the param `responseType`. Empty where no whole answer came. */
  readonly body: Body
  readonly timings: HttpTimings
  /** Why no whole answer came; empty where one did. */
  readonly error: string
  /** 0, or k6's number: 1050 is a timeout, 1404 HTTP 404. */
  readonly error_code: number
  /** Those the answer set. Like `request` left out where a response is printed. */
  readonly cookies: Readonly<Record<string, readonly ResponseCookie[]>>
  readonly request: SentRequest
  /**
   * The body as decoded JSON, or what a path such as `hits.0.id` names in it.
   * @throws Error where the body is no JSON.
   */
  json(path?: string): unknown
}

/** Any body: what `responseType` says is known only where the params are written in the call. */
export type AnyBody = string | ArrayBuffer | null

/** What a script gets to see of a request's last hop. */
export function responseOf(hop: Hop, step: Step, responseType: ResponseType): HttpResponse<AnyBody> {
  const { status, failure } = hop
  const url = step.shown
  const setCookies = setCookiesOf(hop)
  let decoded: { readonly value: unknown } | undefined
  const response: HttpResponse<AnyBody> = {
    status,
    status_text: status === 0 ? '' : `${status} ${hop.raw?.reason || (STATUS_CODES[status] ?? '')}`.trimEnd(),
    url,
    headers: spelled(hop.response?.headers ?? {}, (value) => value),
    body: bodyOf(hop.body, responseType),
    timings: timingsOf(hop.phases),
    error: failure?.message ?? '',
    error_code: errorCodeOf(failure, status),
    cookies: readCookies(setCookies),
    request: {
      method: step.method,
      url,
      headers: spelled(step.headers, (value) => [value]),
      body: step.body ?? '',
      cookies: step.cookies,
    },
    json(path) {
      decoded ??= { value: parse(hop.body, `${step.method} ${url}`, status, responseType) }
      return path === undefined ? decoded.value : selectJson(decoded.value, path)
    },
  }
  // Keys, passwords and sessions: there for who asks, not for who prints the response or checks it.
  for (const name of ['request', 'cookies']) Object.defineProperty(response, name, { enumerable: false })
  return response
}

/** The `set-cookie` headers of an answer, one by one. */
export function setCookiesOf({ raw }: Hop): readonly string[] {
  const fields = raw?.fields ?? []
  return fields
    .filter((_, index) => index % 2 === 1 && fields[index - 1]?.toString().toLowerCase() === 'set-cookie')
    .map(String)
}

/** `content-type` as `Content-Type`, which is what scripts for k6 ask for. */
function spelled<T>(
  headers: Readonly<Record<string, string>>,
  write: (value: string) => T,
): Record<string, T> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.replaceAll(/(?:^|-)[a-z]/g, (start) => start.toUpperCase()),
      write(value),
    ]),
  )
}

function bodyOf(body: Buffer, responseType: ResponseType): AnyBody {
  if (responseType === 'none') return null
  if (responseType === 'text') return body.toString('utf8')
  return new Uint8Array(body).buffer
}

function parse(body: Buffer, request: string, status: number, responseType: ResponseType): unknown {
  if (responseType === 'none') {
    throw new Error(`the answer to ${request} was not kept: its responseType is 'none'`)
  }
  try {
    return JSON.parse(body.toString('utf8'))
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new Error(`the answer to ${request} (${status}) is no JSON: ${why}`, { cause })
  }
}
