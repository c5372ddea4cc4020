import { testProvider } from 'loadbench/testing'
import { describe, it } from 'vitest'
import { callsAnswers, responsesAnswers } from './__fixtures__/answers.ts'
import { azurePlugin, azureResponsesPlugin, openaiPlugin, openaiResponsesPlugin } from './plugin.ts'

const KEY = { apiKey: 'sk-of-this-test' }

describe('chat completions, completions and embeddings', () => {
  testProvider(openaiPlugin(KEY), { it, answers: callsAnswers })
})

describe('the Responses API', () => {
  testProvider(openaiResponsesPlugin(KEY), { it, answers: responsesAnswers })
})

describe('Azure', () => {
  testProvider(azurePlugin({ ...KEY, apiVersion: '2024-10-21' }), { it, answers: callsAnswers })
})

describe('the Responses API of Azure', () => {
  testProvider(azureResponsesPlugin(KEY), { it, answers: responsesAnswers })
})
