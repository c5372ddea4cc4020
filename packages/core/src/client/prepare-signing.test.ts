import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { HttpRequest, ProviderPlugin } from '../model/provider.ts'
import { partsPlugin } from '../transport/__fixtures__/parts-plugin.ts'
import { prepareSigning } from './prepare-signing.ts'
import { noteBound, setTargets } from './targets.ts'

const signed: string[] = []

function signing(name: string, sign: (request: HttpRequest) => Promise<HttpRequest>): ProviderPlugin {
  return { ...partsPlugin, name, sign }
}

beforeEach(() => {
  signed.length = 0
  setTargets({ '*': 'http://127.0.0.1:9' })
})

describe('before the first call', () => {
  it('each provider that signs has signed once; one that cannot stops nobody', async () => {
    noteBound(partsPlugin, {})
    const refusing = vi.fn<() => Promise<HttpRequest>>().mockRejectedValue(new Error('no credentials'))
    noteBound(signing('refusing', refusing), {})
    noteBound(
      signing('willing', (request) => {
        signed.push(request.path)
        return Promise.resolve(request)
      }),
      {},
    )
    await expect(prepareSigning()).resolves.toBeUndefined()
    expect(refusing).toHaveBeenCalledOnce()
    expect(signed).toEqual(['/'])
  })

  it('one without an address is left for its first call', async () => {
    setTargets({})
    vi.stubEnv('LOADBENCH_TARGET', undefined)
    await expect(prepareSigning()).resolves.toBeUndefined()
    expect(signed).toEqual([])
    vi.unstubAllEnvs()
  })
})
