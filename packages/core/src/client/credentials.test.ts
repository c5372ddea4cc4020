import { beforeEach, describe, expect, it } from 'vitest'
import { LoadbenchError } from '../model/errors.ts'
import type { ProviderPlugin } from '../model/provider.ts'
import { partsPlugin } from '../transport/__fixtures__/parts-plugin.ts'
import { requireCredentials } from './credentials.ts'
import { setTargets, type Bound } from './targets.ts'

beforeEach(() => setTargets({ '*': 'http://127.0.0.1:9' }))

const bound = (name: string, sign?: ProviderPlugin['sign']): Bound => ({
  plugin: { ...partsPlugin, name, ...(sign === undefined ? {} : { sign }) },
  settings: {},
})
const able = bound('able', (request) => Promise.resolve(request))
const unable = bound('unable', () => Promise.reject(new Error('there are no keys')))
const SENTENCE = 'unable cannot sign its requests: there are no keys'

describe('providers that sign their requests', () => {
  it.each([
    ['none of them', [bound('plain')], []],
    ['one with credentials', [able], []],
    ['one without, beside one that has some', [unable, able, unable], [SENTENCE]],
    ['one without, beside one that needs none', [bound('plain'), unable], [SENTENCE]],
  ])('%s: the run begins', async (_, all, warnings) => {
    expect(await requireCredentials(all)).toEqual(warnings)
  })

  it('that all lack credentials are refused, each told once', async () => {
    await expect(requireCredentials([unable, unable])).rejects.toMatchObject({
      code: 'LB_NO_CREDENTIALS',
      message: SENTENCE,
      exitCode: 104,
    })
  })

  it('that take longer than there is time for are left for the calls', async () => {
    const slow = bound('slow', () => new Promise(() => {}))
    expect(await requireCredentials([slow], 20)).toEqual([])
  })

  it('without an address are left for whoever asks for it', async () => {
    const lost = bound('lost', () => Promise.reject(new LoadbenchError('LB_NO_TARGET', 'none', 'Give one.')))
    expect(await requireCredentials([lost])).toEqual([])
  })
})
