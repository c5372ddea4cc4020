import { startSimulator, type Simulator } from '@loadbench/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { setTargets, type Bound } from '../client/targets.ts'
import type { HttpRequest } from '../model/provider.ts'
import { partsPlugin } from '../transport/__fixtures__/parts-plugin.ts'
import { requireSpoken } from './unspoken.ts'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator({ speaks: ['openai', 'tgi'] })
  setTargets({ '*': simulator.url }, true)
})
afterAll(async () => {
  setTargets({})
  await simulator.stop()
})

/** A provider that sends chats to a path, and refuses everything else. */
const asking = (name: string, path: string): Bound => ({
  plugin: {
    ...partsPlugin,
    name,
    encode({ kind }): HttpRequest {
      if (kind !== 'chat') throw new Error('not here')
      return { method: 'POST', path, headers: {}, body: '{}' }
    },
  },
  settings: {},
})
const parrot = asking('parrot', '/say?loud=1')
const SENTENCE = 'the simulator does not speak the protocol of "parrot" (POST /say); it speaks openai, tgi'

describe('a provider that is to load the simulator', () => {
  it.each([
    ['whose path it has', [asking('own', '/v1/chat/completions')], []],
    ['that refuses every call of its own accord', [{ plugin: refusing(), settings: {} }], []],
    ['beside one that it speaks to', [parrot, asking('own', '/generate'), parrot], [SENTENCE]],
    ['of a script without any', [], []],
  ])('%s can', async (_, bound, warnings) => {
    expect(await requireSpoken(bound)).toEqual(warnings)
  })

  it('whose path it lacks is refused by name, before anything is sent', async () => {
    await expect(requireSpoken([parrot])).rejects.toMatchObject({
      code: 'LB_SIMULATOR_INVALID',
      message: SENTENCE,
      hint: 'Load a server that speaks its protocol: --target URL, or baseURL in the script.',
    })
    expect(await (await fetch(`${simulator.url}/_sim/stats`)).json()).toMatchObject({ accepted: 0 })
  })
})

function refusing(): Bound['plugin'] {
  return {
    ...partsPlugin,
    encode() {
      throw new Error('not here')
    },
  }
}
