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

/** Writes histograms of one layout; keeps one buffer for all of them. */
export class HdrWriter {
  readonly #buffer: Uint8Array
  readonly #header: DataView
  #position = 0

  constructor(layout: HdrLayout) {
    this.#buffer = new Uint8Array(HEADER_BYTES + (layout.buckets + 1) * MAX_WORD_BYTES)
    this.#header = new DataView(this.#buffer.buffer)
    this.#header.setUint32(0, PLAIN_COOKIE)
    this.#header.setUint32(12, layout.digits)
    this.#header.setBigUint64(16, BigInt(layout.lowest))
    this.#header.setBigUint64(24, BigInt(layout.highest))
    this.#header.setFloat64(32, 1)
  }

  /**
   * Encodes the buckets `first` to `last`, all others being empty; `last` below `first` encodes none.
   * @returns a buffer of its own, so that posting it to another thread copies nothing else.
   */
  encode(countAt: (bucket: number) => number, first: number, last: number): Uint8Array {
    this.#position = HEADER_BYTES
    let empty = first
    for (let bucket = first; bucket <= last; bucket++) {
      const count = countAt(bucket)
      if (count === 0) {
        empty++
        continue
      }
      if (empty > 0) this.#putEmpty(empty)
      empty = 0
      this.#put(count * 2)
    }
    this.#header.setUint32(4, this.#position - HEADER_BYTES)
    return this.#buffer.slice(0, this.#position)
  }

  /** One empty bucket is written as a count of 0, several as their negated number, as the libraries do. */
  #putEmpty(buckets: number): void {
    this.#put(buckets === 1 ? 0 : buckets * 2 - 1)
  }

  #put(zigzag: number): void {
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
    let zigzag = 0
    let scale = 1
    let byte
    do {
      byte = encoded[at++] ?? 0
      zigzag += (byte & 0x7f) * scale
      scale *= 0x80
    } while (byte > 0x7f && at < end)
    if (zigzag % 2 === 1) bucket += (zigzag + 1) / 2
    else {
      if (bucket >= layout.buckets) throw new RangeError('The histogram has more buckets than its layout')
      if (zigzag > 0) visit(bucket, zigzag / 2)
      bucket++
    }
  }
}

function payloadEnd(encoded: Uint8Array, layout: HdrLayout): number {
  const { byteLength } = encoded
  const header = new DataView(encoded.buffer, encoded.byteOffset, byteLength)
  if (byteLength < HEADER_BYTES || header.getUint32(0) !== PLAIN_COOKIE)
    throw new RangeError('These bytes are no HDR histogram (V2)')
  const end = HEADER_BYTES + header.getUint32(4)
  if (end > byteLength) throw new RangeError('The histogram is cut off')
  if (header.getUint32(12) !== layout.digits || Number(header.getBigUint64(16)) !== layout.lowest)
    throw new RangeError('The histogram has another precision')
  return end
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
  const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (header.getUint32(0) !== COMPRESSED_COOKIE) return bytes
  const length = header.getUint32(4)
  return new Uint8Array(
    inflateSync(bytes.subarray(COMPRESSED_HEADER_BYTES, COMPRESSED_HEADER_BYTES + length)),
  )
}
