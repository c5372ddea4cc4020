import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { CredentialSource, type Credentials } from './credentials.ts'

const MINUTE = 60_000

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

/** Gives keys `k1`, `k2` … that are good for `life` ms. */
function sourceOf(life: number | undefined) {
  const load = vi.fn(async (): Promise<Credentials> => ({
    accessKeyId: `k${load.mock.calls.length}`,
    secretAccessKey: 's',
    ...(life === undefined ? {} : { expiration: new Date(Date.now() + life) }),
  }))
  const source = new CredentialSource(load)
  return { load, key: async () => (await source.get()).accessKeyId }
}

/** What is under way in the background comes to its end. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

describe('keys', () => {
  it('without an end are looked for once', async () => {
    const { load, key } = sourceOf(undefined)
    expect(await key()).toBe('k1')
    vi.setSystemTime(1_000 * MINUTE)
    expect(await key()).toBe('k1')
    expect(load).toHaveBeenCalledTimes(1)
  })

  it('are looked for once for all requests that wait for them', async () => {
    const { load, key } = sourceOf(60 * MINUTE)
    expect(new Set(await Promise.all(Array.from({ length: 100 }, key)))).toEqual(new Set(['k1']))
    expect(load).toHaveBeenCalledTimes(1)
  })

  it('are renewed five minutes before their end, while the old ones go on being used', async () => {
    const { load, key } = sourceOf(60 * MINUTE)
    await key()
    vi.setSystemTime(54 * MINUTE)
    expect(await key()).toBe('k1')
    vi.setSystemTime(56 * MINUTE)
    expect(await Promise.all([key(), key(), key()])).toEqual(['k1', 'k1', 'k1'])
    await settled()
    expect(await key()).toBe('k2')
    expect(load).toHaveBeenCalledTimes(2)
  })

  it('at their end are waited for', async () => {
    const { key } = sourceOf(60 * MINUTE)
    await key()
    vi.setSystemTime(60 * MINUTE - 1_000)
    expect(await key()).toBe('k2')
  })

  it('that come with a short life are not looked for with every request', async () => {
    const { load, key } = sourceOf(2 * MINUTE)
    for (let count = 0; count < 50; count += 1) {
      await key()
      await settled()
    }
    expect(load).toHaveBeenCalledTimes(1)
    vi.setSystemTime(6_000)
    await key()
    await settled()
    expect(load).toHaveBeenCalledTimes(2)
  })
})

describe('a failure', () => {
  it('is told to all who wait, and kept for a while', async () => {
    const load = vi.fn().mockRejectedValue(new Error('no keys'))
    const source = new CredentialSource(load)
    const asked = await Promise.allSettled([source.get(), source.get()])
    expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    await expect(source.get()).rejects.toThrow('no keys')
    expect(load).toHaveBeenCalledTimes(1)
    vi.setSystemTime(6_000)
    load.mockResolvedValue({ accessKeyId: 'late', secretAccessKey: 's' })
    await expect(source.get()).resolves.toMatchObject({ accessKeyId: 'late' })
  })

  it('to renew is told only once the old keys are used up', async () => {
    const load = vi.fn<() => Promise<Credentials>>()
    load.mockResolvedValueOnce({
      accessKeyId: 'old',
      secretAccessKey: 's',
      expiration: new Date(10 * MINUTE),
    })
    load.mockRejectedValue(new Error('the session has ended'))
    const source = new CredentialSource(load)
    await source.get()
    vi.setSystemTime(6 * MINUTE)
    expect((await source.get()).accessKeyId).toBe('old')
    await settled()
    expect((await source.get()).accessKeyId).toBe('old')
    vi.setSystemTime(10 * MINUTE)
    await expect(source.get()).rejects.toThrow('the session has ended')
  })
})
