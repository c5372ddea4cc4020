import { connectionsFor } from '../client/pools.ts'
import { sizeOf } from '../client/request-size.ts'
import { wireKindAt } from '../client/wire-kind.ts'
import type { Interruptible } from '../model/interrupt.ts'
import type { Scope } from '../script/scope.ts'
import type { OutgoingRequest } from '../transport/wire.ts'
import type { CookieJar } from './cookie-jar.ts'
import type { ExpectedStatuses } from './expected-statuses.ts'
import { expiriesAfter, type Expiring } from './expiries.ts'
import { Hop } from './hop.ts'
import { NO_COOKIES, type Settings } from './params.ts'
import { record } from './record.ts'
import { Answer, setCookiesOf, type AnyBody, type HttpResponse } from './response.ts'
import { redirected, type Step } from './step.ts'

/** Everything one request needs, redirects included. */
export interface JourneyInput {
  readonly first: Step
  readonly settings: Settings
  /** In place of the address, where the script gives one. */
  readonly name: string | undefined
  readonly jar: CookieJar | null
  readonly expected: ExpectedStatuses | null
}

interface Settle {
  resolve(response: HttpResponse<AnyBody>): void
  reject(error: unknown): void
}

/** One request of a script, from its first hop to the answer that leads no further. */
export class Journey implements Interruptible, Expiring {
  readonly #input: JourneyInput
  readonly #scope: Scope | undefined
  readonly #expiries: ReturnType<typeof expiriesAfter>
  #hop: Hop | undefined
  #interrupted = false
  #settle: Settle | undefined

  /** @param scope absent: nothing is recorded. */
  constructor(input: JourneyInput, scope: Scope | undefined) {
    this.#input = input
    this.#scope = scope
    this.#expiries = expiriesAfter(input.settings.timeout)
    this.#expiries.add(this)
    scope?.vu.running.add(this)
  }

  /** Never rejects for what server or network do. What the end of the run cut off never settles. */
  run(): Promise<HttpResponse<AnyBody>> {
    const { first, settings } = this.#input
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
      this.#try(() => this.#carryOut(first, settings.redirects))
    })
  }

  interrupt(): void {
    this.#interrupted = true
    this.#hop?.interrupt()
    this.#end()
  }

  expire(): void {
    this.#hop?.expire(this.#input.settings.timeout)
  }

  #end(): void {
    this.#expiries.delete(this)
    this.#scope?.vu.running.delete(this)
  }

  /** Thrown on, it would end inside a socket, and the request never. */
  #try(work: () => void): void {
    try {
      work()
    } catch (error) {
      this.#end()
      this.#settle?.reject(error)
    }
  }

  /** @param left redirects that may still be followed. */
  #carryOut(step: Step, left: number): void {
    const { settings } = this.#input
    const kind = wireKindAt(step.url, settings.tls)
    const connections = connectionsFor(this.#scope)
    const wire = connections.take(kind)
    const request = this.#requestOf(step)
    const keepBody = settings.responseType !== 'none'
    const hop = new Hop({ origin: step.url, request, wire, keepBody }, () => {
      if (hop.wireUsable) connections.giveBack(kind, wire)
      else connections.discard(wire)
      this.#try(() => {
        this.#record(hop, step, request)
        if (!this.#interrupted) this.#goOn(hop, step, left)
      })
    })
    this.#hop = hop
    hop.start()
  }

  /** To where the answer leads, or back to the script. */
  #goOn(hop: Hop, step: Step, left: number): void {
    const { settings, jar } = this.#input
    const setCookies = setCookiesOf(hop)
    if (setCookies.length > 0) jar?.store(step.url.href, setCookies)
    const location = hop.failure === undefined ? hop.response?.headers['location'] : undefined
    const next = left > 0 ? redirected(step, hop.status, location) : undefined
    if (next !== undefined) {
      this.#carryOut(next, left - 1)
      return
    }
    this.#end()
    this.#settle?.resolve(new Answer(hop, step, settings.responseType))
  }

  /** At once: what cuts a VU off closes it right after. */
  #record(hop: Hop, step: Step, request: OutgoingRequest): void {
    const scope = this.#scope
    if (scope === undefined || scope.vu.closed) return
    const { name = step.shown, expected, settings } = this.#input
    const bytesSent = sizeOf(request)
    record(hop, { method: step.method, name, expected, tags: settings.tags, bytesSent }, scope)
  }

  /** With its cookies: first those of the params, then those of the jar. */
  #requestOf({ method, url, path, headers, body, cookies }: Step): OutgoingRequest {
    const cookie = this.#cookiesFor(url, headers['cookie'], cookies)
    const sent = cookie === '' ? headers : { ...headers, cookie }
    return body === undefined ? { method, path, headers: sent } : { method, path, headers: sent, body }
  }

  #cookiesFor(url: URL, header: string | undefined, cookies: Step['cookies']): string {
    const { jar } = this.#input
    if (header === undefined && cookies === NO_COOKIES && (jar === null || jar.empty)) return ''
    const own = Object.entries(cookies).map(([name, { value }]) => `${name}=${value}`)
    const kept = jar === null || jar.empty ? [] : Object.entries(jar.cookiesForURL(url.href))
    return [
      ...(header === undefined ? [] : [header]),
      ...own,
      ...kept
        .filter(([name]) => cookies[name]?.replace !== true)
        .flatMap(([name, values]) => values.map((value) => `${name}=${value}`)),
    ].join('; ')
  }
}
