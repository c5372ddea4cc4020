import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seeded } from './random.ts'
import { chunks, type Pace } from './schedule.ts'

const plan = (pace: Partial<Pace>, tokens: number, seed = 1) => [
  ...chunks(
    { first: 100, itl: { fixed: 20 }, tokensPerChunk: { fixed: 1 }, ...pace },
    tokens,
    seeded(seed, 1),
  ),
]

describe('the schedule of an answer', () => {
  it('has the first token at the time to first token, each other one inter-token time later', () => {
    expect(plan({}, 3)).toEqual([
      { due: 100, from: 0, to: 1 },
      { due: 120, from: 1, to: 2 },
      { due: 140, from: 2, to: 3 },
    ])
  })

  it('lets tokens that leave together go when the first of them is due', () => {
    expect(plan({ tokensPerChunk: { fixed: 4 } }, 10)).toEqual([
      { due: 100, from: 0, to: 4 },
      { due: 180, from: 4, to: 8 },
      { due: 260, from: 8, to: 10 },
    ])
  })

  it('is empty without tokens', () => {
    expect(plan({}, 0)).toEqual([])
  })

  it('moves on even where a chunk is said to hold nothing', () => {
    expect(plan({ tokensPerChunk: { uniform: [0, 0.1] } }, 3)).toHaveLength(3)
  })

  it('covers every token once, in order, at times that never fall', () => {
    fc.assert(
      fc.property(fc.nat({ max: 60 }), fc.nat(), (tokens, seed) => {
        const planned = plan({ itl: { normal: [20, 20] }, tokensPerChunk: { uniform: [1, 5] } }, tokens, seed)
        let [at, due] = [0, 100]
        for (const chunk of planned) {
          expect(chunk.from).toBe(at)
          expect(chunk.to).toBeGreaterThan(at)
          expect(chunk.due).toBeGreaterThanOrEqual(due)
          at = chunk.to
          due = chunk.due
        }
        expect(at).toBe(tokens)
      }),
    )
  })

  it('takes the same time however the tokens are cut', () => {
    const last = (size: number) =>
      plan({ itl: { normal: [20, 5] }, tokensPerChunk: { fixed: size } }, 101).at(-1)?.due
    expect(last(10)).toBeCloseTo(last(1) ?? 0, 6)
  })
})
