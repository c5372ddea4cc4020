import { testProvider } from 'loadbench/testing'
import { it } from 'vitest'
import { ANSWERS } from './__fixtures__/answers.ts'
import { sagemakerPlugin } from './plugin.ts'

testProvider(sagemakerPlugin({ endpoint: 'my-endpoint' }), { it, answers: ANSWERS })
