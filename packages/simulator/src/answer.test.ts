import { describe, expect, it } from 'vitest'
import { compose, END_TOKEN, type Ask } from './answer.ts'
import type { FaultName } from './faults.ts'
import { seeded } from './random.ts'
import { settingsOrThrow } from './schema.ts'
import type { AnswerSettings } from './settings.ts'

const ASK: Ask = {
  streamed: true,
  choices: 1,
  promptTokens: 10,
  minTokens: 0,
  ignoreEos: false,
  reasons: true,
  toolRequired: false,
  streamUsage: 'no',
}
const TOOL = { name: 'weather', parameters: { properties: { city: { type: 'string' } } } }

const answer = (ask: Partial<Ask>, settings: AnswerSettings = {}, fault?: FaultName) =>
  compose({ ...ASK, ...ask }, settingsOrThrow({ outputTokens: 20, ...settings }), seeded(1, 1), fault)

describe('what is said', () => {
  it.each<[string, Partial<Ask>, AnswerSettings, { length: number; reasoning?: number; finish: string }]>([
    ['as long as set', {}, {}, { length: 20, finish: 'stop' }],
    ['not longer than the request allows', { maxTokens: 5 }, {}, { length: 5, finish: 'length' }],
    ['at the limit as well', { maxTokens: 20 }, {}, { length: 20, finish: 'length' }],
    ['shorter than the limit', { maxTokens: 21 }, {}, { length: 20, finish: 'stop' }],
    ['at least as long as the request demands', { minTokens: 30 }, {}, { length: 30, finish: 'stop' }],
    ['exactly as long, with both', { minTokens: 50, maxTokens: 50 }, {}, { length: 50, finish: 'length' }],
    [
      'exactly as long, when it must not end',
      { ignoreEos: true, maxTokens: 50 },
      {},
      { length: 50, finish: 'length' },
    ],
    [
      'as long as set, when it must not end but has no limit',
      { ignoreEos: true },
      {},
      { length: 20, finish: 'stop' },
    ],
    ['never without bound', { ignoreEos: true, maxTokens: 1e9 }, {}, { length: 1_000_000, finish: 'stop' }],
    ['after reasoning', {}, { reasoningTokens: 7 }, { length: 27, reasoning: 7, finish: 'stop' }],
    [
      'cut inside reasoning',
      { maxTokens: 4 },
      { reasoningTokens: 7 },
      { length: 4, reasoning: 4, finish: 'length' },
    ],
    [
      'without reasoning where there is no place for it',
      { reasons: false },
      { reasoningTokens: 7 },
      { length: 20, finish: 'stop' },
    ],
    ['word for word', {}, { text: 'one two three' }, { length: 3, finish: 'stop' }],
    [
      'over again to be long enough',
      { ignoreEos: true, maxTokens: 7 },
      { text: 'a b' },
      { length: 7, finish: 'length' },
    ],
    ['not at all', {}, { text: '' }, { length: 0, finish: 'stop' }],
  ])('is %s', (_, ask, settings, { length, reasoning = 0, finish }) => {
    const { choices, outputTokens, reasoningTokens } = answer(ask, settings)
    expect(choices).toHaveLength(1)
    expect(choices[0]).toMatchObject({ reasoning, finish })
    expect(choices[0]?.tokens).toHaveLength(length)
    expect([outputTokens, reasoningTokens]).toEqual([length, reasoning])
  })

  it('is the given text, word for word', () => {
    const text = 'Say <b>"this"</b>,\n and  nothing else.'
    expect(answer({}, { text }).choices[0]?.tokens.join('')).toBe(text)
  })

  it('is something else for each choice', () => {
    const { choices, outputTokens } = answer({ choices: 3 }, { outputTokens: 'uniform:5,500' })
    expect(new Set(choices.map(({ tokens }) => tokens.length)).size).toBe(3)
    expect(outputTokens).toBe(choices.reduce((sum, { tokens }) => sum + tokens.length, 0))
  })

  it('is the same for the same seed and request', () => {
    expect(answer({ choices: 2 })).toEqual(answer({ choices: 2 }))
  })

  it.each<[AnswerSettings['toolCalls'], boolean, boolean]>([
    ['never', true, false],
    ['auto', false, false],
    ['auto', true, true],
    ['always', false, true],
  ])('with toolCalls %s and a request that insists (%s): a call is %s', (toolCalls, toolRequired, called) => {
    const [choice] = answer({ tool: TOOL, toolRequired }, { toolCalls: toolCalls ?? 'auto' }).choices
    expect(choice?.call?.name).toBe(called ? 'weather' : undefined)
    expect(choice?.finish).toBe(called ? 'tool_calls' : 'stop')
    expect(choice?.tokens).toHaveLength(20)
  })

  it('is a whole call even within a narrow limit', () => {
    const [choice] = answer({ tool: TOOL, maxTokens: 9 }, { toolCalls: 'always', reasoningTokens: 3 }).choices
    expect(choice).toMatchObject({ reasoning: 3, finish: 'tool_calls' })
    expect(JSON.parse(choice?.tokens.slice(3).join('') ?? '')).toEqual({ city: expect.any(String) })
    expect(choice?.tokens).toHaveLength(9)
  })

  it('counts no more cached tokens than the prompt has', () => {
    expect(answer({}, { cachedTokens: 4 }).cachedTokens).toBe(4)
    expect(answer({}, { cachedTokens: 40 }).cachedTokens).toBe(10)
    expect(answer({})).not.toHaveProperty('cachedTokens')
  })

  it('ends early where a filter or nothing at all is the fault', () => {
    expect(answer({}, {}, 'content-filter').choices[0]).toMatchObject({
      tokens: { length: 10 },
      finish: 'content_filter',
    })
    expect(answer({}, { faultAfter: 3 }, 'content-filter').outputTokens).toBe(3)
    expect(answer({}, {}, 'empty').choices[0]).toEqual({ tokens: [], reasoning: 0, finish: 'stop' })
  })
})

describe('an answer whose end is a token', () => {
  it.each<[string, Partial<Ask>, AnswerSettings, FaultName | undefined, readonly [number, string, boolean]]>([
    ['has one more where it stops by itself', {}, {}, undefined, [21, 'stop', true]],
    ['has it within its limit', { maxTokens: 21 }, {}, undefined, [21, 'stop', true]],
    ['has none where it reaches its limit', { maxTokens: 20 }, {}, undefined, [20, 'length', false]],
    ['is nothing else where it is empty', {}, {}, 'empty', [1, 'stop', true]],
    ['has none where it is filtered', {}, {}, 'content-filter', [11, 'content_filter', false]],
  ])('%s', (_, ask, settings, fault, [length, finish, ends]) => {
    const { choices, outputTokens } = answer({ endsOnToken: true, ...ask }, settings, fault)
    expect(choices[0]?.tokens).toHaveLength(length)
    expect([choices[0]?.finish, outputTokens, choices[0]?.tokens.at(-1) === END_TOKEN]).toEqual([
      finish,
      length,
      ends,
    ])
  })
})
