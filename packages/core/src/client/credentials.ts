import { setTimeout as sleep } from 'node:timers/promises'
import type { Millis } from '../model/clock.ts'
import { LoadbenchError } from '../model/errors.ts'
import { signOnce } from './prepare-signing.ts'
import type { Bound } from './targets.ts'

/** Credentials may have to be fetched; what is not known by then the calls will tell. */
const PATIENCE: Millis = 5_000

/**
 * Called once the script is loaded, before anything is sent: whether each provider that signs its requests
 * can do so. A script may hold a client it does not use, so one provider that can is enough.
 * @returns a sentence for each provider that cannot.
 * @throws LB_NO_CREDENTIALS where none of the script's providers can be used for want of credentials.
 */
export async function requireCredentials(
  bound: readonly Bound[],
  patience: Millis = PATIENCE,
): Promise<string[]> {
  if (!bound.some(({ plugin }) => plugin.sign !== undefined)) return []
  const reasons = await Promise.all(bound.map((one) => whyUnsigned(one, patience)))
  const unsigned = [...new Set(reasons.filter((reason) => reason !== undefined))]
  if (unsigned.length === 0 || reasons.includes(undefined)) return unsigned
  throw new LoadbenchError(
    'LB_NO_CREDENTIALS',
    unsigned.join('\n'),
    'Give credentials, or try the script with --simulate. Nothing was sent.',
  )
}

async function whyUnsigned(bound: Bound, patience: Millis): Promise<string | undefined> {
  const late = new AbortController()
  try {
    await Promise.race([
      signOnce(bound),
      sleep(patience, undefined, { signal: late.signal }).catch(() => undefined),
    ])
    return undefined
  } catch (error) {
    // Of the address, not of the credentials: told by whoever asks for it.
    if (LoadbenchError.is(error)) return undefined
    const reason = error instanceof Error ? error.message : String(error)
    return `${bound.plugin.name} cannot sign its requests: ${reason}`
  } finally {
    late.abort()
  }
}
