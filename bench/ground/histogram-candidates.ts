import * as hdr from 'hdr-histogram-js'
import { HistogramSum } from '../../packages/core/src/metrics/histogram-sum.ts'
import { TrendHistogram } from '../../packages/core/src/metrics/histogram.ts'

hdr.initWebAssemblySync()

/** Microseconds up to an hour, to three digits. */
export const RANGE = {
  highestTrackableValue: 3_600_000_000,
  numberOfSignificantValueDigits: 3,
  autoResize: false,
} as const

/** A way to count latencies, in ms, and to bring them to another thread. */
export interface Candidate {
  readonly name: string
  readonly record: (value: number) => void
  /** One interval: what travels to the main thread. */
  readonly encode: () => Uint8Array | string
  /** Adds what travelled to a running total. */
  readonly merge: (encoded: Uint8Array | string) => void
  readonly reset: () => void
  readonly percentile: () => number
}

export function libraryOnJs(): Candidate {
  const histogram = hdr.build({ ...RANGE, bitBucketSize: 32 })
  const total = hdr.build({ ...RANGE, bitBucketSize: 64 })
  return {
    name: 'library, JavaScript',
    record: (value) => histogram.recordValue(Math.round(value * 1_000)),
    encode: () => hdr.encodeIntoCompressedBase64(histogram),
    merge: (encoded) => total.add(hdr.decodeFromCompressedBase64(encoded as string, 32)),
    reset: () => histogram.reset(),
    percentile: () => total.getValueAtPercentile(99),
  }
}

export function libraryOnWasm(bits: 32 | 'packed'): Candidate {
  const histogram = hdr.build({ ...RANGE, bitBucketSize: bits, useWebAssembly: true }) as hdr.WasmHistogram
  const total = hdr.build({ ...RANGE, bitBucketSize: 64, useWebAssembly: true }) as hdr.WasmHistogram
  return {
    name: `library, WebAssembly, ${bits}`,
    record: (value) => histogram.recordValue(Math.round(value * 1_000)),
    encode: () => histogram.encode(),
    merge: (encoded) => {
      const decoded = hdr.WasmHistogram.decode(encoded as Uint8Array, 32) as hdr.WasmHistogram
      total.add(decoded)
      decoded.destroy()
    },
    reset: () => histogram.reset(),
    percentile: () => total.getValueAtPercentile(99),
  }
}

export function chosen(): Candidate {
  const histogram = new TrendHistogram()
  const total = new HistogramSum()
  return {
    name: 'TrendHistogram, HistogramSum',
    record: (value) => histogram.record(value),
    encode: () => histogram.encode(),
    merge: (encoded) => total.add(encoded as Uint8Array),
    reset: () => histogram.reset(),
    percentile: () => total.percentile(99),
  }
}
