import { LoadbenchError } from '../model/errors.ts'
import type { ClientSettings, ProviderPlugin, TlsSettings } from '../model/provider.ts'
import { readTls, type TlsOptions } from '../transport/tls-context.ts'
import type { WireKind } from '../transport/wire.ts'
import { resolveTarget } from './targets.ts'

export type { WireKind }

/**
 * Where a client's requests go, and over what kind of connection. Its `origin` is the whole address.
 * @throws LB_NO_TARGET, LB_TARGET_INVALID, LB_CALL_INVALID.
 */
export async function wireKindOf(plugin: ProviderPlugin, settings: ClientSettings): Promise<WireKind> {
  return wireKindAt(await resolveTarget(plugin, settings.baseURL), settings)
}

/**
 * The kind of connection to an address.
 * @throws LB_CALL_INVALID for certificates or keys that cannot be read.
 */
export function wireKindAt(origin: URL, settings: Pick<ClientSettings, 'tls' | 'http2'>): WireKind {
  const { tls, http2 = false } = settings
  if (tls !== undefined || http2) return kindOf(origin, tls ?? {}, http2)
  let kind = plainKinds.get(origin)
  if (kind === undefined) plainKinds.set(origin, (kind = kindOf(origin, {}, false)))
  return kind
}

/** Of connections without settings, by the address object. */
const plainKinds = new WeakMap<URL, WireKind>()

function kindOf(origin: URL, tls: TlsSettings, http2: boolean): WireKind {
  return { key: `${origin.origin} ${http2} ${JSON.stringify(tls)}`, origin, http2, tls: tlsOf({ tls }) }
}

/** @throws LB_CALL_INVALID for certificates or keys that cannot be read. */
export function tlsOf({ tls = {} }: Pick<ClientSettings, 'tls'>): TlsOptions {
  try {
    return readTls(tls)
  } catch (error) {
    throw new LoadbenchError(
      'LB_CALL_INVALID',
      `tls.${error instanceof Error ? error.message : String(error)}`,
      'Give the text of a PEM file, such as readFileSync(path, "utf8"), not its path.',
    )
  }
}
