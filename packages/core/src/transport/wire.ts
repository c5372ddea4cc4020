import net from 'node:net'
import { checkServerIdentity, TLSSocket, type PeerCertificate } from 'node:tls'
import { now, type Millis } from '../model/clock.ts'
import type { ConnectTimes } from '../model/exchange.ts'
import type { HttpRequest } from '../model/provider.ts'
import type { TlsOptions } from './tls-context.ts'
import { TurnStamp, type ReadStamp } from './read-stamp.ts'
import { SocketReads } from './socket-reads.ts'
import { undici, type Connect, type Dispatcher } from './undici-parts.ts'
import { WireRequest, type WireListener } from './wire-request.ts'

/** What makes two requests unable to share a connection. */
export interface WireKind {
  /** Equal for kinds that are alike. */
  readonly key: string
  readonly origin: URL
  readonly http2: boolean
  readonly tls: TlsOptions
}

/** What goes out: a provider's request, or one with any other method. */
export interface OutgoingRequest extends Omit<HttpRequest, 'method'> {
  readonly method: string
}

/** Tokens are small and must leave at once; a dead peer must show. */
const SOCKET = { noDelay: true, keepAlive: true, keepAliveInitialDelay: 60_000 }

type ConnectOptions = Parameters<Connect>[0]
type ConnectCallback = Parameters<Connect>[1]

/**
 * One connection to one origin, made when it is needed and made again when it was closed. undici's
 * own timeouts are off: deadlines belong to the exchange, which can say
 * which phase passed its time.
 */
export class Wire implements ReadStamp {
  /** How the newest connection came about, and when it was begun. */
  connectTimes: ConnectTimes & { readonly begunAt?: number } = {}
  readonly #dispatcher: Dispatcher
  /** Makes a TLS connection of a TCP one. */
  readonly #connector: Connect
  /** The socket on its way to a connection. */
  #connecting: net.Socket | undefined
  /** Of the newest connection. */
  #read: ReadStamp = new TurnStamp()
  /** Behind a proxy a connection becomes another one on the same socket. */
  readonly #proxied: boolean

  constructor({ origin, http2, tls }: WireKind) {
    const requestTls = { ...tls, checkServerIdentity: checkName, allowH2: http2, timeout: 0 }
    this.#connector = undici('buildConnector')(requestTls)
    // undici would rather take the name from a Host header.
    const named = tls.servername === undefined ? {} : { servername: tls.servername }
    const connect = (to: ConnectOptions, done: ConnectCallback) => this.#connect({ ...to, ...named }, done)
    this.#proxied = isProxied(origin)
    this.#dispatcher = this.#proxied
      ? // A tunnel for TLS; plain HTTP is asked of the proxy itself, as curl does: few would tunnel it.
        new (undici('EnvHttpProxyAgent'))({ connect, requestTls, proxyTunnel: false, connections: 1 })
      : new (undici('Client'))(origin.origin, { connect })
  }

  /** When what came last was read. */
  get readAt(): Millis {
    return this.#read.readAt
  }

  passChunks(take: (data: Buffer) => void): void {
    this.#read.passChunks?.(take)
  }

  /** Sends `request`; the listener hears of it until `end` or `fail`, which comes exactly once. */
  send(origin: URL, request: OutgoingRequest, listener: WireListener): WireRequest {
    const under = new WireRequest(listener, this)
    this.#dispatcher.dispatch(
      {
        origin: origin.origin,
        path: request.path,
        method: request.method,
        headers: request.headers,
        body: request.body ?? null,
        headersTimeout: 0,
        bodyTimeout: 0,
      },
      under,
    )
    return under
  }

  /** Closes at once, also what is only half connected; a request under way fails. */
  destroy(): void {
    this.#connecting?.destroy()
    this.#dispatcher.destroy().catch(() => undefined)
  }

  /** TCP by hand, so that its time and that of the TLS handshake can be told apart, and both be cut. */
  #connect(to: ConnectOptions, done: ConnectCallback): void {
    const begunAt = now()
    const secure = to.protocol === 'https:'
    const port = Number(to.port || (secure ? 443 : 80))
    const reads = new SocketReads()
    const plain = !secure && !this.#proxied
    const tcp = net.connect({ host: to.hostname, port, ...SOCKET, ...(plain && { onread: reads.onread }) })
    this.#connecting = tcp
    const settle: ConnectCallback = (...result) => {
      this.#connecting = undefined
      done(...result)
    }
    const refused = (error: Error) => settle(error, null)
    tcp.once('error', refused)
    tcp.once('connect', () => {
      tcp.off('error', refused)
      const connecting = now() - begunAt
      this.connectTimes = { begunAt, connecting }
      if (!secure) {
        this.#read = this.#readsOf(tcp, reads)
        settle(null, tcp)
        return
      }
      this.#connector({ ...to, httpSocket: tcp }, (...result) => {
        this.connectTimes = { begunAt, connecting, tlsHandshaking: now() - begunAt - connecting }
        const [error, socket] = result
        if (error === null) this.#read = this.#readsOf(socket, reads)
        settle(...result)
      })
    })
  }

  /** HTTP/2 reads its socket below the stream; of a tunnel another reads it. */
  #readsOf(socket: net.Socket, reads: SocketReads): ReadStamp {
    if (this.#proxied || (socket instanceof TLSSocket && socket.alpnProtocol === 'h2')) return new TurnStamp()
    reads.attach(socket)
    return reads
  }
}

/**
 * Whether a certificate is for `host`, by Node's rules. undici must not see the code of Node's error: it would
 * take the request that failed for one still running, and let no other onto the connection for ever.
 */
function checkName(host: string, certificate: PeerCertificate): Error | undefined {
  const error = checkServerIdentity(host, certificate)
  return error && new Error(error.message, { cause: error })
}

/**
 * Whether the environment names a proxy for such addresses (`NO_PROXY` is undici's to read). Never for
 * this machine's own: no proxy could reach them.
 */
export function isProxied({ protocol, hostname }: URL): boolean {
  if (hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')) return false
  const names = protocol === 'https:' ? ['https_proxy', 'HTTPS_PROXY'] : ['http_proxy', 'HTTP_PROXY']
  return names.some((name) => (process.env[name] ?? '') !== '')
}
