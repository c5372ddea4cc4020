import { describe, expect, it } from 'vitest'
import { partsPlugin } from '../transport/__fixtures__/parts-plugin.ts'
import { strangeTargets, unknownTarget } from './target-names.ts'

const bound = ['openai', 'ollama', 'openai'].map((name) => ({
  plugin: { ...partsPlugin, name },
  settings: {},
}))
const ADDRESS = 'http://host/'

describe('a provider named by --target', () => {
  it.each([[{ '*': ADDRESS }], [{ openai: ADDRESS, ollama: ADDRESS }], [{}]])(
    '%o is one of the script',
    (targets) => {
      expect(strangeTargets(targets, bound)).toEqual([])
    },
  )

  it('that is nearly one of the script is a mistake', () => {
    expect(() => strangeTargets({ opnai: ADDRESS }, bound)).toThrow(
      expect.objectContaining({
        code: 'LB_USAGE',
        message: '--target opnai=… names no provider of the script; did you mean "openai"?',
        hint: 'The script asks for: openai, ollama.',
      }),
    )
  })

  it('that is another one altogether is told: a client inside an iteration may have it', () => {
    expect(strangeTargets({ bedrock: ADDRESS }, bound)).toEqual([
      '--target bedrock=… names a provider that no client at the top of the script has (there: openai, ollama).',
    ])
    expect(strangeTargets({ openai: ADDRESS }, [])).toEqual([
      '--target openai=… names a provider that no client at the top of the script has (there: none).',
    ])
  })

  it('is not taken for one that has a target already', () => {
    expect(strangeTargets({ openai: ADDRESS, openai2: ADDRESS }, bound)).toHaveLength(1)
  })

  it('is named where nothing else has an address, with those of the script', () => {
    expect(unknownTarget({ foo: ADDRESS }, bound)).toMatchObject({
      code: 'LB_USAGE',
      message: '--target foo=… names no provider of the script',
      hint: 'The script asks for: openai, ollama.',
    })
    expect(unknownTarget({ foo: ADDRESS }, bound.slice(0, 1))).toMatchObject({
      message: '--target foo=… names no provider of the script; did you mean "openai"?',
    })
    expect(unknownTarget({}, bound)).toBeUndefined()
  })
})
