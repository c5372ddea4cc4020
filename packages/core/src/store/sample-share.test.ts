import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { limitOf, SampleShare } from './sample-share.ts'

/** Sends exchanges with lines of `length` characters by. @returns the ids that were written, with their share. */
function written(limit: number, exchanges: number, length = 100, prefix = 'ab12cd34') {
  const share = new SampleShare(limit)
  const lines: { readonly at: number; readonly share: number }[] = []
  for (let at = 0; at < exchanges; at += 1) {
    const current = share.share
    if (share.takes(`${prefix}-${at.toString(36)}`) && share.spend(length)) lines.push({ at, share: current })
  }
  return lines
}

describe('the exchanges of a sample file', () => {
  it('are all of them up to half of the limit', () => {
    expect(written(2_000, 1_000)).toHaveLength(1_000)
    expect(written(2_000, 1_000).every(({ share }) => share === 1)).toBe(true)
  })

  it('are never more than the limit, whatever it is and however long lines are', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 500 }),
        fc.integer({ min: 1, max: 20_000 }),
        fc.integer({ min: 1, max: 5_000 }),
        fc.stringMatching(/^[0-9a-f]{8}$/),
        (limit, exchanges, length, prefix) => {
          const cost = Math.max(1, Math.ceil(length / 1_024))
          expect(written(limit, exchanges, length, prefix).length * cost).toBeLessThanOrEqual(limit)
        },
      ),
      { numRuns: 50 },
    )
  })

  it('add up to all there were, each counted as one over its share', () => {
    const exchanges = 400_000
    const lines = written(20_000, exchanges)
    const weighed = lines.reduce((sum, { share }) => sum + 1 / share, 0)
    // About 12 000 lines, those beyond the first 10 000 drawn at random: off by a few per cent.
    expect(Math.abs(weighed / exchanges - 1)).toBeLessThan(0.1)
    expect(lines.length).toBeLessThan(20_000)
    expect([...new Set(lines.map(({ share }) => share))].slice(0, 4)).toEqual([1, 1 / 32, 1 / 64, 1 / 128])
  })

  it('come from the whole run, each share from as long as all before it', () => {
    const lines = written(20_000, 400_000)
    const firstAt = (wanted: number) => lines.find(({ share }) => share === wanted)?.at ?? Number.NaN
    expect(firstAt(1 / 32) / 10_000).toBeCloseTo(1, 1)
    for (const wanted of [1 / 64, 1 / 128, 1 / 256]) {
      const ratio = firstAt(wanted) / firstAt(wanted * 2)
      expect(ratio).toBeGreaterThan(1.5)
      expect(ratio).toBeLessThan(2.7)
    }
    expect(lines.at(-1)?.at).toBeGreaterThan(390_000)
  })

  it('are chosen by their ids alone: the same ones by every worker', () => {
    expect(written(1_000, 50_000)).toEqual(written(1_000, 50_000))
  })

  it('are none with a limit of 0', () => {
    expect(written(0, 100)).toEqual([])
  })
})

describe('the limit of a shard', () => {
  it('is its part; all parts are the whole', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.integer({ min: 1, max: 64 }), (samples, count) => {
        const parts = Array.from({ length: count }, (_, index) => limitOf(samples, index, count))
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(samples)
        expect(Math.max(...parts) - Math.min(...parts)).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('is none where all are wanted', () => {
    expect(limitOf('all', 3, 4)).toBe(Number.POSITIVE_INFINITY)
    expect(written(Number.POSITIVE_INFINITY, 1_000, 100_000)).toHaveLength(1_000)
  })
})
