import { randomBytes } from 'node:crypto'
import type { Call } from '../model/call.ts'
import { LoadbenchError } from '../model/errors.ts'
import type { CallResult } from '../model/exchange.ts'
import { Interrupted } from '../model/interrupt.ts'
import type { ClientSettings, HttpRequest, ProviderPlugin } from '../model/provider.ts'
import type { Tags } from '../model/tags.ts'
import { currentScope, type Scope } from '../script/scope.ts'
import { Connections, SharedConnections, type WireKind } from '../transport/connections.ts'
import { Exchange, type ExchangeInput } from '../transport/exchange.ts'
import type { Wire } from '../transport/wire.ts'
import { limitsOf } from './limits.ts'
import { resultOf, sampleOf, type SampleContext } from './sample.ts'
import { resolveTarget } from './targets.ts'

/** A provider bound to its settings: what a client such as `openai(…)` is made of. */
export interface Connection {
  /**
   * Carries out one call. Whatever the server or the network does, the promise resolves: a failed
   * call is a result with `ok: false` and `error`. Inside a run it is measured and recorded.
   * @throws LoadbenchError for a call that cannot be sent: no target, unreadable settings.
   */
  call(call: Call): Promise<CallResult>
}

/** Ids of requests: unique over threads and runs, and cheap. */
const idPrefix = randomBytes(4).toString('hex')
let requests = 0

/** Everything in this thread that shares connections; also calls outside of any VU. */
const shared = new SharedConnections()

/** Closes the shared connections of this thread. Those of a VU are closed by whoever runs it. */
export function closeSharedConnections(): void {
  shared.close()
}

/**
 * Binds a provider to its settings. The result works in iterations, in `setup()` and in a plain Node
 * program; outside of a run it records nothing.
 * @throws LB_PLUGIN_INCOMPATIBLE for a plugin made for another version of the contract.
 */
export function connect(plugin: ProviderPlugin, settings: ClientSettings): Connection {
  if (plugin.apiVersion !== 1) {
    throw new LoadbenchError(
      'LB_PLUGIN_INCOMPATIBLE',
      `the provider "${plugin.name}" speaks version ${String(plugin.apiVersion)} of the plugin contract, loadbench speaks 1`,
      'Install a version of the plugin that fits this version of loadbench.',
    )
  }
  const bound = new BoundProvider(plugin, settings)
  return { call: (call) => bound.call(call) }
}

class BoundProvider implements Connection {
  readonly #plugin: ProviderPlugin
  readonly #settings: ClientSettings
  readonly #tagsByModel = new Map<string, Tags>()
  #kind: WireKind | undefined

  constructor(plugin: ProviderPlugin, settings: ClientSettings) {
    this.#plugin = plugin
    this.#settings = settings
  }

  async call(call: Call): Promise<CallResult> {
    const plugin = this.#plugin
    const settings = this.#settings
    const kind = (this.#kind ??= this.#wireKind())
    const limits = limitsOf(call, settings.timeouts, call.timeouts)
    const encoded = withHeaders(plugin.encode(call, kind.origin), settings.headers, call.headers)
    const request = plugin.sign === undefined ? encoded : await plugin.sign(encoded, kind.origin)
    const scope = currentScope()
    if (scope?.vu.closed === true) throw new Interrupted()
    const lease = leaseWire(kind, settings.connections ?? 'vu', scope)
    const context: SampleContext = {
      id: `${idPrefix}-${(requests += 1).toString(36)}`,
      scheduledAt: takeScheduledAt(scope),
      bytesSent: sizeOf(request),
      tags: this.#tags(call),
      keepGaps: settings.recordGaps ?? false,
      wire: lease.wire,
    }
    const input = { plugin, call, request, target: kind.origin, wire: lease.wire, limits }
    const exchange = await carryOut(input, scope, (ended) => {
      lease.release(ended)
      if (scope?.vu.closed === false) scope.vu.sink.exchange(sampleOf(ended, context), scope.tags)
    })
    if (exchange.interrupted) throw new Interrupted()
    return resultOf(exchange, context.id)
  }

  #wireKind(): WireKind {
    const { tls = {}, http2 = false, baseURL } = this.#settings
    const origin = resolveTarget(this.#plugin, baseURL)
    return { key: `${origin.origin} ${http2} ${JSON.stringify(tls)}`, origin, http2, tls }
  }

  /** One object per model, so that recorders can remember its series by identity. */
  #tags(call: Call): Tags {
    const model = call.model ?? ''
    let tags = this.#tagsByModel.get(model)
    if (tags === undefined) {
      tags = { provider: this.#plugin.name, ...(model === '' ? {} : { model }), ...this.#settings.tags }
      this.#tagsByModel.set(model, tags)
    }
    return call.tags === undefined ? tags : { ...tags, ...call.tags }
  }
}

/** Runs an exchange. `record` is called the moment it ends: what cuts a VU off closes it right after. */
function carryOut(
  input: ExchangeInput,
  scope: Scope | undefined,
  record: (ended: Exchange) => void,
): Promise<Exchange> {
  return new Promise((resolve) => {
    const { signal } = input.call
    const abort = () => exchange.abort('the script took the call back')
    const exchange = new Exchange(input, () => {
      scope?.vu.running.delete(exchange)
      scope?.vu.sink.stream(-1)
      signal?.removeEventListener('abort', abort)
      record(exchange)
      resolve(exchange)
    })
    scope?.vu.running.add(exchange)
    scope?.vu.sink.stream(1)
    signal?.addEventListener('abort', abort, { once: true })
    exchange.start()
    if (signal?.aborted === true) abort()
  })
}

interface Lease {
  readonly wire: Wire
  release(exchange: Exchange): void
}

function leaseWire(kind: WireKind, mode: 'vu' | 'shared', scope: Scope | undefined): Lease {
  if (scope === undefined || mode === 'shared') return { wire: shared.get(kind), release: () => undefined }
  const own = connectionsOf(scope)
  const wire = own.take(kind)
  return {
    wire,
    release(exchange) {
      const whole = exchange.failure === undefined && !exchange.interrupted
      // A cut exchange may have left its connection half made; a plain HTTP error has not.
      if (whole || exchange.response !== undefined) own.giveBack(kind, wire)
      else own.discard(wire)
    },
  }
}

function connectionsOf(scope: Scope): Connections {
  const { vu } = scope
  if (vu.connections instanceof Connections) return vu.connections
  const own = new Connections()
  vu.connections = own
  return own
}

/** Closes what a VU's calls left open. */
export function closeConnections(vu: Pick<Scope['vu'], 'connections'>): void {
  if (vu.connections instanceof Connections) vu.connections.close()
}

/** The due time of an iteration belongs to its first call only. */
function takeScheduledAt(scope: Scope | undefined): number | undefined {
  const scheduledAt = scope?.vu.scheduledAt
  if (scope !== undefined) scope.vu.scheduledAt = undefined
  return scheduledAt
}

function withHeaders(request: HttpRequest, ...layers: (Readonly<Record<string, string>> | undefined)[]): HttpRequest {
  const given = layers.filter((layer) => layer !== undefined)
  if (given.length === 0) return request
  const headers: Record<string, string> = { ...request.headers }
  for (const layer of given) {
    for (const [name, value] of Object.entries(layer)) headers[name.toLowerCase()] = value
  }
  return { ...request, headers }
}

function sizeOf(request: HttpRequest): number {
  let size = request.path.length + 16
  for (const name in request.headers) size += name.length + (request.headers[name]?.length ?? 0) + 4
  return size + (request.body === undefined ? 0 : Buffer.byteLength(request.body))
}
