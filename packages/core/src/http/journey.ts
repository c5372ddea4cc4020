import { connectionsFor } from '../client/pools.ts'
import { sizeOf } from '../client/request-size.ts'
import { wireKindAt } from '../client/wire-kind.ts'
import { abandoned, type Interruptible } from '../model/interrupt.ts'
import type { Scope } from '../script/scope.ts'
import type { OutgoingRequest } from '../transport/wire.ts'
import type { CookieJar } from './cookie-jar.ts'
import type { ExpectedStatuses } from './expected-statuses.ts'
import { Hop } from './hop.ts'
import type { Settings } from './params.ts'
import { record } from './record.ts'
import { responseOf, setCookiesOf, type AnyBody, type HttpResponse } from './response.ts'
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

/** Node turns a longer delay into none at all. */
const LONGEST_DELAY = 0x7fff_ffff

/** One request of a script, from its first hop to the answer that leads no further. */
export class Journey implements Interruptible {
  readonly #input: JourneyInput
  readonly #scope: Scope | undefined
  readonly #timer: NodeJS.Timeout
  #hop: Hop | undefined
  #interrupted = false

  /** @param scope absent: nothing is recorded. */
  constructor(input: JourneyInput, scope: Scope | undefined) {
    const { timeout } = input.settings
    this.#input = input
    this.#scope = scope
    this.#timer = setTimeout(() => this.#hop?.expire(timeout), Math.min(timeout, LONGEST_DELAY))
    scope?.vu.running.add(this)
  }

  /** Never rejects for what server or network do. What the end of the run cut off never settles. */
  async run(): Promise<HttpResponse<AnyBody>> {
    const { first, settings, jar } = this.#input
    try {
      let step = first
      for (let left = settings.redirects; ; left -= 1) {
        // oxlint-disable-next-line no-await-in-loop -- a redirect is known once its answer is
        const hop = await this.#carryOut(step)
        if (this.#interrupted) return await abandoned()
        jar?.store(step.url.href, setCookiesOf(hop))
        const location = hop.failure === undefined ? hop.response?.headers['location'] : undefined
        const next = left > 0 ? redirected(step, hop.status, location) : undefined
        if (next === undefined) return responseOf(hop, step, settings.responseType)
        step = next
      }
    } finally {
      this.#end()
    }
  }

  interrupt(): void {
    this.#interrupted = true
    this.#hop?.interrupt()
    this.#end()
  }

  #end(): void {
    clearTimeout(this.#timer)
    this.#scope?.vu.running.delete(this)
  }

  #carryOut(step: Step): Promise<Hop> {
    const { settings } = this.#input
    const kind = wireKindAt(step.url, settings.tls)
    const connections = connectionsFor(this.#scope)
    const wire = connections.take(kind)
    const request = this.#requestOf(step)
    const keepBody = settings.responseType !== 'none'
    return new Promise((resolve, reject) => {
      const hop = new Hop({ origin: step.url, request, wire, keepBody }, () => {
        if (hop.wireUsable) connections.giveBack(kind, wire)
        else connections.discard(wire)
        try {
          this.#record(hop, step, request)
          resolve(hop)
        } catch (error) {
          // Thrown on, it would end inside a socket, and the request never.
          reject(error)
        }
      })
      this.#hop = hop
      hop.start()
    })
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
  #requestOf({ method, url, headers, body, cookies }: Step): OutgoingRequest {
    const own = Object.entries(cookies).map(([name, { value }]) => `${name}=${value}`)
    const kept = Object.entries(this.#input.jar?.cookiesForURL(url.href) ?? {})
      .filter(([name]) => cookies[name]?.replace !== true)
      .flatMap(([name, values]) => values.map((value) => `${name}=${value}`))
    const cookie = [...(headers['cookie'] === undefined ? [] : [headers['cookie']]), ...own, ...kept].join(
      '; ',
    )
    return {
      method,
      path: `${url.pathname}${url.search}`,
      headers: cookie === '' ? headers : { ...headers, cookie },
      ...(body === undefined ? {} : { body }),
    }
  }
}
