import net from 'node:net'
import { rootCertificates } from 'node:tls'
import { buildConnector, Client, EnvHttpProxyAgent, Pool, type Dispatcher } from 'undici'
import { now, type Millis } from '../model/clock.ts'
import type { ConnectTimes } from '../model/exchange.ts'
import type { HttpRequest, ResponseHead, TlsSettings } from '../model/provider.ts'

/** What happens to one request, in this order. Stamps are taken before anything else is done. */
export interface WireListener {
  /** A connection stands and the request is under way on it. */
  connected(): void
  /** The request's last byte was written. */
  sent(at: Millis): void
  head(head: ResponseHead, bytes: number, at: Millis): void
  data(chunk: Buffer, at: Millis): void
  end(at: Millis): void
  fail(error: Error, at: Millis): void
}

export interface WireSettings {
  readonly http2: boolean
  readonly tls: TlsSettings
  /** `'one'`: a connection at a time. `'many'`: as many as there are requests under way. */
  readonly connections: 'one' | 'many'
}

type ConnectOptions = Parameters<ReturnType<typeof buildConnector>>[0]
type ConnectCallback = Parameters<ReturnType<typeof buildConnector>>[1]

/**
 * A connection, or a pool of them, to one origin. The only file that knows undici. undici's own
 * timeouts are off: deadlines belong to the exchange, which can say which phase passed its time.
 */
export class Wire {
  /** How the newest connection came about, and when it was begun. */
  connectTimes: ConnectTimes & { readonly begunAt?: Millis } = {}
  readonly #dispatcher: Dispatcher

  constructor(origin: URL, settings: WireSettings) {
    const connector = buildConnector({ ...tlsOptions(settings.tls), allowH2: settings.http2, timeout: 0 })
    const options = {
      connect: (to: ConnectOptions, done: ConnectCallback) => this.#connect(connector, to, done),
      allowH2: settings.http2,
      headersTimeout: 0,
      bodyTimeout: 0,
      pipelining: 1,
    }
    if (isProxied(origin)) {
      const requestTls = { ...tlsOptions(settings.tls), timeout: 0 }
      const connections = settings.connections === 'one' ? { connections: 1 } : {}
      this.#dispatcher = new EnvHttpProxyAgent({ headersTimeout: 0, bodyTimeout: 0, requestTls, ...connections })
    } else if (settings.connections === 'one') {
      this.#dispatcher = new Client(origin.origin, options)
    } else {
      this.#dispatcher = new Pool(origin.origin, { ...options, connections: null })
    }
  }

  /** Sends `request`; the listener hears of it until `end` or `fail`, which comes exactly once. */
  send(origin: URL, request: HttpRequest, listener: WireListener): WireRequest {
    const under = new WireRequest(listener)
    this.#dispatcher.dispatch(
      {
        origin: origin.origin,
        path: request.path,
        method: request.method,
        headers: { ...request.headers },
        body: request.body ?? null,
      },
      under,
    )
    return under
  }

  /** Closes at once; requests under way fail. */
  destroy(): void {
    this.#dispatcher.destroy().catch(() => undefined)
  }

  #connect(connector: ReturnType<typeof buildConnector>, to: ConnectOptions, done: ConnectCallback): void {
    const begunAt = now()
    if (to.protocol !== 'https:') {
      connector(to, (...result) => {
        this.connectTimes = { begunAt, connecting: now() - begunAt }
        done(...result)
      })
      return
    }
    // TCP by hand, so that its time and that of the TLS handshake can be told apart.
    const tcp = net.connect({ host: to.hostname, port: Number(to.port || 443) })
    tcp.setNoDelay(true)
    const refused = (error: Error) => done(error, null)
    tcp.once('error', refused)
    tcp.once('connect', () => {
      tcp.off('error', refused)
      const connecting = now() - begunAt
      connector({ ...to, httpSocket: tcp }, (...result) => {
        this.connectTimes = { begunAt, connecting, tlsHandshaking: now() - begunAt - connecting }
        done(...result)
      })
    })
  }
}

/** One request on a wire. Its `on…` methods are undici's dispatch contract, for undici alone. */
export class WireRequest {
  readonly #listener: WireListener
  #abort: ((error: Error) => void) | undefined
  #aborted: Error | undefined
  #over = false

  constructor(listener: WireListener) {
    this.#listener = listener
  }

  /** Ends the request with `error`, now or as soon as it gets a connection. */
  abort(error: Error): void {
    this.#aborted ??= error
    this.#abort?.(error)
  }

  /** Stops telling the listener: it has already heard how this ended. */
  mute(): void {
    this.#over = true
  }

  onConnect(abort: (error?: Error) => void): void {
    this.#abort = abort
    if (this.#aborted !== undefined) abort(this.#aborted)
    else this.#listener.connected()
  }

  onRequestSent(): void {
    const at = now()
    if (!this.#over) this.#listener.sent(at)
  }

  onHeaders(status: number, raw: Buffer[]): boolean {
    const at = now()
    if (status >= 200 && !this.#over) this.#listener.head({ status, headers: readHeaders(raw) }, sizeOf(raw), at)
    return true
  }

  onData(chunk: Buffer): boolean {
    const at = now()
    if (!this.#over) this.#listener.data(chunk, at)
    return true
  }

  onComplete(): void {
    const at = now()
    if (this.#over) return
    this.#over = true
    this.#listener.end(at)
  }

  onError(error: Error): void {
    const at = now()
    if (this.#over) return
    this.#over = true
    this.#listener.fail(error, at)
  }
}

/** Node takes `ca` instead of its own certificates; a user who names one means it beside them. */
function tlsOptions({ ca, ...rest }: TlsSettings) {
  return ca === undefined ? rest : { ...rest, ca: [...rootCertificates, ca] }
}

/**
 * Whether the environment's proxy stands between (`NO_PROXY` is undici's to read). Never for this
 * machine's own addresses: no proxy could reach them.
 */
function isProxied(origin: URL): boolean {
  const host = origin.hostname
  if (host === 'localhost' || host === '[::1]' || host.startsWith('127.')) return false
  const names = origin.protocol === 'https:' ? ['https_proxy', 'HTTPS_PROXY'] : ['http_proxy', 'HTTP_PROXY']
  return names.some((name) => (process.env[name] ?? '') !== '')
}

function readHeaders(raw: readonly Buffer[]): Record<string, string> {
  const headers: Record<string, string> = {}
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = String(raw[index]).toLowerCase()
    const value = String(raw[index + 1])
    const earlier = headers[name]
    headers[name] = earlier === undefined ? value : `${earlier}, ${value}`
  }
  return headers
}

function sizeOf(raw: readonly Buffer[]): number {
  let size = 0
  for (const piece of raw) size += piece.length + 2
  return size
}
