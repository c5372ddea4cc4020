import { parseDuration, type Duration } from '../model/duration.ts'
import type { Millis } from '../model/clock.ts'
import type { TlsSettings } from '../model/provider.ts'
import type { Tags } from '../model/tags.ts'
import { checkTags } from '../script/tags.ts'
import { tlsOf } from '../client/wire-kind.ts'
import { CookieJar } from './cookie-jar.ts'
import { ExpectedStatuses } from './expected-statuses.ts'
import { invalid } from './invalid.ts'

export type ResponseType = 'text' | 'binary' | 'none'

/** A cookie for one request, beside those of the jar. */
export interface RequestCookie {
  readonly value: string
  /** Leaves the jar's cookie of the same name out. Default `false`: both are sent. */
  readonly replace?: boolean
}

/** How one request is made; names are k6's. */
export interface HttpParams {
  readonly headers?: Readonly<Record<string, string | number>>
  /** Tags of its samples. `name` stands in place of the address. */
  readonly tags?: Tags
  /** For all of it, redirects included. Default `'60s'`. */
  readonly timeout?: Duration
  readonly cookies?: Readonly<Record<string, string | RequestCookie>>
  /** Cookies to use in place of the VU's; `null`: none. */
  readonly jar?: CookieJar | null
  /** How many redirects are followed; what comes after them is the response. Default 10. */
  readonly redirects?: number
  /** What `body` is: text (default), an ArrayBuffer, or nothing, which saves memory. */
  readonly responseType?: ResponseType
  /** Compresses the request's body: `'gzip'`, `'deflate'`, `'br'`, or several after one another. */
  readonly compression?: string
  /** Statuses that are no failure, over those of `setResponseCallback`; `null`: nothing is judged. */
  readonly responseCallback?: ExpectedStatuses | null
  /** Only `'basic'`: user and password stand in the address. */
  readonly auth?: 'basic'
  /** Not in k6: certificates of this request's connection. */
  readonly tls?: TlsSettings
}

/** Of a request that is given none; the very objects. */
export const NO_TAGS: Tags = Object.freeze({})

export const NO_COOKIES: Settings['cookies'] = Object.freeze({})

/** Params with their defaults. What is `undefined` is for the VU to say. */
export interface Settings {
  readonly headers: Readonly<Record<string, string | number>>
  readonly tags: Tags
  readonly timeout: Millis
  readonly cookies: Readonly<Record<string, RequestCookie>>
  readonly jar: CookieJar | null | undefined
  readonly redirects: number
  readonly responseType: ResponseType
  readonly compression: string
  readonly expected: ExpectedStatuses | null | undefined
  readonly tls: { readonly tls?: TlsSettings }
}

const DEFAULT_TIMEOUT: Millis = 60_000
const DEFAULT_REDIRECTS = 10

/** Whether each param is what it must be, and what that is. */
const RULES: Readonly<Record<keyof HttpParams, readonly [(value: unknown) => boolean, string]>> = {
  headers: [isRecord, 'an object of names and values'],
  tags: [isRecord, 'an object of names and values'],
  timeout: [(value) => (parseDuration(value) ?? 0) > 0, "a duration above 0, such as 5000 or '5s'"],
  cookies: [isRecord, 'an object of names and values'],
  jar: [(value) => value === null || value instanceof CookieJar, 'a CookieJar or null'],
  redirects: [(value) => Number.isInteger(value) && (value as number) >= 0, 'a whole number from 0'],
  responseType: [
    (value) => value === 'text' || value === 'binary' || value === 'none',
    "'text', 'binary' or 'none'",
  ],
  compression: [(value) => typeof value === 'string', "'gzip', 'deflate' or 'br'"],
  responseCallback: [
    (value) => value === null || value instanceof ExpectedStatuses,
    'what http.expectedStatuses(…) gives, or null',
  ],
  auth: [(value) => value === 'basic', "'basic', the only kind loadbench knows"],
  tls: [isRecord, 'an object such as { ca: … }'],
}

/**
 * Reads the params of a request.
 * @throws LB_CALL_INVALID naming the first that is wrong, or that nobody knows.
 */
export function settingsOf(params: HttpParams | null | undefined): Settings {
  return params === undefined || params === null ? USUAL : readParams(params)
}

function readParams(given: HttpParams): Settings {
  for (const [name, value] of Object.entries(given)) if (value !== undefined) checkParam(name, value)
  const { compression = '', redirects = DEFAULT_REDIRECTS, responseType = 'text' } = given
  const tls = given.tls === undefined ? {} : { tls: given.tls }
  // Read now, before any of a batch is sent.
  if (given.tls !== undefined) tlsOf(tls)
  return {
    headers: given.headers ?? {},
    tags: given.tags === undefined ? NO_TAGS : checkTags(textTags(given.tags)),
    timeout: parseDuration(given.timeout) ?? DEFAULT_TIMEOUT,
    cookies: given.cookies === undefined ? NO_COOKIES : cookiesOf(given.cookies),
    jar: given.jar,
    redirects,
    responseType,
    compression,
    expected: given.responseCallback,
    tls,
  }
}

function checkParam(name: string, value: unknown): void {
  if (!isParam(name)) {
    throw invalid(
      `a request was given "${name}", which is no param`,
      `Known are: ${Object.keys(RULES).join(', ')}.`,
    )
  }
  const [fits, wanted] = RULES[name]
  if (!fits(value)) throw invalid(`the param ${name} is not ${wanted}`, `Give ${wanted}, or leave it out.`)
}

function isParam(name: string): name is keyof HttpParams {
  return Object.hasOwn(RULES, name)
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A script in JavaScript may write a number. */
function textTags(tags: Readonly<Record<string, unknown>>): Tags {
  return Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, String(value)]))
}

function cookiesOf(cookies: NonNullable<HttpParams['cookies']>): Readonly<Record<string, RequestCookie>> {
  return Object.fromEntries(
    Object.entries(cookies).map(([name, cookie]) => [
      name,
      typeof cookie === 'object' ? cookie : { value: cookie },
    ]),
  )
}

/** For all that give no params. */
const USUAL = readParams({})
