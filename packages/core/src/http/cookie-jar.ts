import { Cookie, CookieJar as Jar } from 'tough-cookie'

/** Of a cookie that a script sets by itself; names are k6's. */
export interface CookieSettings {
  readonly domain?: string
  readonly path?: string
  /** A date as HTTP writes it. */
  readonly expires?: string
  /** Seconds. */
  readonly max_age?: number
  readonly secure?: boolean
  readonly http_only?: boolean
}

/** A cookie as an answer set it. */
export interface ResponseCookie {
  readonly name: string
  readonly value: string
  readonly domain: string
  readonly path: string
  readonly http_only: boolean
  readonly secure: boolean
  /** Seconds; 0 where the server gave none. */
  readonly max_age: number
  /** Ms since 1970; 0 where the server gave none. */
  readonly expires: number
}

/** Values of cookies by name. */
export type CookieValues = Readonly<Record<string, readonly string[]>>

/** Cookies by the rules of browsers (RFC 6265): what answers set goes with the requests they are meant for. */
export class CookieJar {
  /** Made with the first cookie: most requests meet none, and looking costs. */
  #jar: Jar | undefined

  /** Whether no cookie ever came in. */
  get empty(): boolean {
    return this.#jar === undefined
  }

  /** Sets a cookie for an address. @returns whether that address may have it. */
  set(url: string, name: string, value: string, settings: CookieSettings = {}): boolean {
    const { domain, path, expires, max_age, secure, http_only } = settings
    const cookie = new Cookie({
      key: name,
      value,
      ...(domain === undefined ? {} : { domain }),
      ...(path === undefined ? {} : { path }),
      ...(expires === undefined ? {} : { expires: new Date(expires) }),
      ...(max_age === undefined ? {} : { maxAge: max_age }),
      secure: secure ?? false,
      httpOnly: http_only ?? false,
    })
    return this.#made().setCookieSync(cookie, url, { ignoreError: true }) !== undefined
  }

  /** The cookies a request to an address would carry. */
  cookiesForURL(url: string): CookieValues {
    const values: Record<string, string[]> = {}
    for (const { key, value } of this.#of(url)) (values[key] ??= []).push(value)
    return values
  }

  /** Forgets what a request to an address would carry. */
  clear(url: string): void {
    for (const cookie of this.#of(url)) this.#remove(cookie)
  }

  /** Forgets one cookie. */
  delete(url: string, name: string): void {
    for (const cookie of this.#of(url)) if (cookie.key === name) this.#remove(cookie)
  }

  /** Takes in the `set-cookie` headers of an answer; what cannot be read, or is not the server's to set, is left out. */
  store(url: string, headers: readonly string[]): void {
    for (const header of headers) this.#made().setCookieSync(header, url, { ignoreError: true })
  }

  #of(url: string): readonly Cookie[] {
    return this.#jar?.getCookiesSync(url) ?? []
  }

  #made(): Jar {
    return (this.#jar ??= new Jar())
  }

  /** The store lives in memory, so this is done when it returns. */
  #remove({ domain, path, key }: Cookie): void {
    void this.#made().store.removeCookie(domain ?? '', path ?? '/', key)
  }
}

/** The cookies an answer set, by name. */
export function readCookies(headers: readonly string[]): Readonly<Record<string, readonly ResponseCookie[]>> {
  const cookies: Record<string, ResponseCookie[]> = {}
  for (const header of headers) {
    const cookie = Cookie.parse(header, { loose: true })
    if (cookie !== undefined) (cookies[cookie.key] ??= []).push(asSeen(cookie))
  }
  return cookies
}

function asSeen({ key, value, domain, path, httpOnly, secure, maxAge, expires }: Cookie): ResponseCookie {
  return {
    name: key,
    value,
    domain: domain ?? '',
    path: path ?? '',
    http_only: httpOnly,
    secure,
    max_age: typeof maxAge === 'number' && Number.isFinite(maxAge) ? maxAge : 0,
    expires: expires instanceof Date ? expires.getTime() : 0,
  }
}
