import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ExchangeSample } from '../model/exchange.ts'
import type { PricingPlan, SloPlan } from '../model/plan.ts'
import { BROKEN, interrupted, REFUSED, stamps, STREAMED, WHOLE } from './__fixtures__/samples.ts'
import { fold } from './fold.ts'

const PRICING: PricingPlan = { input: 2, cached: 0.5, output: 10, currency: 'USD' }

/** What a sample gives: by metric its values, a tag of a value's own before it. */
function folded(sample: ExchangeSample, slo: SloPlan = {}, pricing?: PricingPlan): Record<string, unknown[]> {
  const given: Record<string, unknown[]> = {}
  fold(sample, slo, pricing, ({ name }, value, tag) => {
    given[name] = [...(given[name] ?? []), ...(tag === undefined ? [] : [tag.join('=')]), value]
  })
  return given
}

const USAGE = 'token_source=usage'
const CHUNKS = 'token_source=chunks'
const CUT = 'outcome=interrupted'

describe('the metrics of one exchange', () => {
  it('a streamed answer', () => {
    expect(folded(STREAMED)).toEqual({
      requests: [1],
      request_failed: [0],
      request_interrupted: [0],
      request_duration: [285],
      data_sent: [300],
      data_received: [4_000],
      ttft: [200],
      ttfat: [200],
      itl: [20, 20, 20, 20],
      tpot: [USAGE, 20],
      tokens_per_second: [USAGE, 50],
      tokens_per_chunk: [USAGE, 1],
      e2e_latency: [280],
      time_to_headers: [150],
      sending: [3],
      input_length: [40],
      output_length: [USAGE, 5],
      input_tokens: [40],
      output_tokens: [USAGE, 5],
    })
  })

  it('an answer in one piece has no token times', () => {
    expect(folded(WHOLE)).toEqual({
      requests: [1],
      request_failed: [0],
      request_interrupted: [0],
      request_duration: [410],
      data_sent: [300],
      data_received: [4_000],
      e2e_latency: [410],
      time_to_headers: [400],
      sending: [3],
      input_length: [40],
      output_length: [USAGE, 50],
      input_tokens: [40],
      output_tokens: [USAGE, 50],
    })
  })

  it('one that failed before anything came: counters and duration only', () => {
    expect(folded(REFUSED, { ttft: 100 }, PRICING)).toEqual({
      requests: ['error=connection', 1],
      request_failed: [1],
      request_interrupted: [0],
      request_duration: [2],
      data_sent: [0],
      data_received: [0],
      goodput: [0],
    })
  })

  it('one that broke after its first token: its ttft stands apart, its tokens count', () => {
    expect(folded(BROKEN)).toEqual({
      requests: ['error=connection', 1],
      request_failed: [1],
      request_interrupted: [0],
      request_duration: [230],
      data_sent: [300],
      data_received: [4_000],
      ttft: ['outcome=broken', 200],
      output_tokens: [CHUNKS, 2],
    })
  })

  it.each([
    ['before its first token', 120, { ttft: [CUT, 120] }],
    ['after it', 900, { ttft: [CUT, 200], output_tokens: [CHUNKS, 1] }],
  ])(
    'one the end of the run cut %s: in no latency, but with its age, and how long it waited apart',
    (_, age, tokens) => {
      expect(folded(interrupted(age))).toEqual({
        requests: [1],
        request_interrupted: [1],
        interrupted_age: [age],
        data_sent: [300],
        data_received: [4_000],
        ...tokens,
      })
    },
  )

  it.each<[string, Partial<ExchangeSample>, Record<string, unknown[] | undefined>]>([
    [
      'reasoning first: ttft is of the first thought, ttfat of the answer',
      { stamps: { ...STREAMED.stamps, ...stamps({ firstTokenAt: 200, firstAnswerAt: 260, endedAt: 285 }) } },
      { ttft: [200], ttfat: [260] },
    ],
    [
      'a tool call only: no ttfat',
      { stamps: stamps({ firstTokenAt: 200, lastTokenAt: 280, endedAt: 285 }) },
      { ttft: [200], ttfat: undefined, e2e_latency: [280] },
    ],
    [
      'the first call of a due iteration',
      { stamps: { ...STREAMED.stamps, scheduledAt: STREAMED.stamps.startedAt - 30 } },
      { ttft: [200], ttft_scheduled: [230] },
    ],
    [
      'one token',
      { usage: { outputTokens: 1 }, chunks: 1, gaps: [] },
      {
        tpot: undefined,
        tokens_per_second: undefined,
        itl: undefined,
        tokens_per_chunk: [USAGE, 1],
        output_length: [USAGE, 1],
      },
    ],
    [
      'two tokens',
      { usage: { outputTokens: 2 }, chunks: 2, gaps: [80] },
      { tpot: [USAGE, 80], tokens_per_second: [USAGE, 12.5], itl: [80] },
    ],
    [
      'several tokens in a frame',
      { usage: { outputTokens: 21 } },
      {
        tpot: [USAGE, 4],
        tokens_per_second: [USAGE, 250],
        tokens_per_chunk: [USAGE, 4.2],
        itl: [20, 20, 20, 20],
      },
    ],
    [
      'all tokens in one read: gaps of 0 are gaps; no finite speed comes of them',
      {
        stamps: stamps({ firstTokenAt: 200, firstAnswerAt: 200, lastTokenAt: 200, endedAt: 200 }),
        gaps: [0, 0, 0, 0],
        coalesced: 4,
      },
      { itl: [0, 0, 0, 0], tpot: [USAGE, 0], tokens_per_second: undefined, e2e_latency: [200] },
    ],
    [
      'no usage: frames stand for tokens, and it is said',
      { usage: {} },
      {
        output_length: [CHUNKS, 5],
        output_tokens: [CHUNKS, 5],
        tpot: [CHUNKS, 20],
        tokens_per_second: [CHUNKS, 50],
        tokens_per_chunk: [CHUNKS, 1],
        input_length: undefined,
        input_tokens: undefined,
      },
    ],
    [
      'no usage, but counts on the chunks',
      { usage: {}, countedTokens: 9 },
      { output_length: [USAGE, 9], tpot: [USAGE, 10] },
    ],
    [
      'usage goes before counts on the chunks',
      { countedTokens: 9 },
      { output_length: [USAGE, 5], tpot: [USAGE, 20] },
    ],
    [
      'an answer in one piece without usage: its length is not known',
      { ...WHOLE, usage: {} },
      { output_length: undefined, output_tokens: undefined, e2e_latency: [410] },
    ],
    [
      'reasoning and cached tokens',
      { usage: { inputTokens: 40, outputTokens: 5, reasoningTokens: 3, cachedTokens: 32 } },
      { reasoning_length: [3], cached_length: [32], input_length: [40], output_length: [USAGE, 5] },
    ],
    [
      'counts of 0 are counts',
      { usage: { inputTokens: 0, outputTokens: 5, reasoningTokens: 0, cachedTokens: 0 } },
      { reasoning_length: [0], cached_length: [0], input_length: [0], input_tokens: [0] },
    ],
    [
      'a connection of its own: sending starts when it stands',
      { connect: { connecting: 1, tlsHandshaking: 1.5 } },
      { connecting: [1], tls_handshaking: [1.5], sending: [0.5] },
    ],
    [
      "the server's own account",
      { serverTiming: { queue: 5, prefill: 90, decode: 80, load: 1_000, total: 175 } },
      {
        server_queue: [5],
        server_prefill: [90],
        server_decode: [80],
        server_load: [1_000],
        server_total: [175],
      },
    ],
    [
      "part of the server's account",
      { serverTiming: { queue: 0 } },
      { server_queue: [0], server_total: undefined },
    ],
    [
      'content that is no token, a tool call without arguments',
      {
        stamps: stamps({ headersAt: 150, firstFrameAt: 150, endedAt: 285 }),
        chunks: 0,
        gaps: [],
        usage: { outputTokens: 6 },
      },
      {
        ttft: undefined,
        tpot: undefined,
        tokens_per_chunk: undefined,
        e2e_latency: [285],
        output_length: [USAGE, 6],
      },
    ],
  ])('%s', (_, changed, expected) => {
    const given = folded({ ...STREAMED, ...changed })
    expect(Object.fromEntries(Object.keys(expected).map((name) => [name, given[name]]))).toEqual(expected)
  })

  it.each<[string, Partial<ExchangeSample>, number | undefined]>([
    ['input and output', { usage: { inputTokens: 1_000, outputTokens: 100 } }, 0.003],
    [
      'cached input has a price of its own',
      { usage: { inputTokens: 1_000, cachedTokens: 600, outputTokens: 100 } },
      0.0021,
    ],
    [
      'more cached than input, as some servers count',
      { usage: { inputTokens: 100, cachedTokens: 600, outputTokens: 0 } },
      0.0003,
    ],
    ['output only', { usage: { outputTokens: 100 } }, 0.001],
    ['output guessed from frames', { usage: {} }, 0.00005],
    ['nothing known', { ...WHOLE, usage: {} }, undefined],
    ['a broken stream costs what it generated', { ...BROKEN, usage: { inputTokens: 1_000 } }, 0.00202],
  ])('cost: %s', (_, changed, expected) => {
    const [cost] = folded({ ...STREAMED, ...changed }, {}, PRICING)['cost'] ?? []
    if (expected === undefined) expect(cost).toBeUndefined()
    else expect(cost).toBeCloseTo(expected, 12)
  })

  it('no prices, no cost', () => {
    expect(folded(STREAMED)).not.toHaveProperty('cost')
  })

  it('no bounds, no goodput', () => {
    expect(folded(STREAMED)).not.toHaveProperty('goodput')
    expect(folded(STREAMED)).not.toHaveProperty('good_requests')
  })

  it('goodput counts, beside the share, how many were good', () => {
    expect(folded(STREAMED, { ttft: 200 })).toMatchObject({ goodput: [1], good_requests: [1] })
    expect(folded(STREAMED, { ttft: 199 })).toMatchObject({ goodput: [0] })
    expect(folded(STREAMED, { ttft: 199 })).not.toHaveProperty('good_requests')
    expect(folded(interrupted(100), { ttft: 200 })).not.toHaveProperty('goodput')
  })

  it('counts add up, whatever came: requests are the good, the failed and the interrupted', () => {
    const any = fc.constantFrom(STREAMED, WHOLE, REFUSED, BROKEN, interrupted(100), interrupted(900))
    fc.assert(
      fc.property(fc.array(any), (samples) => {
        const sums: Record<string, number> = {}
        for (const sample of samples) {
          for (const [name, values] of Object.entries(folded(sample, { e2e_latency: 500 }))) {
            for (const value of values)
              sums[name] = (sums[name] ?? 0) + (typeof value === 'number' ? value : 0)
          }
        }
        const {
          requests = 0,
          request_failed: failed = 0,
          request_interrupted: cut = 0,
          good_requests: good = 0,
        } = sums
        const ok = samples.filter(({ outcome }) => outcome === 'ok').length
        expect(requests).toBe(samples.length)
        expect(requests).toBe(ok + failed + cut)
        expect(good).toBe(ok)
      }),
    )
  })

  it('gives nothing but finite numbers from 0', () => {
    for (const sample of [STREAMED, WHOLE, REFUSED, BROKEN, interrupted(100), interrupted(900)]) {
      for (const values of Object.values(folded(sample, { ttft: 1 }, PRICING))) {
        for (const value of values) {
          if (typeof value === 'number') expect(value).toBeGreaterThanOrEqual(0)
          expect(value).not.toBe(Number.POSITIVE_INFINITY)
        }
      }
    }
  })
})
