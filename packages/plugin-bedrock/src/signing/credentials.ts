import type { AwsKeys } from './settings.ts'

/** Keys that may be good for a time only. */
export interface Credentials extends AwsKeys {
  readonly expiration?: Date
}

/** The keys with which requests to the simulator are signed, where none are given; it knows them. */
export const SIMULATOR_KEYS: AwsKeys = {
  accessKeyId: 'SIMULATORACCESSKEY',
  secretAccessKey: 'simulator-secret',
}

/** Keys are renewed this long before they expire, ms; AWS's own clients do the same. */
const AHEAD = 5 * 60_000
/** Keys this close to their end are not signed with any more, ms. */
const LAST_MOMENT = 30_000
/** Between two looks for keys, ms: where there are none, every one of a thousand requests would look. */
const PAUSE = 5_000

/**
 * Keys that renew themselves. Looked for once for all requests that wait for them, again before they
 * expire, and in the background as long as the old ones are good.
 */
export class CredentialSource {
  readonly #load: () => Promise<Credentials>
  #current: Credentials | undefined
  #loading: Promise<Credentials> | undefined
  #lookedAt = Number.NEGATIVE_INFINITY
  #failure: unknown

  /** @param load finds new keys; it must not give old ones again. */
  constructor(load: () => Promise<Credentials>) {
    this.#load = load
  }

  /** Rejects with the reason where there are none. */
  async get(): Promise<Credentials> {
    const keys = this.#current
    const left = leftOf(keys)
    if (keys !== undefined && left > AHEAD) return keys
    if (Date.now() - this.#lookedAt < PAUSE && this.#loading === undefined) return this.#asFound(keys, left)
    const loading = this.#look()
    if (keys === undefined || left < LAST_MOMENT) return loading
    // Its failure is kept, and told once the old keys are used up.
    loading.catch(() => undefined)
    return keys
  }

  /** What the last look gave, where the next one has to wait. AWS says by itself that keys have expired. */
  #asFound(keys: Credentials | undefined, left: number): Credentials {
    if (keys === undefined || (left < LAST_MOMENT && this.#failure !== undefined)) throw this.#failure
    return keys
  }

  #look(): Promise<Credentials> {
    this.#loading ??= this.#lookOnce().finally(() => {
      this.#loading = undefined
      this.#lookedAt = Date.now()
    })
    return this.#loading
  }

  async #lookOnce(): Promise<Credentials> {
    this.#failure = undefined
    try {
      this.#current = await this.#load()
      return this.#current
    } catch (error) {
      this.#failure = error
      throw error
    }
  }
}

/** How long keys are good for, ms. */
function leftOf(keys: Credentials | undefined): number {
  const end = keys?.expiration
  return end === undefined ? Number.POSITIVE_INFINITY : end.getTime() - Date.now()
}

const byProfile = new Map<string, CredentialSource>()

/**
 * The keys of AWS's default chain, of one profile or as the environment says; one source for each in a
 * thread, however many clients a script makes.
 */
export function chainOf(profile: string | undefined): CredentialSource {
  const key = profile ?? ''
  let source = byProfile.get(key)
  if (source === undefined) {
    source = new CredentialSource(() => fromChain(profile))
    byProfile.set(key, source)
  }
  return source
}

/** A chain of its own each time: it would otherwise remember, files included. */
async function fromChain(profile: string | undefined): Promise<Credentials> {
  const { fromNodeProviderChain } = await import('@aws-sdk/credential-providers')
  const chain = fromNodeProviderChain({ ...(profile === undefined ? {} : { profile }), ignoreCache: true })
  try {
    return await chain()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(
      `${reason}. Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or sign in with \`aws sso login\``,
      { cause: error },
    )
  }
}
