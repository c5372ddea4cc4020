import { randomBytes } from 'node:crypto'
import type { Call } from '../model/call.ts'
import { LoadbenchError } from '../model/errors.ts'
import type { CallResult } from '../model/exchange.ts'
import type { Failure } from '../model/failure.ts'
import { abandoned } from '../model/interrupt.ts'
import type { ClientSettings, HttpRequest, ProviderPlugin } from '../model/provider.ts'
import type { Tags } from '../model/tags.ts'
import { currentScope, type Scope } from '../script/scope.ts'
import { Exchange, type ExchangeInput } from '../transport/exchange.ts'
import { SliceQueue } from '../transport/slice-queue.ts'
import type { WireKind } from '../transport/wire.ts'
import { connectionsFor } from './pools.ts'
import { sizeOf } from './request-size.ts'
import { checkHeaders, withHeaders } from './headers.ts'
import { limitsOf } from './limits.ts'
import { resultOf, sampleOf, type SampleContext } from './sample.ts'
import { checkTags } from '../script/tags.ts'
import { isSimulated, noteBound } from './targets.ts'
import { tlsOf, wireKindOf } from './wire-kind.ts'

/** A provider bound to its settings: what a client such as `openai(…)` is made of. */
export interface Connection {
  /**
   * Carries out one call. Whatever the server or the network does, the promise resolves: a failed
   * call is a result with `ok: false` and `error`. Inside a run it is measured and recorded.
   * @throws LoadbenchError for a call that cannot be sent: no target, unreadable settings.
   */
  call(call: Call): Promise<CallResult>
}

/**
 * Scripts whose answer is there. Each goes on, as a rule to its next request, in a turn of its own: what comes in
 * meanwhile is stamped before the next one does.
 */
const ANSWERED = new SliceQueue<() => void>((goOn) => goOn(), { slice: 0 })

/** Ids of requests: unique over threads and runs, and cheap. */
const idPrefix = randomBytes(4).toString('hex')
let requests = 0

/**
 * Binds a provider to its settings. The result works in iterations, in `setup()` and in a plain Node
 * program; outside of a run it records nothing.
 * @throws LB_PLUGIN_INCOMPATIBLE for a plugin made for another version of the contract, LB_CALL_INVALID
 * for certificates or keys that cannot be read and for tags that are loadbench's own.
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
  if (currentScope() === undefined) noteBound(plugin, settings)
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
    // Read now: what is wrong with it is to be told where the client is made.
    tlsOf(settings)
    checkTags(settings.tags ?? {})
  }

  async call(asked: Call): Promise<CallResult> {
    const plugin = this.#plugin
    const settings = this.#settings
    // Samples carry the model as a tag, so a call names it before anything else sees it.
    const { model = settings.model } = asked
    const call = model === asked.model ? asked : ({ ...asked, model } as Call)
    // Before anything is waited for, so that the stack shows the call they belong to.
    const limits = limitsOf(call, settings.timeouts, call.timeouts)
    // oxlint-disable-next-line require-atomic-updates -- whoever comes later writes the same
    const kind = (this.#kind ??= await wireKindOf(plugin, settings))
    const encoded = withHeaders(plugin.encode(call, kind.origin), settings.headers, call.headers)
    const signed: Signed =
      plugin.sign === undefined ? { request: encoded } : await sign(plugin, encoded, kind.origin)
    const { request, unsigned } = signed
    checkHeaders(request.headers)
    const scope = currentScope()
    if (scope?.vu.closed === true) return abandoned()
    const connections = connectionsFor(scope, settings.connections)
    const tags = this.#tags(call)
    const wire = connections.take(kind)
    const context: SampleContext = {
      id: `${idPrefix}-${(requests += 1).toString(36)}`,
      scheduledAt: takeScheduledAt(scope),
      bytesSent: sizeOf(request),
      tags,
      keepGaps: settings.recordGaps ?? false,
      wire,
    }
    const input = { plugin, call, request, target: kind.origin, wire, limits }
    const exchange = await carryOut(input, scope, unsigned, (ended) => {
      if (ended.wireUsable) connections.giveBack(kind, wire)
      else connections.discard(wire)
      if (scope?.vu.closed === false) scope.vu.sink.exchange(sampleOf(ended, context), scope.tags)
    })
    if (exchange.interrupted) return abandoned()
    return resultOf(exchange, context.id)
  }

  /** One object per model, so that recorders can remember its series by identity. */
  #tags(call: Call): Tags {
    const model = call.model ?? ''
    let tags = this.#tagsByModel.get(model)
    if (tags === undefined) {
      tags = { provider: this.#plugin.name, ...(model === '' ? {} : { model }), ...this.#settings.tags }
      this.#tagsByModel.set(model, tags)
    }
    return call.tags === undefined ? tags : { ...tags, ...checkTags(call.tags) }
  }
}

interface Signed {
  readonly request: HttpRequest
  /** Why it could not be signed. */
  readonly unsigned?: Failure
}

/** No credentials, no token service: that is an answer of the environment, and data like any other failure. */
async function sign(plugin: ProviderPlugin, request: HttpRequest, target: URL): Promise<Signed> {
  try {
    return { request: (await plugin.sign?.(request, target, { simulated: isSimulated() })) ?? request }
  } catch (error) {
    if (LoadbenchError.is(error)) throw error
    const message = `the request could not be signed: ${error instanceof Error ? error.message : String(error)}`
    return { request, unsigned: { class: 'auth', message } }
  }
}

/**
 * Runs an exchange, or ends it unsent with `refusal`. `record` is called the moment it ends: what cuts
 * a VU off closes it right after.
 */
function carryOut(
  input: ExchangeInput,
  scope: Scope | undefined,
  refusal: Failure | undefined,
  record: (ended: Exchange) => void,
): Promise<Exchange> {
  return new Promise((resolve, reject) => {
    const { signal } = input.call
    const abort = () => exchange.giveUp({ class: 'aborted', message: 'the script took the call back' })
    const exchange = new Exchange(input, () => {
      scope?.vu.sink.stream(-1)
      signal?.removeEventListener('abort', abort)
      let settle = () => resolve(exchange)
      try {
        record(exchange)
      } catch (error) {
        // Thrown on, it would end inside a socket, and the call never.
        settle = () => reject(error)
      }
      ANSWERED.add(() => {
        scope?.vu.running.delete(exchange)
        settle()
      })
    })
    scope?.vu.running.add(exchange)
    scope?.vu.sink.stream(1)
    signal?.addEventListener('abort', abort, { once: true })
    if (refusal !== undefined) exchange.giveUp(refusal)
    else if (signal?.aborted === true) abort()
    else exchange.start()
  })
}

/** The due time of an iteration belongs to its first call only. */
function takeScheduledAt(scope: Scope | undefined): number | undefined {
  const scheduledAt = scope?.vu.scheduledAt
  if (scope !== undefined) scope.vu.scheduledAt = undefined
  return scheduledAt
}
