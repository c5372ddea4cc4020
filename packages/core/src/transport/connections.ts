import type { TlsSettings } from '../model/provider.ts'
import { Wire } from './wire.ts'

/** What makes two requests unable to share a connection. Made once per client; compared by identity of `key`. */
export interface WireKind {
  readonly key: string
  readonly origin: URL
  readonly http2: boolean
  readonly tls: TlsSettings
}

/**
 * The connections of one VU, kept over its iterations. Calls that run side by side get a connection
 * each, so that none waits behind another; the next call takes the one used last, which is warm.
 */
export class Connections {
  readonly #idle = new Map<string, Wire[]>()
  readonly #all = new Set<Wire>()

  take(kind: WireKind): Wire {
    const wire = this.#idle.get(kind.key)?.pop()
    if (wire !== undefined) return wire
    const fresh = new Wire(kind.origin, { http2: kind.http2, tls: kind.tls, connections: 'one' })
    this.#all.add(fresh)
    return fresh
  }

  giveBack(kind: WireKind, wire: Wire): void {
    if (!this.#all.has(wire)) return
    const idle = this.#idle.get(kind.key)
    if (idle === undefined) this.#idle.set(kind.key, [wire])
    else idle.push(wire)
  }

  /** For a wire whose request was cut: it may still be trying to connect. */
  discard(wire: Wire): void {
    this.#all.delete(wire)
    wire.destroy()
  }

  close(): void {
    for (const wire of this.#all) wire.destroy()
    this.#all.clear()
    this.#idle.clear()
  }
}

/** One pool per kind for everything in this thread that asked for `connections: 'shared'`, or runs outside a VU. */
export class SharedConnections {
  readonly #pools = new Map<string, Wire>()

  get(kind: WireKind): Wire {
    const known = this.#pools.get(kind.key)
    if (known !== undefined) return known
    const pool = new Wire(kind.origin, { http2: kind.http2, tls: kind.tls, connections: 'many' })
    this.#pools.set(kind.key, pool)
    return pool
  }

  close(): void {
    for (const pool of this.#pools.values()) pool.destroy()
    this.#pools.clear()
  }
}
