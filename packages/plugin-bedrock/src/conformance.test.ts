import type { ProviderPlugin } from 'loadbench/plugin'
import { testProvider } from 'loadbench/testing'
import { describe, it } from 'vitest'
import { converseAnswers } from './__fixtures__/converse-answers.ts'
import { invokeAnswers } from './__fixtures__/invoke-answers.ts'
import { familyOf } from './invoke/family-name.ts'
import { bedrockPlugin } from './plugin.ts'

describe('conformance by Converse', () => {
  testProvider(bedrockPlugin(), { it, answers: converseAnswers })
})

describe('conformance by InvokeModel', () => {
  const plugin = bedrockPlugin({ api: 'invoke' })
  const anyModel = bedrockPlugin({ api: 'invoke', family: 'anthropic' })
  // The suite asks for models by names of its own, too, which belong to no family.
  const encode: ProviderPlugin['encode'] = (call, target) =>
    (familyOf(call.model ?? '') === undefined ? anyModel : plugin).encode(call, target)
  testProvider({ ...plugin, encode }, { it, answers: invokeAnswers })
})
