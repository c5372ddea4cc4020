import {
  build,
  decodeFromCompressedBase64,
  encodeIntoCompressedBase64,
  Int32Histogram,
} from 'hdr-histogram-js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exactPercentile } from './__fixtures__/recorded.ts'
import { compress, decompress } from './hdr-encoding.ts'
import { HIGHEST_VALUE } from './histogram-layout.ts'
import { HistogramSum } from './histogram-sum.ts'
import { checkedHistogram, TrendHistogram } from './histogram.ts'

const PERCENTS = [0.1, 25, 50, 90, 95, 99, 99.9, 100]
/** Values of every magnitude a histogram covers, with what cannot be told apart: less than 0.0005. */
const value = fc.oneof(
  fc.double({ min: 0, max: 4, noNaN: true }),
  fc.double({ min: 0, max: 5_000, noNaN: true }),
  fc.double({ min: 0, max: HIGHEST_VALUE, noNaN: true }),
)
const values = fc.array(value, { minLength: 1, maxLength: 300 })

function histogramOf(list: readonly number[]): TrendHistogram {
  const histogram = new TrendHistogram()
  for (const one of list) histogram.record(one)
  return histogram
}

function sumOf(...lists: readonly (readonly number[])[]): HistogramSum {
  const sum = new HistogramSum()
  for (const list of lists) sum.add(histogramOf(list).encode())
  return sum
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

describe('percentiles', () => {
  it('are off by less than 0.1 %, or half a thousandth for tiny values', () => {
    fc.assert(
      fc.property(values, fc.constantFrom(...PERCENTS), (list, percent) => {
        const exact = exactPercentile(list, percent)
        const found = sumOf(list).percentile(percent)
        expect(Math.abs(found - exact)).toBeLessThanOrEqual(Math.max(exact * 1e-3, 0.000_500_1))
      }),
    )
  })

  it('are the same in whatever order they are asked for', () => {
    fc.assert(
      fc.property(values, fc.shuffledSubarray(PERCENTS), (list, order) => {
        const sum = sumOf(list)
        expect(order.map((percent) => sum.percentile(percent))).toEqual(
          order.map((percent) => sumOf(list).percentile(percent)),
        )
      }),
    )
  })

  it('know the two ends of the range', () => {
    const sum = sumOf([0, HIGHEST_VALUE])
    expect(sum.percentile(50)).toBe(0)
    expect(sum.percentile(100)).toBeCloseTo(HIGHEST_VALUE, -4)
    expect(histogramOf([0, HIGHEST_VALUE]).clamped).toBe(0)
  })
})

describe('values a histogram cannot hold', () => {
  it.each([
    { given: -1, recordedAs: 0 },
    { given: HIGHEST_VALUE + 1, recordedAs: HIGHEST_VALUE },
    { given: 1e300, recordedAs: HIGHEST_VALUE },
  ])('$given is recorded at the edge and counted', ({ given, recordedAs }) => {
    const histogram = new TrendHistogram()
    expect(histogram.record(given)).toBe(true)
    expect(histogram.count).toBe(1)
    expect(histogram.clamped).toBe(1)
    expect(Math.abs(sumOf([given]).percentile(50) - recordedAs)).toBeLessThanOrEqual(recordedAs * 1e-3)
  })

  it.each([NaN, Infinity, -Infinity])('%s is left out and counted', (given) => {
    const histogram = new TrendHistogram()
    expect(histogram.record(given)).toBe(false)
    expect(histogram.count).toBe(0)
    expect(histogram.clamped).toBe(1)
  })
})

describe('merging', () => {
  it('in any split and order gives the histogram of the whole', () => {
    fc.assert(
      fc.property(fc.array(values, { minLength: 1, maxLength: 5 }), fc.boolean(), (parts, reversed) => {
        const encoded = parts.map((part) => histogramOf(part).encode())
        const merged = new HistogramSum()
        for (const part of reversed ? encoded.toReversed() : encoded) merged.add(part)
        expect(merged.encode()).toEqual(histogramOf(parts.flat()).encode())
        expect(merged.count).toBe(parts.flat().length)
      }),
    )
  })

  it('takes plain and compressed bytes', () => {
    const encoded = histogramOf([1, 2, 3]).encode()
    const merged = new HistogramSum()
    merged.add(encoded)
    merged.add(compress(encoded))
    expect(merged.count).toBe(6)
  })

  it('counts beyond 2³¹ equal values', () => {
    const total = sumOf([20])
    for (let doubled = 0; doubled < 33; doubled++) total.add(total.encode())
    total.add(histogramOf([10]).encode())
    expect(total.count).toBe(2 ** 33 + 1)
    expect(total.percentile(50)).toBeCloseTo(20, 1)
  })

  it('refuses bytes that are no histogram of this precision', () => {
    const encoded = histogramOf([1, 2, 3]).encode()
    const other = encoded.slice()
    new DataView(other.buffer).setUint32(12, 2)
    const histogram = new HistogramSum()
    expect(() => histogram.add(new Uint8Array(50))).toThrow('no HDR histogram')
    expect(() => histogram.add(new Uint8Array(3))).toThrow('no HDR histogram')
    expect(() => histogram.add(encoded.slice(0, -1))).toThrow('cut off')
    expect(() => histogram.add(other)).toThrow('another precision')
    expect(() => checkedHistogram(compress(new Uint8Array(50)))).toThrow('no HDR histogram')
  })
})

describe('reset', () => {
  it('leaves nothing behind', () => {
    const histogram = histogramOf([0, 5, NaN, -1])
    histogram.reset()
    expect([histogram.count, histogram.clamped]).toEqual([0, 0])
    expect(histogram.encode()).toEqual(new TrendHistogram().encode())
    histogram.record(7)
    expect(histogram.encode()).toEqual(histogramOf([7]).encode())
  })

  it('of a sum leaves nothing behind, whichever buckets were in use', () => {
    fc.assert(
      fc.property(values, values, (before, after) => {
        const sum = sumOf(before)
        sum.clear()
        expect([sum.count, sum.percentile(50), sum.buckets()]).toEqual([0, 0, []])
        sum.add(histogramOf(after).encode())
        expect(sum.encode()).toEqual(histogramOf(after).encode())
        expect(sum.percentile(50)).toBe(sumOf(after).percentile(50))
      }),
    )
  })
})

describe('the buckets of a sum', () => {
  it('are those of the HdrHistogram library, in ascending order', () => {
    fc.assert(
      fc.property(values, (list) => {
        const theirs = new Int32Histogram(1, HIGHEST_VALUE * 1_000, 3)
        const buckets = sumOf(list).buckets()
        for (const { lowest, highest, count } of buckets) {
          const edge = Math.round(lowest * 1_000)
          expect(theirs.lowestEquivalentValue(edge)).toBe(edge)
          expect(theirs.highestEquivalentValue(edge)).toBe(Math.round(highest * 1_000))
          expect(count).toBeGreaterThan(0)
        }
        expect(buckets.toSorted((a, b) => a.lowest - b.lowest)).toEqual(buckets)
        expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(list.length)
      }),
    )
  })
})

describe('the encoding', () => {
  it('is small where values are few, and a buffer of its own', () => {
    const encoded = histogramOf([300, 310, 400_000]).encode()
    expect(encoded.byteLength).toBeLessThan(60)
    expect(encoded.buffer.byteLength).toBe(encoded.byteLength)
  })

  it('comes back from compression as it was', () => {
    fc.assert(
      fc.property(values, (list) => {
        const encoded = histogramOf(list).encode()
        expect(decompress(compress(encoded))).toEqual(encoded)
        expect(decompress(encoded)).toEqual(encoded)
      }),
    )
  })

  it('is read by the HdrHistogram library bucket for bucket', () => {
    fc.assert(
      fc.property(values, (list) => {
        const theirs = build({
          highestTrackableValue: HIGHEST_VALUE * 1_000,
          numberOfSignificantValueDigits: 3,
        })
        for (const one of list) theirs.recordValue(Math.round(one * 1_000))
        const ours = sumOf(list)
        const decoded = decodeFromCompressedBase64(base64(compress(histogramOf(list).encode())))
        expect(decoded.totalCount).toBe(list.length)
        for (const percent of PERCENTS) {
          expect(decoded.getValueAtPercentile(percent)).toBe(theirs.getValueAtPercentile(percent))
          expect(ours.percentile(percent)).toBe(theirs.getValueAtPercentile(percent) / 1_000)
        }
      }),
    )
  })

  it('is read from what the HdrHistogram library writes', () => {
    fc.assert(
      fc.property(values, (list) => {
        const theirs = build({
          highestTrackableValue: HIGHEST_VALUE * 1_000,
          numberOfSignificantValueDigits: 3,
        })
        for (const one of list) theirs.recordValue(Math.round(one * 1_000))
        const merged = new HistogramSum()
        merged.add(new Uint8Array(Buffer.from(encodeIntoCompressedBase64(theirs), 'base64')))
        expect(merged.encode()).toEqual(histogramOf(list).encode())
      }),
    )
  })
})
