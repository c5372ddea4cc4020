import { crc32 } from 'node:zlib'
import type { Framer, FrameSink } from 'loadbench/plugin'
import { EventFrame } from './frame.ts'
import { readHeaders } from './header.ts'

/** Length of the whole message and of its headers, and the checksum of these two. */
const PRELUDE = 12
/** Prelude and the checksum at the end: what a message without headers and payload takes. */
const SMALLEST = PRELUDE + 4
/** Far above any event of a model; a stream that claims more is broken, or means harm. */
export const LARGEST_MESSAGE = 16 * 1024 * 1024

/**
 * Cuts `application/vnd.amazon.eventstream` into messages:
 * `u32 total | u32 headers | u32 crc of these | headers | payload | u32 crc of all before`, big endian,
 * CRC-32. Both checksums are verified, the first before the lengths are believed. A frame's `bytes` are
 * a view of what was pushed: keep a copy of what has to last.
 *
 * A response that ends inside a message gives no fault: the missing terminal mark tells it.
 */
export function eventStreamFramer(sink: FrameSink): Framer {
  const cutter = new Cutter(sink)
  return {
    push: (chunk) => cutter.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)),
    end: () => undefined,
  }
}

class Cutter {
  readonly #sink: FrameSink
  /** Room for the message, or prelude, of which only a part has come. */
  #partial: Buffer | undefined
  #filled = 0
  #broken = false

  constructor(sink: FrameSink) {
    this.#sink = sink
  }

  push(chunk: Buffer): void {
    let at = 0
    while (at < chunk.length && !this.#broken) {
      at = this.#partial === undefined ? this.#fromChunk(chunk, at) : this.#fill(this.#partial, chunk, at)
    }
  }

  /** Where nothing is left over, messages are read where they lie. @returns where the next one starts. */
  #fromChunk(chunk: Buffer, at: number): number {
    const left = chunk.length - at
    const total = left < PRELUDE ? PRELUDE : this.#totalOf(chunk, at)
    if (total > left) {
      this.#partial = Buffer.allocUnsafe(total)
      this.#filled = 0
      return at
    }
    this.#message(chunk.subarray(at, at + total))
    return at + total
  }

  /** @returns where in `chunk` to go on. */
  #fill(partial: Buffer, chunk: Buffer, at: number): number {
    const taken = chunk.copy(partial, this.#filled, at)
    this.#filled += taken
    if (this.#filled === partial.length) this.#filledUp(partial)
    return at + taken
  }

  /** Only a prelude is shorter than the smallest message. */
  #filledUp(partial: Buffer): void {
    if (partial.length > PRELUDE) {
      this.#partial = undefined
      this.#message(partial)
      return
    }
    const total = this.#totalOf(partial, 0)
    if (total === 0) return
    this.#partial = Buffer.allocUnsafe(total)
    partial.copy(this.#partial)
  }

  /** The length of the message whose prelude is at `at`; 0, and a fault, for one that cannot be right. */
  #totalOf(buffer: Buffer, at: number): number {
    if (crc32(buffer.subarray(at, at + 8)) !== buffer.readUInt32BE(at + 8)) {
      return this.#fault('the checksum of an event-stream message does not fit its lengths')
    }
    const total = buffer.readUInt32BE(at)
    const headers = buffer.readUInt32BE(at + 4)
    if (total > LARGEST_MESSAGE) {
      return this.#fault(`an event-stream message of ${total} bytes, over the limit of ${LARGEST_MESSAGE}`)
    }
    if (total < SMALLEST + headers) return this.#fault('an event-stream message with impossible lengths')
    return total
  }

  #message(message: Buffer): void {
    if (this.#broken) return
    const end = message.length - 4
    if (crc32(message.subarray(0, end)) !== message.readUInt32BE(end)) {
      this.#fault('the checksum of an event-stream message does not fit its content')
      return
    }
    const payloadAt = PRELUDE + message.readUInt32BE(4)
    const headers = readHeaders(message.subarray(PRELUDE, payloadAt))
    if (headers === undefined) this.#fault('the headers of an event-stream message cannot be read')
    else this.#sink.emit(new EventFrame(headers, message.subarray(payloadAt, end)))
  }

  #fault(message: string): 0 {
    this.#broken = true
    this.#partial = undefined
    this.#sink.fault(message)
    return 0
  }
}
