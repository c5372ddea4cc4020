import type { Millis } from '../model/clock.ts'
import type { Failure } from '../model/failure.ts'
import type { Probe } from '../model/probe.ts'
import type { ProviderPlugin } from '../model/provider.ts'
import { probe, type Probed, type ProbeSettings } from '../probe/probe.ts'
import { withoutCredentials } from '../store/secrets.ts'

/** An address whose server did not answer as its provider knows it. */
export interface Stranger {
  /** Of the provider. */
  readonly name: string
  readonly address: URL
  /** For people, without user and password. */
  readonly shown: string
  readonly probed: Probed
  /** Asks another address the same way, without a key unless it is recognised there. */
  readonly ask: (address: URL) => Promise<Probed>
}

/** Providers beside that of the script, loaded when they are asked for; with how long they may take. */
export interface Others {
  providers(): Promise<readonly ProviderPlugin[]>
  readonly timeout: Millis
  readonly tls: NonNullable<ProbeSettings['tls']>
}

/**
 * What a person should know of such an address before it is loaded; `undefined`: nothing is sure, a gateway may
 * hide the server. Never rejects.
 */
export async function strangerText(stranger: Stranger, others: Others): Promise<string | undefined> {
  const { name, shown, probed } = stranger
  const { answered, failure } = probed
  if (!answered) {
    // Who listens and is silent may be slow to list its models, and quick to answer.
    if (failure === undefined || failure.phase === 'total') return undefined
    return `Nothing answers at ${shown} (${reasonOf(failure)}).`
  }
  const root = await recognisedAtRoot(stranger)
  if (root !== undefined)
    return `${shown} does not answer as ${name} does, but ${root} does: check the path in --target, or in baseURL.`
  const other = await recognisedBy(stranger, others)
  if (other !== undefined) {
    const { provider, server } = other
    const what = provider === server ? server : `${server}, the server of another provider (${provider})`
    return `${shown} looks like ${what}, not ${name}: check --target, or the provider of the script.`
  }
  const { refused } = probed
  if (refused === undefined) return undefined
  return `${shown} answers ${refused} to all that ${name} asks: check the address, its path too, unless a gateway hides the server.`
}

/** The same address without its path, where the provider knows the server there. */
async function recognisedAtRoot({ address, ask }: Stranger): Promise<string | undefined> {
  if (address.pathname === '/') return undefined
  const root = new URL('/', address)
  const { info } = await ask(root)
  return info === undefined ? undefined : withoutCredentials(root.href)
}

/** The first of the other providers that knows the server, asked without a key. */
async function recognisedBy(
  { name, address }: Stranger,
  others: Others,
): Promise<{ readonly provider: string; readonly server: string } | undefined> {
  const { timeout, tls } = others
  if (timeout <= 0) return undefined
  const found = await others.providers().catch(() => [])
  const asked = found.map(async (plugin) => {
    if (plugin.name === name || plugin.probe === undefined) return []
    // Neither a key nor a signature: they belong to another provider.
    const asking = plugin.probe
    const keyless: Probe = {
      requests: (target) => asking.requests(target),
      identify: (answers, target) => asking.identify(answers, target),
    }
    const { info } = await probe({ probe: keyless }, address, { timeout, keys: 'recognised', tls })
    return info === undefined ? [] : [{ provider: plugin.name, server: info.server }]
  })
  return (await Promise.all(asked)).flat()[0]
}

/** Why nothing answers, with the code by which it can be looked up. */
function reasonOf({ class: kind, fault, code, message }: Failure): string {
  const words = wordsOf(fault, message) ?? message
  if (kind !== 'connection' || code === undefined) return words
  return words === undefined ? code : `${code}: ${words}`
}

function wordsOf(fault: Failure['fault'], message: string): string | undefined {
  if (fault === 'refused') return message.includes('ECONNREFUSED') ? 'nothing listens there' : message
  if (fault === 'dns') return 'the name of the host is not known'
  if (fault !== 'tls') return undefined
  return /wrong version number|packet length too long|unknown protocol/i.test(message)
    ? 'it does not speak TLS; is it http, not https?'
    : `TLS: ${message}`
}
