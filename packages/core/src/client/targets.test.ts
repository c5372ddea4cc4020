import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { partsPlugin } from '../transport/__fixtures__/parts-plugin.ts'
import { noteBound, requireTarget, resolveTarget, setTargets, usedTargets, type Targets } from './targets.ts'

beforeEach(() => {
  for (const name of ['LOADBENCH_TARGET', 'PARTS_URL', 'PARTS_HOST']) vi.stubEnv(name, undefined)
})
afterEach(() => {
  setTargets({})
  vi.unstubAllEnvs()
})

interface Given {
  readonly targets?: Targets
  readonly environment?: Readonly<Record<string, string>>
  readonly baseURL?: string
}

async function resolve({ targets = {}, environment = {}, baseURL }: Given): Promise<string> {
  setTargets(targets)
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
  return (await resolveTarget(partsPlugin, baseURL)).href
}

const EVERYTHING: Given = {
  targets: { parts: 'http://named', '*': 'http://all' },
  environment: { LOADBENCH_TARGET: 'http://global', PARTS_URL: 'http://first', PARTS_HOST: 'http://second' },
  baseURL: 'http://script',
}

describe('where calls go', () => {
  it.each<[string, Given, string]>([
    ['the target named for the provider', EVERYTHING, 'http://named/'],
    [
      'the target of all providers',
      { ...EVERYTHING, targets: { other: 'http://other', '*': 'http://all' } },
      'http://all/',
    ],
    ['LOADBENCH_TARGET', { ...EVERYTHING, targets: { other: 'http://other' } }, 'http://global/'],
    [
      'baseURL of the script',
      { environment: { PARTS_URL: 'http://first' }, baseURL: 'http://script' },
      'http://script/',
    ],
    [
      "the provider's first variable",
      { environment: { PARTS_URL: 'http://first', PARTS_HOST: 'http://second' } },
      'http://first/',
    ],
    [
      "the provider's second variable",
      { environment: { PARTS_URL: '', PARTS_HOST: 'http://second' } },
      'http://second/',
    ],
    [
      'what is empty counts as not set',
      { environment: { LOADBENCH_TARGET: '' }, baseURL: 'https://script/v1/' },
      'https://script/v1/',
    ],
  ])('%s', async (_, given, expected) => {
    await expect(resolve(given)).resolves.toBe(expected)
  })

  it('nothing known: everything that could have told is listed', async () => {
    await expect(resolve({})).rejects.toThrow(
      expect.objectContaining({
        code: 'LB_NO_TARGET',
        message: 'no address is known for the provider "parts"',
        hint: 'Give one of: --target URL, --target parts=URL, --simulate, LOADBENCH_TARGET, baseURL in the script, PARTS_URL, PARTS_HOST.',
      }),
    )
  })

  it('nothing else known: the default of the provider, such as the address of its region', async () => {
    const cloud = { ...partsPlugin, defaultTarget: () => Promise.resolve('https://parts.eu-west-1.example') }
    await expect(resolveTarget(cloud, undefined)).resolves.toHaveProperty('host', 'parts.eu-west-1.example')
    await expect(resolveTarget(cloud, 'http://script')).resolves.toHaveProperty('host', 'script')
    const lost = {
      ...partsPlugin,
      defaultTarget: () => Promise.resolve(undefined),
      defaultTargetHint: 'PARTS_REGION',
    }
    await expect(resolveTarget(lost, undefined)).rejects.toHaveProperty(
      'hint',
      expect.stringMatching(/PARTS_HOST, PARTS_REGION\.$/),
    )
  })

  it('nothing known, of a provider without variables', async () => {
    await expect(resolveTarget({ ...partsPlugin, targetVariables: [] }, undefined)).rejects.toThrow(
      expect.objectContaining({
        hint: expect.stringMatching(/LOADBENCH_TARGET, baseURL in the script\.$/) as string,
      }),
    )
  })

  it.each<[string, Given]>([
    ['--target', { targets: { '*': 'localhost:8000' } }],
    ['LOADBENCH_TARGET', { environment: { LOADBENCH_TARGET: 'ftp://host' } }],
    ['baseURL in the script', { baseURL: 'not an address' }],
    ['PARTS_URL', { environment: { PARTS_URL: '/v1' } }],
  ])('a wrong address names its source: %s', async (source, given) => {
    await expect(resolve(given)).rejects.toThrow(
      expect.objectContaining({
        code: 'LB_TARGET_INVALID',
        message: expect.stringMatching(
          new RegExp(`^${source} is ".*", which is no http or https address$`),
        ) as string,
      }),
    )
  })

  it('are remembered, without user and password', async () => {
    await resolve({ baseURL: 'https://me:secret@host:8443/v1?key=1' })
    expect(usedTargets()).toMatchObject({ parts: 'https://host:8443/v1' })
    await resolve({ baseURL: 'http://host/' })
    expect(usedTargets()).toMatchObject({ parts: 'http://host' })
  })
})

describe('before anything is sent', () => {
  it('one address among all providers bound is enough; none is an error', async () => {
    await expect(requireTarget()).resolves.toBeUndefined()
    noteBound(partsPlugin, {})
    await expect(requireTarget()).rejects.toThrow('no address is known for the provider "parts"')
    noteBound(partsPlugin, { baseURL: 'http://script' })
    await expect(requireTarget()).resolves.toBeUndefined()
  })
})
