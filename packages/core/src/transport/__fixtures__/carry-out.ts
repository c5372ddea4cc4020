import { onTestFinished } from 'vitest'
import type { Call, GenerationSettings } from '../../model/call.ts'
import type { ProviderPlugin, TlsSettings } from '../../model/provider.ts'
import type { PhaseLimits } from '../deadline.ts'
import { Exchange } from '../exchange.ts'
import { readTls } from '../tls-context.ts'
import { Wire, type WireKind } from '../wire.ts'
import { partsPlugin } from './parts-plugin.ts'

export interface Doing {
  readonly plugin?: ProviderPlugin
  readonly call?: GenerationSettings
  readonly limits?: Partial<PhaseLimits>
  readonly headers?: Readonly<Record<string, string>>
  readonly tls?: TlsSettings
  readonly http2?: boolean
  /** Over a wire of the test's own, which then stays open. */
  readonly wire?: Wire
  /** Something to do once it has begun. */
  readonly meanwhile?: (exchange: Exchange) => void
}

const LIMITS: PhaseLimits = {
  connect: 10_000,
  headers: 10_000,
  firstToken: 10_000,
  betweenTokens: 10_000,
  total: 15_000,
}

export function kindOf(origin: URL, { tls = {}, http2 = false }: Doing = {}): WireKind {
  return { key: `${origin.origin} ${http2}`, origin, http2, tls: readTls(tls) }
}

/** A wire that is closed when the test is over. */
export function wireTo(origin: URL, doing: Doing = {}): Wire {
  const wire = new Wire(kindOf(origin, doing))
  onTestFinished(() => wire.destroy())
  return wire
}

/** Carries out one exchange over a wire of its own. */
export async function carryOut(target: URL, doing: Doing = {}): Promise<Exchange> {
  const plugin = doing.plugin ?? partsPlugin
  const call: Call = { kind: 'chat', model: 'm', messages: [], ...doing.call }
  const encoded = plugin.encode(call, target)
  const request = { ...encoded, headers: { ...encoded.headers, ...doing.headers } }
  const wire = doing.wire ?? wireTo(target, doing)
  const limits = { ...LIMITS, ...doing.limits }
  let ends = 0
  const exchange = await new Promise<Exchange>((resolve) => {
    const one = new Exchange({ plugin, call, request, target, wire, limits }, () => {
      ends += 1
      resolve(one)
    })
    one.start()
    doing.meanwhile?.(one)
  })
  if (doing.wire === undefined && !exchange.wireUsable) wire.destroy()
  // Whatever else the server did: an exchange ends once.
  await new Promise((resolve) => setImmediate(resolve))
  if (ends !== 1) throw new Error(`the exchange ended ${ends} times`)
  return exchange
}
