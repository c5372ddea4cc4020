import { deflateSync, inflateSync } from 'node:zlib'

/**
 * HdrHistogram's V2 encoding: a header of 40 bytes, big endian, then the counts as ZigZag LEB128,
 * a negative number standing for that many empty buckets. The same bytes come from and go into the
 * Java, C, Rust, Go and JavaScript libraries.
 * Source: HdrHistogram, AbstractHistogram.encodeIntoByteBuffer and ZigZagEncoding.
 */
const PLAIN_COOKIE = 0x1c849313
const COMPRESSED_COOKIE = 0x1c849314
const HEADER_BYTES = 40
const COMPRESSED_HEADER_BYTES = 8
/** Longest encoding of one count. */
const MAX_WORD_BYTES = 9

/** What the buckets of an encoded histogram stand for. */
export interface HdrLayout {
  readonly lowest: number
  readonly highest: number
  readonly digits: number
  /** Number of buckets. */
  readonly buckets: number
}

/** Writes histograms of one layout, one after the other, each as `start`, `put` and `end`; keeps one buffer for all. */
export class HdrWriter {
  readonly #buffer: Uint8Array
  readonly #header: DataView
  #position = HEADER_BYTES
  /** The bucket after the last one written. */
  #next = 0

  constructor(layout: HdrLayout) {
    this.#buffer = new Uint8Array(HEADER_BYTES + (layout.buckets + 1) * MAX_WORD_BYTES)
    this.#header = new DataView(this.#buffer.buffer)
    this.#header.setUint32(0, PLAIN_COOKIE)
    this.#header.setUint32(12, layout.digits)
    this.#header.setBigUint64(16, BigInt(layout.lowest))
    this.#header.setBigUint64(24, BigInt(layout.highest))
    this.#header.setFloat64(32, 1)
  }

  start(): void {
    this.#position = HEADER_BYTES
    this.#next = 0
  }

  /** A bucket that is not empty; to be called in ascending order. */
  put(bucket: number, count: number): void {
    if (bucket > this.#next) this.#putEmpty(bucket - this.#next)
    this.#putWord(count * 2)
    this.#next = bucket + 1
  }

  /** @returns a buffer of its own, so that posting it to another thread copies nothing else. */
  end(): Uint8Array {
    this.#header.setUint32(4, this.#position - HEADER_BYTES)
    return this.#buffer.slice(0, this.#position)
  }

  /** One empty bucket is written as a count of 0, several as their negated number, as the libraries do. */
  #putEmpty(buckets: number): void {
    this.#putWord(buckets === 1 ? 0 : buckets * 2 - 1)
  }

  #putWord(zigzag: number): void {
    let rest = zigzag
    while (rest > 0x7f) {
      this.#buffer[this.#position++] = (rest % 0x80) | 0x80
      rest = Math.floor(rest / 0x80)
    }
    this.#buffer[this.#position++] = rest
  }
}

/**
 * Calls `visit` for each bucket that is not empty, in ascending order.
 * @param encoded plain, not compressed.
 * @throws RangeError for bytes that are no histogram of this layout.
 */
export function readHdr(
  encoded: Uint8Array,
  layout: HdrLayout,
  visit: (bucket: number, count: number) => void,
): void {
  const end = payloadEnd(encoded, layout)
  let bucket = 0
  for (let at = HEADER_BYTES; at < end;) {
    let byte = encoded[at++] ?? 0
    let zigzag = byte & 0x7f
    for (let scale = 0x80; byte > 0x7f && at < end; scale *= 0x80) {
      byte = encoded[at++] ?? 0
      zigzag += (byte & 0x7f) * scale
    }
    if (zigzag % 2 === 1) bucket += (zigzag + 1) / 2
    else {
      if (bucket >= layout.buckets) throw new RangeError('The histogram has more buckets than its layout')
      if (zigzag > 0) visit(bucket, zigzag / 2)
      bucket++
    }
  }
}

/** Read byte by byte: a DataView for each of the many thousands of a timeline would take longer than their counts. */
function payloadEnd(encoded: Uint8Array, layout: HdrLayout): number {
  const { byteLength } = encoded
  if (byteLength < HEADER_BYTES || uint32(encoded, 0) !== PLAIN_COOKIE)
    throw new RangeError('These bytes are no HDR histogram (V2)')
  const end = HEADER_BYTES + uint32(encoded, 4)
  if (end > byteLength) throw new RangeError('The histogram is cut off')
  const lowest = uint32(encoded, 16) * 2 ** 32 + uint32(encoded, 20)
  if (uint32(encoded, 12) !== layout.digits || lowest !== layout.lowest)
    throw new RangeError('The histogram has another precision')
  return end
}

function uint32(bytes: Uint8Array, at: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0
}

/** Deflates an encoded histogram into the compressed form of V2, which files hold. */
export function compress(encoded: Uint8Array): Uint8Array {
  const deflated = deflateSync(encoded)
  const compressed = new Uint8Array(COMPRESSED_HEADER_BYTES + deflated.byteLength)
  const header = new DataView(compressed.buffer)
  header.setUint32(0, COMPRESSED_COOKIE)
  header.setUint32(4, deflated.byteLength)
  compressed.set(deflated, COMPRESSED_HEADER_BYTES)
  return compressed
}

/**
 * The plain form of an encoded histogram, whichever form it has.
 * @throws Error for a compressed form that cannot be inflated.
 */
export function decompress(bytes: Uint8Array): Uint8Array {
  if (bytes.byteLength < COMPRESSED_HEADER_BYTES) return bytes
  if (uint32(bytes, 0) !== COMPRESSED_COOKIE) return bytes
  const length = uint32(bytes, 4)
  return new Uint8Array(
    inflateSync(bytes.subarray(COMPRESSED_HEADER_BYTES, COMPRESSED_HEADER_BYTES + length)),
  )
}
