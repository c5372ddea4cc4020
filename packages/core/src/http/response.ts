import { STATUS_CODES } from 'node:http'
import type { ResponseHead } from '../model/provider.ts'
import { isShared } from '../transport/known-heads.ts'
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

/**
 * What a script gets to see of a request's last hop. What most scripts never ask for is made when they do:
 * `request` and `cookies`, which hold keys, passwords and sessions, and so are not printed with the rest.
 */
export class Answer implements HttpResponse<AnyBody> {
  readonly status: number
  readonly status_text: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: AnyBody
  readonly timings: HttpTimings
  readonly error: string
  readonly error_code: number
  readonly #hop: Hop
  readonly #step: Step
  readonly #responseType: ResponseType
  #decoded: { readonly value: unknown } | undefined

  constructor(hop: Hop, step: Step, responseType: ResponseType) {
    const { status, failure } = hop
    this.status = status
    this.status_text =
      status === 0 ? '' : `${status} ${hop.raw?.reason || (STATUS_CODES[status] ?? '')}`.trimEnd()
    this.url = step.shown
    this.headers = hop.response === undefined ? {} : { ...spelledOnce(hop.response.headers) }
    this.body = bodyOf(hop.body, responseType)
    this.timings = timingsOf(hop.phases)
    this.error = failure?.message ?? ''
    this.error_code = errorCodeOf(failure, status)
    this.#hop = hop
    this.#step = step
    this.#responseType = responseType
  }

  get cookies(): HttpResponse['cookies'] {
    return readCookies(setCookiesOf(this.#hop))
  }

  get request(): SentRequest {
    const { method, headers, body, cookies } = this.#step
    return { method, url: this.url, headers: spelled(headers, (value) => [value]), body: body ?? '', cookies }
  }

  json(path?: string): unknown {
    this.#decoded ??= {
      value: parse(this.#hop.body, `${this.#step.method} ${this.url}`, this.status, this.#responseType),
    }
    return path === undefined ? this.#decoded.value : selectJson(this.#decoded.value, path)
  }
}

/** The `set-cookie` headers of an answer, one by one. */
export function setCookiesOf({ response, raw }: Hop): readonly string[] {
  if (raw === undefined || response?.headers['set-cookie'] === undefined) return NO_COOKIES
  const { fields } = raw
  return fields
    .filter((_, index) => index % 2 === 1 && fields[index - 1]?.toString().toLowerCase() === 'set-cookie')
    .map(String)
}

const NO_COOKIES: readonly string[] = []

/** Names of headers as scripts for k6 ask for them: `content-type` as `Content-Type`. */
const spellings = new Map<string, string>()
const MOST_SPELLINGS = 1_000

function spelling(name: string): string {
  let spelt = spellings.get(name)
  if (spelt === undefined) {
    spelt = name.replaceAll(/(?:^|-)[a-z]/g, (start) => start.toUpperCase())
    if (spellings.size < MOST_SPELLINGS) spellings.set(name, spelt)
  }
  return spelt
}

/** By headers that are one object for all answers that have the same. */
const spelledHeaders = new WeakMap<ResponseHead['headers'], Readonly<Record<string, string>>>()

function spelledOnce(headers: ResponseHead['headers']): Readonly<Record<string, string>> {
  let written = spelledHeaders.get(headers)
  if (written === undefined) {
    written = spelled(headers, (value) => value)
    if (isShared(headers)) spelledHeaders.set(headers, written)
  }
  return written
}

function spelled<T>(
  headers: Readonly<Record<string, string>>,
  write: (value: string) => T,
): Record<string, T> {
  const written: Record<string, T> = {}
  for (const name in headers) written[spelling(name)] = write(headers[name] as string)
  return written
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
