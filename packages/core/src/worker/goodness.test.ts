import { describe, expect, it } from 'vitest'
import type { ExchangeSample } from '../model/exchange.ts'
import type { SloPlan } from '../model/plan.ts'
import { BROKEN, interrupted, REFUSED, stamps, STREAMED, WHOLE } from './__fixtures__/samples.ts'
import { goodness } from './goodness.ts'

const REASONED: ExchangeSample = {
  ...STREAMED,
  stamps: stamps({ firstTokenAt: 100, firstAnswerAt: 260, lastTokenAt: 280, endedAt: 285 }),
}
const THINKING: ExchangeSample = {
  ...interrupted(900),
  stamps: stamps({ firstTokenAt: 200, lastTokenAt: 880, endedAt: 900 }),
}
const ONE_TOKEN: ExchangeSample = { ...STREAMED, usage: { outputTokens: 1 }, chunks: 1, gaps: [] }
const TIMED_OUT: ExchangeSample = {
  ...REFUSED,
  failure: { class: 'timeout', phase: 'headers', message: 'no response headers within 5 ms' },
}

describe('whether an exchange was good', () => {
  // STREAMED: first token at 200, 20 ms per token, last at 280, ended at 285.
  it.each<[string, ExchangeSample, SloPlan, boolean | undefined]>([
    ['no bounds', STREAMED, {}, undefined],
    ['a bound met exactly', STREAMED, { ttft: 200 }, true],
    ['a bound missed', STREAMED, { ttft: 199.9 }, false],
    [
      'all bounds met',
      STREAMED,
      { ttft: 200, ttfat: 200, tpot: 20, e2e_latency: 280, request_duration: 285 },
      true,
    ],
    ['one of them missed: ttft', STREAMED, { ttft: 100, tpot: 20, e2e_latency: 280 }, false],
    ['one of them missed: tpot', STREAMED, { ttft: 200, tpot: 19, e2e_latency: 280 }, false],
    ['one of them missed: e2e_latency', STREAMED, { ttft: 200, e2e_latency: 279 }, false],
    ['one of them missed: request_duration', STREAMED, { ttft: 200, request_duration: 284 }, false],
    ['reasoning counts as first token', REASONED, { ttft: 100 }, true],
    ['but not as answer', REASONED, { ttfat: 200 }, false],
    ['one token has no time per token to miss', ONE_TOKEN, { tpot: 1 }, true],
    ['tokens counted on the chunks', { ...STREAMED, usage: {}, countedTokens: 9 }, { tpot: 10 }, true],
    ['frames for want of better', { ...STREAMED, usage: {} }, { tpot: 19 }, false],
    [
      'a whole answer shows its first token when it is there: in time',
      WHOLE,
      { ttft: 410, ttfat: 410 },
      true,
    ],
    ['a whole answer shows its first token when it is there: late', WHOLE, { ttft: 409 }, false],
    ['a whole answer has no time per token', WHOLE, { tpot: 1 }, true],
    ['refused', REFUSED, { ttft: 10_000 }, false],
    ['timed out, however generous the bounds', TIMED_OUT, { request_duration: 10_000 }, false],
    ['broken after a first token in time', BROKEN, { ttft: 500 }, false],
    ['interrupted while younger than its bound', interrupted(100), { ttft: 200 }, undefined],
    ['interrupted without a token, older than its bound', interrupted(150), { ttft: 120 }, false],
    ['interrupted after a first token in time', interrupted(900), { ttft: 200 }, undefined],
    ['interrupted after a late first token', interrupted(900), { ttft: 199 }, false],
    ['interrupted after an answer in time', interrupted(900), { ttfat: 250 }, undefined],
    ['interrupted while it still reasoned', THINKING, { ttft: 250, ttfat: 250 }, false],
    ['interrupted when it had lasted too long', interrupted(900), { e2e_latency: 800 }, false],
    ['interrupted when it had not', interrupted(900), { request_duration: 1_000 }, undefined],
    ['interrupted: its time per token is not known', interrupted(900), { tpot: 1 }, undefined],
  ])('%s', (_, sample, slo, expected) => {
    expect(goodness(sample, slo)).toBe(expected)
  })
})
