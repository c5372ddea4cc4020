import { testProvider } from 'loadbench/testing'
import { afterAll, beforeAll, describe, it, vi } from 'vitest'
import { answers } from './__fixtures__/answers.ts'
import { tgiPlugin } from './plugin.ts'

beforeAll(() => {
  vi.stubEnv('LOADBENCH_TARGET', undefined)
})
afterAll(() => {
  vi.unstubAllEnvs()
})

describe('tgi', () => {
  // A model's reasoning comes as text, whatever the route.
  testProvider(tgiPlugin({ apiKey: 'secret-key' }), { it, answers, lacks: ['reasoning'] })
})
