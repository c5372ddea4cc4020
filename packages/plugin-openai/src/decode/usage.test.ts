import { describe, expect, it } from 'vitest'
import { chunk, feed, finish } from '../__fixtures__/feed.ts'

const USAGE = { prompt_tokens: 9, completion_tokens: 4, total_tokens: 13 }
const PART = { type: 'usage', inputTokens: 9, outputTokens: 4 }

describe('where usage is found', () => {
  it.each<[string, unknown]>([
    ['on a chunk of its own (OpenAI, vLLM)', { choices: [], usage: USAGE }],
    ['on the finish chunk (DeepSeek, Mistral)', finish('stop', { usage: USAGE })],
    ['inside x_groq (older Groq)', finish('stop', { x_groq: { id: 'req', usage: USAGE } })],
    ['in both places (newer Groq)', finish('stop', { usage: USAGE, x_groq: { usage: USAGE } })],
    ['where there are no choices at all', { usage: USAGE }],
  ])('%s', (_, frame) => {
    expect(feed([frame]).filter((part) => part.type === 'usage')).toEqual([PART])
  })

  it('on every chunk it is cumulative: each is a part, the last is the count', () => {
    const frames = [0, 1, 3].map((tokens) => ({
      ...(chunk({ content: tokens === 0 ? '' : 'x' }) as object),
      usage: { prompt_tokens: 9, completion_tokens: tokens, total_tokens: 9 + tokens },
    }))
    const parts = feed(frames).filter((part) => part.type === 'usage')
    expect(parts.map((part) => part.outputTokens)).toEqual([0, 1, 3])
  })

  it.each([
    [null],
    [{}],
    ['12'],
    [[]],
    [7],
    [{ prompt_tokens: '9', completion_tokens: null, total_tokens: -1 }],
  ])('usage %j is none', (usage) => {
    expect(feed([{ choices: [], usage }])).toEqual([])
  })
})

describe('what usage says', () => {
  it.each<[string, Record<string, unknown>, Record<string, number>]>([
    [
      'OpenAI counts reasoning in',
      {
        ...USAGE,
        completion_tokens_details: { reasoning_tokens: 3 },
        prompt_tokens_details: { cached_tokens: 2 },
      },
      { inputTokens: 9, outputTokens: 4, reasoningTokens: 3, cachedTokens: 2 },
    ],
    [
      'xAI counts reasoning out',
      {
        prompt_tokens: 12,
        completion_tokens: 2,
        total_tokens: 354,
        completion_tokens_details: { reasoning_tokens: 340 },
      },
      { inputTokens: 12, outputTokens: 342, reasoningTokens: 340 },
    ],
    [
      'SGLang has reasoning at the top',
      { ...USAGE, reasoning_tokens: 1 },
      { inputTokens: 9, outputTokens: 4, reasoningTokens: 1 },
    ],
    [
      'DeepSeek names cache hits its own way',
      { ...USAGE, prompt_cache_hit_tokens: 8, prompt_cache_miss_tokens: 1 },
      { inputTokens: 9, outputTokens: 4, cachedTokens: 8 },
    ],
    [
      'a detail that is null gives way to the other name (LiteLLM)',
      {
        ...USAGE,
        prompt_tokens_details: { cached_tokens: null },
        prompt_cache_hit_tokens: 8,
        completion_tokens_details: null,
      },
      { inputTokens: 9, outputTokens: 4, cachedTokens: 8 },
    ],
    ['nothing but the output', { completion_tokens: 4 }, { outputTokens: 4 }],
  ])('%s', (_, usage, counts) => {
    expect(feed([{ choices: [], usage }])).toEqual([{ type: 'usage', ...counts }])
  })
})

describe('server timing', () => {
  it('vLLM, ms, in its own words', () => {
    const metrics = {
      queue_time_ms: 5.5,
      time_to_first_token_ms: 40,
      generation_time_ms: 900,
      mean_itl_ms: 9.1,
      tokens_per_second: 106,
    }
    expect(feed([{ choices: [], usage: USAGE, metrics }])).toEqual([
      PART,
      { type: 'server-timing', queue: 5.5, ttft: 40, decode: 900 },
    ])
  })

  it.each([
    [
      'usage',
      { usage: { ...USAGE, queue_time: 0.25, prompt_time: 0.5, completion_time: 2, total_time: 2.5 } },
    ],
    [
      'x_groq',
      {
        x_groq: {
          usage: { ...USAGE, queue_time: 0.25, prompt_time: 0.5, completion_time: 2, total_time: 2.5 },
        },
      },
    ],
  ])('Groq, seconds, in %s', (_, rest) => {
    expect(feed([{ choices: [], ...rest }])).toEqual([
      PART,
      { type: 'server-timing', queue: 250, prefill: 500, decode: 2_000, total: 2_500 },
    ])
  })

  it.each([[{}], [null], [{ queue_time_ms: null, generation_time_ms: 'soon' }]])(
    'metrics %j are none',
    (metrics) => {
      expect(feed([{ choices: [], metrics }])).toEqual([])
    },
  )
})
