import { setTimeout as sleep } from 'node:timers/promises'
import type { Millis } from '../model/clock.ts'
import { boundProviders, isSimulated, type Bound } from './targets.ts'
import { wireKindOf } from './wire-kind.ts'

/** Credentials may have to be fetched; whoever cannot have them by then waits in the first call. */
const PATIENCE: Millis = 5_000

/**
 * Lets each bound provider that signs do so once, so that this thread's first call finds code loaded,
 * credentials fetched and the key derived: AWS's take 40 to 150 ms, in which a thread stamps nothing.
 * What goes wrong here is told by the calls themselves. Never rejects.
 */
export async function prepareSigning(): Promise<void> {
  const signing = boundProviders().map((bound) => signOnce(bound).catch(() => undefined))
  if (signing.length === 0) return
  const late = new AbortController()
  await Promise.race([
    Promise.all(signing),
    sleep(PATIENCE, undefined, { signal: late.signal }).catch(() => undefined),
  ])
  late.abort()
}

/** Signs a request that is not sent, where the provider signs at all. Rejects as its `sign` does, or without an address. */
export async function signOnce({ plugin, settings }: Bound): Promise<void> {
  if (plugin.sign === undefined) return
  const { origin } = await wireKindOf(plugin, settings)
  await plugin.sign({ method: 'POST', path: '/', headers: {}, body: '{}' }, origin, {
    simulated: isSimulated(),
  })
}
