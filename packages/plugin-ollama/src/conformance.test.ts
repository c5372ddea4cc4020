import { testProvider } from 'loadbench/testing'
import { describe, it } from 'vitest'
import { answers } from './__fixtures__/answers.ts'
import { ollamaPlugin } from './plugin.ts'

describe('conformance', () => {
  testProvider(ollamaPlugin({ model: 'qwen3' }), { it, answers })
})
