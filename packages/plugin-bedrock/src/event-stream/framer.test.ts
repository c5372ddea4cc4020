import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { everySplit } from 'loadbench/testing'
import { describe, expect, it } from 'vitest'
import { codec, event, exception, frame, frameByCodec, message } from './__fixtures__/messages.ts'
import { eventStreamFramer, LARGEST_MESSAGE } from './framer.ts'

const VECTORS = join(import.meta.dirname, '__fixtures__')
const RECORDINGS = join(
  process.env['LOADBENCH_RECORDINGS'] ?? join(import.meta.dirname, '../../../../../shared/recordings'),
  'bedrock',
)
const STREAM = Buffer.concat([
  event('messageStart', '{"role":"assistant"}'),
  event('contentBlockDelta', '{"delta":{"text":"Grüße 🌍"}}'),
  exception('throttlingException', { message: 'slow down' }),
])

describe('public vectors', () => {
  it.each(filesOf(join(VECTORS, 'positive')))('accepts %s', (_, bytes) => {
    expect(frame(bytes)).toEqual({ frames: frameByCodec(bytes), faults: [] })
  })

  it.each(filesOf(join(VECTORS, 'negative')))('refuses %s', (_, bytes) => {
    const { frames, faults } = frame(bytes)
    expect(frames).toEqual([])
    expect(faults).toHaveLength(1)
  })

  it('reads past headers of every type, and hands on those that are text', () => {
    const { frames } = frame(readFileSync(join(VECTORS, 'positive/all_headers')))
    expect(frames).toEqual([
      {
        event: undefined,
        headers: { 'content-type': 'application/json' },
        payload: Buffer.from("{'foo':'bar'}").toString('hex'),
      },
    ])
  })
})

describe('messages', () => {
  it('come with their event type, their headers and their payload', () => {
    const { frames, faults } = frame(STREAM)
    expect(faults).toEqual([])
    expect(frames.map(({ event: type }) => type)).toEqual(['messageStart', 'contentBlockDelta', undefined])
    expect(frames[2]?.headers).toEqual({
      ':exception-type': 'throttlingException',
      ':content-type': 'application/json',
      ':message-type': 'exception',
    })
  })

  it('give their payload as text too', () => {
    const texts: string[] = []
    const framer = eventStreamFramer({
      emit: ({ data }) => void texts.push(data),
      fault: (what) => expect.fail(what),
    })
    framer.push(STREAM)
    expect(texts[1]).toBe('{"delta":{"text":"Grüße 🌍"}}')
  })

  it('are the same however the network cuts them', () => {
    const whole = frame(STREAM)
    for (const chunks of everySplit(STREAM)) expect(frame(...chunks)).toEqual(whole)
  })

  it('are what smithy wrote, whatever their headers and payloads are, however they are cut', () => {
    const header = fc.oneof(
      fc.record({
        type: fc.constant('string' as const),
        value: fc.string({ unit: 'grapheme', maxLength: 40 }),
      }),
      fc.record({ type: fc.constant('boolean' as const), value: fc.boolean() }),
      fc.record({ type: fc.constant('integer' as const), value: fc.integer() }),
      fc.record({ type: fc.constant('binary' as const), value: fc.uint8Array({ maxLength: 40 }) }),
    )
    const name = fc.stringMatching(/^[a-z:][a-z-]{0,20}$/)
    const one = fc.record({
      headers: fc.dictionary(name, header, { maxKeys: 5 }),
      body: fc.uint8Array({ maxLength: 300 }),
    })
    fc.assert(
      fc.property(
        fc.array(one, { maxLength: 5 }),
        fc.array(fc.nat(400), { maxLength: 20 }),
        (messages, cuts) => {
          const body = Buffer.concat(messages.map((each) => codec.encode(each)))
          expect(frame(...cutAt(body, cuts))).toEqual({ frames: frameByCodec(body), faults: [] })
        },
      ),
    )
  })

  it('may be as large as the limit, in pieces of any size', () => {
    const payload = new Uint8Array(LARGEST_MESSAGE - 16).fill(7)
    const body = message({}, payload)
    const { frames, faults } = frame(
      ...cutAt(
        body,
        Array.from({ length: 40 }, () => 500_000),
      ),
    )
    expect(faults).toEqual([])
    expect(frames[0]?.payload).toHaveLength(payload.length * 2)
  })
})

describe('damage', () => {
  it('anywhere in a message is found, and nothing after it is believed', () => {
    fc.assert(
      fc.property(fc.nat(STREAM.length * 8 - 1), fc.array(fc.nat(60), { maxLength: 10 }), (bit, cuts) => {
        const damaged = Buffer.from(STREAM)
        damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        const { frames, faults } = frame(...cutAt(damaged, cuts))
        expect(faults).toHaveLength(1)
        expect(frames).toEqual(frame(STREAM).frames.slice(0, frames.length))
        expect(frames.length).toBeLessThan(3)
      }),
    )
  })

  it('of any kind throws nothing, and faults once at most', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 100 }), { maxLength: 10 }), (chunks) => {
        expect(frame(...chunks).faults.length).toBeLessThanOrEqual(1)
      }),
    )
  })

  it.each([
    ['a length over the limit', prelude(LARGEST_MESSAGE + 1, 0), /over the limit/],
    ['a length too small for the headers', prelude(31, 16), /impossible lengths/],
    ['a length too small for anything', prelude(12, 0), /impossible lengths/],
  ])('%s is refused before anything is kept for it, its checksum right', (_, bytes, expected) => {
    for (const chunks of [[bytes], [bytes.subarray(0, 5), bytes.subarray(5)]]) {
      expect(frame(...chunks)).toEqual({ frames: [], faults: [expect.stringMatching(expected)] })
    }
  })

  it.each([
    ['of no known type', [1, 0x61, 10]],
    ['whose name is cut', [9, 0x61]],
    ['whose text is cut', [1, 0x61, 7, 0, 9, 0x62]],
    ['whose length is cut', [1, 0x61, 7, 0]],
    ['whose number is cut', [1, 0x61, 4, 0, 0]],
  ])('a header %s is refused, all checksums right', (_, header) => {
    expect(frame(sealed(Buffer.from(header)))).toEqual({
      frames: [],
      faults: [expect.stringMatching(/headers/)],
    })
  })

  it('is what a response that is no event stream is taken for', () => {
    expect(frame(Buffer.from('{"message":"no stream at all"}')).faults).toHaveLength(1)
  })

  it('is not what a response is that ends inside a message: its terminal mark is missing, which says more', () => {
    for (let at = 0; at < STREAM.length; at += 1) {
      const { frames, faults } = frame(STREAM.subarray(0, at))
      expect(faults).toEqual([])
      expect(frames.length).toBeLessThan(3)
    }
  })
})

if (existsSync(RECORDINGS)) {
  it('all recorded streams are read as smithy reads them', () => {
    const files = filesOf(RECORDINGS).filter(([name]) => name.endsWith('.bin'))
    expect(files.length).toBeGreaterThan(20)
    for (const [, bytes] of files) {
      const expected = { frames: frameByCodec(bytes), faults: [] }
      expect(frame(bytes)).toEqual(expected)
      expect(frame(...Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(expected)
    }
  })
} else it.skip(`recorded streams are not at ${RECORDINGS}; LOADBENCH_RECORDINGS may name their place`)

function filesOf(folder: string): [name: string, bytes: Buffer][] {
  return readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))])
}

function cutAt(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = []
  let at = 0
  for (const size of sizes) chunks.push(bytes.subarray(at, (at += size)))
  return [...chunks, bytes.subarray(at)]
}

/** The start of a message, its checksum right. */
function prelude(total: number, headers: number): Buffer {
  const bytes = Buffer.alloc(12)
  bytes.writeUInt32BE(total, 0)
  bytes.writeUInt32BE(headers, 4)
  bytes.writeUInt32BE(crc32(bytes.subarray(0, 8)), 8)
  return bytes
}

/** A message with these bytes as headers, its checksums right. */
function sealed(headers: Buffer): Buffer {
  const start = Buffer.concat([prelude(16 + headers.length, headers.length), headers])
  const end = Buffer.alloc(4)
  end.writeUInt32BE(crc32(start))
  return Buffer.concat([start, end])
}
